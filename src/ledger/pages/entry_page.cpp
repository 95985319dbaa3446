// One entry, all of it, and the proof that it stands where it stands.
#include "ledger/ledger_store.h"
#include "ledger/pages/reader.h"
#include "office/shell/shell.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::ledger::pages {
namespace {

using html::Html;
using html::url;
using office::Visit;

// The entry the address names, when it exists and this person may see it.
std::optional<Recorded> entry_of(const storage::Snapshot& snapshot, const Visit& visit, const Reader& reader)
{
    const auto text = visit.request.path_params.get("seq");
    std::uint64_t seq = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
    if (error != std::errc{} || stop != text.data() + text.size() || seq > INT64_MAX) return std::nullopt;
    auto recorded = find_entry(snapshot, seq);
    if (!recorded || !reader.may_see(recorded->entry)) return std::nullopt;
    return recorded;
}

template <class Map>
Html pairs(const Map& map)
{
    Html all;
    for (const auto& [key, value] : map) all += html::li(html::code(key), ": ", Html(value));
    return map.empty() ? Html() : html::ul(all);
}

Html facts(const Recorded& recorded, const Reader& reader)
{
    const auto& entry = recorded.entry;
    std::vector<office::Term> terms{{"番号", recorded.seq},
                                    {"日時", office::when_at(entry.at)},
                                    {"行為", html::join(Reader::act(entry), " ", html::code(entry.act))},
                                    {"行為者", reader.actor(entry)},
                                    {"委託", reader.entrustment(entry)},
                                    {"対象の番号", entry.object.empty() ? Html() : html::code(entry.object)},
                                    {"利用目的", entry.purpose.empty() ? Html() : html::code(entry.purpose)},
                                    {"結果", html::join(Reader::outcome(entry), " ", html::code(entry.outcome))},
                                    {"件数など", pairs(entry.counts)},
                                    {"照合のための値", pairs(entry.references)}};
    if (recorded.told) terms.push_back({"そのとき時計が示した時刻", office::when_at(*recorded.told)});
    return office::description_list(terms);
}

// How the entry's hash leads to the root that was signed, step by step.
Html proof(const storage::Snapshot& snapshot, const Recorded& recorded, const Rooms& rooms)
{
    const auto receipt = rooms.publisher.receipt(snapshot, recorded.seq);
    if (!receipt)
        return office::notice(office::Tone::info, "証明はまだありません", html::p(receipt.error().sentence()));
    const auto parsed = note::Receipt::parse(*receipt);
    const auto bytes = canonical(recorded);
    const auto leaf = tree::leaf_hash(as_bytes(bytes));
    const auto& checkpoint = parsed->checkpoint;
    const bool holds = tree::proves_inclusion(leaf, recorded.seq, checkpoint.size, checkpoint.root, parsed->inclusion);
    Html steps;
    for (const auto& hash : parsed->inclusion) steps += html::li(html::code(hex(hash)));
    return html::join(
        office::notice(holds ? office::Tone::good : office::Tone::bad,
                       holds ? "この記録は、署名されたチェックポイントに含まれています"
                             : "この記録は、署名されたチェックポイントと合いません",
                       html::p(holds ? "受領証と記録の2つのファイルがあれば、このシステムによらずに確かめられます。"
                                     : "書き換えられたおそれがあります。セキュリティ責任者と区に連絡してください。")),
        office::description_list({{"チェックポイントの件数", counted(checkpoint.size)},
                                  {"この記録の値（SHA-256）", html::code(hex(leaf))},
                                  {"木の根", html::code(hex(checkpoint.root))}}),
        html::details(html::summary(fmt::format("途中の値を見る（{}段）", parsed->inclusion.size())),
                      html::p("この記録の値から始めて、下の値と順に合わせて計算すると、木の根になります（RFC 6962）。"),
                      html::ol(steps)),
        office::button_row(
            html::join(office::link_button("受領証を保存する", url("/ledger/entries/", recorded.seq, "/receipt")),
                       office::link_button("記録を保存する", url("/ledger/entries/", recorded.seq, "/record")))));
}

http::Response show_entry(const Rooms& rooms, const Visit& visit, const access::Scope& scope)
{
    return rooms.db.read([&](const storage::Snapshot& snapshot) {
        const Reader reader(snapshot, scope, rooms);
        const auto recorded = entry_of(snapshot, visit, reader);
        if (!recorded) return office::show_status(visit, 404);
        office::Page page{fmt::format("記録 {}番", recorded->seq),
                          html::join(facts(*recorded, reader), html::h2("書き換えられていないことの証明"),
                                     proof(snapshot, *recorded, rooms),
                                     html::details(html::summary("保存されているとおりの記録を見る"),
                                                   html::pre(canonical(*recorded))))};
        page.crumbs = {{"記録台帳", url("/ledger")}};
        return office::show(visit, page);
    });
}

http::Response take(const Rooms& rooms, const Visit& visit, const access::Scope& scope, bool receipt)
{
    return rooms.db.read([&](const storage::Snapshot& snapshot) {
        const auto recorded = entry_of(snapshot, visit, Reader(snapshot, scope, rooms));
        if (!recorded) return office::show_status(visit, 404);
        if (!receipt)
            return http::Response::download(fmt::format("記録{}番.json", recorded->seq), "application/json",
                                            canonical(*recorded) + "\n");
        const auto text = rooms.publisher.receipt(snapshot, recorded->seq);
        if (!text) return office::show_refusal(visit, text.error(), 409);
        return http::Response::download(fmt::format("記録{}番.tlog-proof", recorded->seq), "text/plain; charset=utf-8",
                                        *text);
    });
}

} // namespace

void add_entry(std::vector<office::Route>& routes, const Rooms& rooms)
{
    const auto& guard = access::actions::kSeeLedger;
    routes.push_back(
        office::get("/ledger/entries/{seq}", guard, [rooms](const Visit& visit, const access::Scope& scope) {
            return show_entry(rooms, visit, scope);
        }));
    for (const bool receipt : {true, false})
        routes.push_back(office::get(receipt ? "/ledger/entries/{seq}/receipt" : "/ledger/entries/{seq}/record", guard,
                                     [rooms, receipt](const Visit& visit, const access::Scope& scope) {
                                         return take(rooms, visit, scope, receipt);
                                     }));
}

} // namespace azukari::ledger::pages
