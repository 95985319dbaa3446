// 区の連署: the request the ward's officer carries to the witness's PC, and the cosignature that comes back.
#include "ledger/ledger.h"
#include "ledger/pages/reader.h"
#include "office/shell/shell.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::ledger::pages {
namespace {

using html::Html;
using html::url;
using office::FormState;
using office::Visit;

Html state_of(const Witnessing& witnessing)
{
    if (!witnessing.last)
        return office::notice(office::Tone::caution, "区の連署はまだありません",
                              html::p(fmt::format("連署のない記録: {}", counted(witnessing.unwitnessed))));
    return html::join(
        office::description_list({{"区が最後に連署した時点", office::when_at(witnessing.last->at)},
                                  {"連署された記録", fmt::format("はじめから{}", counted(witnessing.last->size))},
                                  {"連署がまだない記録", counted(witnessing.unwitnessed)}}));
}

http::Response show_witness(const Rooms& rooms, const Visit& visit, const FormState& state = {})
{
    const auto witnessing =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return rooms.publisher.witnessing(snapshot); });
    Html body = html::join(office::error_summary(state), state_of(witnessing));
    if (!rooms.publisher.witness()) {
        body +=
            office::notice(office::Tone::info, "証人の鍵が設定されていません", html::p(Refusal(kNoWitness).sentence()));
    } else {
        body += office::card(
            "1. 連署の依頼を取り出す",
            html::join(
                html::p("取り出したファイルを、証人のPC（インターネットにつながなくてかまいません）へ運びます。"),
                office::post_form(
                    visit, url("/ledger/witness/request"),
                    office::text_field(state, {.name = "old_size",
                                               .label = "証人が前回連署した件数",
                                               .hint = "証人のPCに件数が表示されたときだけ、その数を入力します。",
                                               .inputmode = "numeric",
                                               .max_length = 19,
                                               .size = office::Field::Size::small}),
                    office::button_row(office::submit_button("連署の依頼を取り出す")))));
        body += office::card("2. 証人のPCで連署する",
                             html::join(html::p("証人のPCで、次のように実行します。"),
                                        html::pre("azukari-verify witness --key 証人の鍵 --state 控え "
                                                  "--in 連署の依頼 --out 連署")));
        body += office::card("3. 連署を取り込む",
                             office::upload_form(visit, url("/ledger/witness"),
                                                 office::file_field(state, {.name = "cosignature",
                                                                            .label = "連署のファイル",
                                                                            .required = true,
                                                                            .most_bytes = office::kUploadBytes}),
                                                 office::button_row(office::submit_button("連署を取り込む"))));
    }
    office::Page page{"区の連署", body};
    page.crumbs = {{"記録台帳", url("/ledger")}};
    page.lead = "区が連署すると、その時点までの記録は、受託者にも書き換えられなくなります。";
    page.width = office::Width::text;
    if (!state.refusals.empty()) page.status = office::kRefusedForm;
    return office::show(visit, page);
}

http::Response refused(const Rooms& rooms, const Visit& visit, const Refusal& refusal)
{
    return show_witness(rooms, visit, office::refused(visit.request.form, {refusal}));
}

http::Response take_request(const Rooms& rooms, const Visit& visit, const access::Scope& scope)
{
    const auto text = visit.request.form.get("old_size");
    std::optional<std::uint64_t> old_size;
    if (!text.empty()) {
        std::uint64_t value = 0;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || stop != text.data() + text.size() || value > INT64_MAX)
            return refused(rooms, visit, Refusal(kNotASize, {}, "old_size"));
        old_size = value;
    }
    rooms.db.write([&](storage::Tx& tx) { return rooms.publisher.publish(tx, scope.moment().at); });
    const auto request = rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return rooms.publisher.witness_request(snapshot, old_size); });
    if (!request) return refused(rooms, visit, request.error());
    return http::Response::download("連署の依頼.txt", "text/plain; charset=utf-8", *request);
}

http::Response take_in(const Rooms& rooms, const Visit& visit, const access::Scope& scope)
{
    if (visit.request.files.empty() || visit.request.files[0].content.empty())
        return refused(rooms, visit, Refusal(kNoFile, {}, "cosignature"));
    const auto& content = visit.request.files[0].content;
    const auto taken = rooms.db.write([&](storage::Tx& tx) -> Result<Cosigned> {
        AZK_TRY(auto cosigned, rooms.publisher.import_cosignature(tx, content));
        auto entry = scope.entry("ledger.witnessed");
        entry.counts["size"] = static_cast<std::int64_t>(cosigned.size);
        append(tx, entry);
        return cosigned;
    });
    if (!taken) {
        rooms.db.write([&](storage::Tx& tx) {
            auto entry = scope.entry("ledger.witness_refused");
            entry.outcome = "refused:" + std::string(taken.error().code());
            append(tx, entry);
        });
        return refused(rooms, visit, taken.error());
    }
    return http::Response::see_other("/ledger/witness",
                                     fmt::format("はじめから{}までの連署を取り込みました。", counted(taken->size)));
}

} // namespace

void add_witness(std::vector<office::Route>& routes, const Rooms& rooms)
{
    const auto& guard = access::actions::kWitness;
    routes.push_back(office::get("/ledger/witness", guard, [rooms](const Visit& visit, const access::Scope&) {
        return show_witness(rooms, visit);
    }));
    routes.push_back(office::upload(
        "/ledger/witness", guard,
        [rooms](const Visit& visit, const access::Scope& scope) { return take_in(rooms, visit, scope); },
        [rooms](const Visit& visit, const access::Scope&) {
            return refused(rooms, visit, office::files_too_large("cosignature"));
        }));
    routes.push_back(
        office::post("/ledger/witness/request", guard, [rooms](const Visit& visit, const access::Scope& scope) {
            return take_request(rooms, visit, scope);
        }));
}

} // namespace azukari::ledger::pages
