// What can be taken away: the checkpoint, its form for paper, and the evidence bundle. Taking leaves an entry first,
// which is then part of what is taken.
#include "ledger/evidence/bundle.h"
#include "ledger/ledger.h"
#include "ledger/note/paper.h"
#include "ledger/pages/reader.h"
#include "office/shell/shell.h"

#include <fmt/format.h>

namespace azukari::ledger::pages {
namespace {

using html::Html;
using html::url;
using office::Visit;

Html latest(const storage::Snapshot& snapshot)
{
    const auto published = latest_checkpoint(snapshot);
    if (!published) return office::notice(office::Tone::info, "チェックポイントはまだ作られていません");
    return html::join(
        office::description_list({{"作成した時点", office::when_at(published->at)},
                                  {"記録の件数", counted(published->checkpoint.size)},
                                  {"木の根", html::code(base64(published->checkpoint.root))}}),
        html::h3("用紙に写すとき"),
        html::p("次の6行を書類に印刷しておくと、後日、その時点から書き換えられていないことを確かめられます。"),
        html::pre(note::to_paper(published->checkpoint)));
}

http::Response show_evidence(const Rooms& rooms, const Visit& visit, const access::Scope&)
{
    return rooms.db.read([&](const storage::Snapshot& snapshot) {
        office::Page page{
            "証拠を取り出す",
            html::join(
                office::card(
                    "証拠一式（ZIP）",
                    html::join(html::p("はじめから今までのすべての記録と、それが書き換えられていないことを確かめる"
                                       "ための値です。個人情報は含まれません。"),
                               office::post_button(visit, "証拠一式を取り出す", url("/ledger/evidence"),
                                                   office::Weight::primary))),
                office::card(
                    "チェックポイント",
                    html::join(
                        html::p("今の時点の件数と木の根に署名した、短いファイルです。控えとして保管してください。"),
                        office::post_button(visit, "チェックポイントを取り出す", url("/ledger/checkpoint")),
                        latest(snapshot))),
                office::card("確かめるための鍵",
                             html::join(html::p("次の1行を紙に控え、確かめるときに見比べてください。"),
                                        html::pre(rooms.publisher.key().text()),
                                        html::p("確かめるには、区のPCで azukari-verify を使います。インターネット接続は"
                                                "要りません。使いかたは一式の README.txt にあります。"))))};
        page.crumbs = {{"記録台帳", url("/ledger")}};
        return office::show(visit, page);
    });
}

// The entry is durable before anything leaves; the checkpoint after it holds it.
Published taken(const Rooms& rooms, const access::Scope& scope, std::string_view act)
{
    rooms.db.write([&](storage::Tx& tx) { append(tx, scope.entry(act)); });
    return rooms.db.write([&](storage::Tx& tx) { return rooms.publisher.publish(tx, scope.moment().at); });
}

http::Response take_checkpoint(const Rooms& rooms, const Visit&, const access::Scope& scope)
{
    const auto published = taken(rooms, scope, "ledger.checkpoint_taken");
    return http::Response::download(fmt::format("チェックポイント_{}件.txt", published.checkpoint.size),
                                    "text/plain; charset=utf-8", published.note.whole());
}

http::Response take_evidence(const Rooms& rooms, const Visit&, const access::Scope& scope)
{
    auto published = taken(rooms, scope, "ledger.evidence_taken");
    const auto name = fmt::format("証拠一式_{}件.zip", published.checkpoint.size);
    const auto bundle = std::make_shared<evidence::Bundle>(rooms.db, rooms.publisher, std::move(published));
    return http::Response::download(name, "application/zip", [bundle](std::string& piece) {
        std::string next;
        const bool more = bundle->next(next);
        piece += next;
        return more;
    });
}

} // namespace

void add_evidence(std::vector<office::Route>& routes, const Rooms& rooms)
{
    const auto& guard = access::actions::kTakeEvidence;
    const auto with = [&rooms](http::Response (*answer)(const Rooms&, const Visit&, const access::Scope&)) {
        return [rooms, answer](const Visit& visit, const access::Scope& scope) { return answer(rooms, visit, scope); };
    };
    routes.push_back(office::get("/ledger/evidence", guard, with(show_evidence)));
    routes.push_back(office::post("/ledger/evidence", guard, with(take_evidence)));
    routes.push_back(office::post("/ledger/checkpoint", guard, with(take_checkpoint)));
}

} // namespace azukari::ledger::pages
