// 返還: the data that goes back to the ward, and the password that goes another way.
#include "access/fence.h"
#include "erasure/pages/ending_frame.h"
#include "office/shell/components/saved_file.h"
#include "party/party_store.h"
#include "restitution/restitution_refusals.h"
#include "restitution/return_store.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using namespace html;

seal::SealKey password_key(const Rooms& rooms)
{
    return rooms.means.keystore.service_key("restitution");
}

std::string ward_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    const auto fence = access::find_fence(snapshot, entrustment);
    const auto ward = fence ? party::find_organisation(snapshot, fence->ward) : std::nullopt;
    return ward ? ward->name : "区";
}

Html return_table(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        office::Table table{.caption = "取り出した返還用データ",
                            .columns = {{"日時"},
                                        {"取り出した人"},
                                        {"人数", {}, true},
                                        {"ファイル", {}, true},
                                        {"指紋（SHA-256）"},
                                        {"パスワード"}},
                            .rows = {},
                            .empty = "返還用データは、まだ取り出されていません。"};
        for (const auto& each : restitution::returns_of(snapshot, *scope.entrustment())) {
            const bool may_show = may(scope, access::actions::kTakeReturn) && each.made_by != scope.staff();
            table.rows.push_back(
                {office::when_at(each.made_at), Html(name_of(snapshot, each.made_by)),
                 Html(office::grouped(each.persons)), Html(office::grouped(each.files)),
                 code(each.sha256.substr(0, 16)),
                 may_show ? office::post_button(visit, "パスワード通知を見る",
                                                address_of(scope, "/returns/" + each.id.text() + "/password"))
                          : Html("別の人が見られます")});
        }
        return office::data_table(visit, table);
    });
}

} // namespace

http::Response show_return(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto take = office::card(
        "返還用データを取り出す",
        join(p("この委託で保管している全員の情報を、ほかのソフトで開ける形（CSV、UTF-8）にして、件数を数え、"
               "AES-256 で暗号化した ZIP にまとめます。数が合わないときは作りません。"),
             p("パスワードは、取り出した人とは別の人が見て、別の機会に区へ渡します。取り出した写しは複製台帳に載ります"
               "。"),
             office::post_button(visit, "記録して取り出す", address_of(scope, "/return"), office::Weight::primary)));
    auto page = framed(scope, *told, "返還", Part::giving_back,
                       join(when(may(scope, access::actions::kTakeReturn), take), return_table(rooms, visit, scope)));
    page.lead = p("消去の前に、預かったものを区へ返すページです。");
    return office::show(visit, page);
}

http::Response take_return(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    auto& entropy = rooms.means.entropy;
    IdSource ids(scope.moment().at, entropy);
    const auto id = ids.next<restitution::ReturnNoun>();
    auto package = restitution::make_return_package(scope, told->entrusted.name, rooms.returns, id,
                                                    restitution::password_of(password_key(rooms), id), entropy);
    if (!package) return office::show_refusal(visit, package.error(), 409);
    // Durable before the first byte leaves.
    const auto noted = rooms.means.db.write([&](storage::Tx& tx) {
        return restitution::record_return(tx, ids, scope, *package, ward_of(tx, *scope.entrustment()));
    });
    if (!noted) return office::show_refusal(visit, noted.error(), 409);
    const auto day = visit.moment.today;
    const auto name = fmt::format("返還_{:04}{:02}{:02}.zip", day.year(), day.month(), day.day());
    return office::saved_then(
        visit, http::Response::download(name, "application/zip", std::move(package->zip)), path_of(scope, "/return"),
        fmt::format(
            "返還用データを取り出しました（{}人分）。媒体に入れ、受渡しとして区へ渡してください。パスワードは、別の人"
            "がこの画面で見て、別の機会に渡します。",
            office::grouped(package->persons)));
}

http::Response show_password(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto id = restitution::ReturnId::parse(visit.request.path_params.get("return"));
    if (!id) return office::show_refusal(visit, Refusal(restitution::kNoSuchReturn), 404);
    const auto shown =
        rooms.means.db.write([&](storage::Tx& tx) { return restitution::note_password_shown(tx, scope, *id); });
    if (!shown) return office::show_refusal(visit, shown.error(), 409);
    office::Page page{"パスワード通知", {}};
    page.width = office::Width::text;
    page.lead = p("この紙は、返還用データの媒体とは別の機会に、別の人が区へ手渡してください。");
    stand_below(page, scope, *told);
    page.body = office::description_list(
        {{"返還用データ", Html(fmt::format("{}人分、{}ファイル", office::grouped(shown->persons), shown->files))},
         {"取り出した日時", office::when_at(shown->made_at)},
         {"ZIP の指紋（SHA-256）", code(shown->sha256)},
         {"パスワード", code(restitution::password_of(password_key(rooms), *id).reveal())}});
    return office::show(visit, page);
}

} // namespace azukari::erasure::pages
