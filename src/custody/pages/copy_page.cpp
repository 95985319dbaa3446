// 複製台帳: every copy that left, and settling one.
#include "custody/copies/copy_refusals.h"
#include "custody/copies/copy_store.h"
#include "custody/pages/custody_frame.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

const std::vector<office::Choice> kHow{{"returned", "返還された", "媒体や紙が戻り、手元に残っていません。"},
                                       {"destroyed", "廃棄・消去した", "方法と、立ち会った方を記録します。"},
                                       {"kept", "納品したものとして区が保有", "返す必要のないものです。"}};

std::optional<Settling> how_of(std::string_view code)
{
    if (code == "returned") return Settling::returned;
    if (code == "destroyed") return Settling::destroyed;
    if (code == "kept") return Settling::kept;
    return std::nullopt;
}

Result<Copy> copy_in_path(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = id_in_path<CopyId>(visit, "copy");
    const auto copy = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return id ? find_copy(snapshot, *scope.entrustment(), *id) : std::nullopt;
    });
    if (!copy) return refuse(kNoSuchCopy);
    return *copy;
}

http::Response settlement_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                               const Copy& copy, const office::FormState& state)
{
    auto people = rooms.db.read([&](const storage::Snapshot& snapshot) {
        auto all = people_of(snapshot, *scope.entrustment(), Side::ward);
        const auto others = people_of(snapshot, *scope.entrustment(), Side::contractor);
        all.insert(all.end(), others.begin(), others.end());
        return all;
    });
    std::erase_if(people, [&](const auto& each) { return each.id == scope.staff(); });
    return show_form(
        rooms, visit, scope, "複製の返還・廃棄を記録する", Part::copies, state,
        fmt::format("{}で出た{}人分の複製（渡し先: {}）", japanese(copy.door), office::grouped(copy.persons),
                    copy.recipient),
        office::post_form(visit, address_of(scope, "copies/" + copy.id.text()), office::error_summary(state),
                          office::radio_group(state, {.name = "how", .label = "どうなったか", .required = true}, kHow),
                          office::text_field(state, {.name = "method",
                                                     .label = "廃棄・消去の方法",
                                                     .hint = "廃棄・消去したときに記入します。例: 細断",
                                                     .max_length = 200}),
                          office::select_field(state,
                                               {.name = "witness",
                                                .label = "立ち会った方",
                                                .hint = "廃棄・消去したときに選びます。",
                                                .size = office::Field::Size::medium},
                                               choices_of(people)),
                          office::button_row(join(office::submit_button("記録する"),
                                                  office::link_button("やめて戻る", address_of(scope, "copies"))))));
}

} // namespace

http::Response show_copies(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto copies = rooms.db.read([&](const storage::Snapshot& s) { return copies_of(s, *scope.entrustment()); });
    const bool settles = may(scope, access::actions::kSettleCopies);
    office::Table table{
        .caption = "外に出た複製",
        .columns = {{"出た日時"}, {"出口"}, {"渡し先"}, {"人数", {}, true}, {"指紋（SHA-256）"}, {"その後"}},
        .rows = {},
        .empty = "外に出た複製は、まだありません。"};
    for (const auto& copy : copies) {
        Html fate = office::chip(office::Tone::caution, "まだ外にある");
        if (copy.settled)
            fate = join(office::chip(office::Tone::good, japanese(copy.settled->settlement.how)), " ",
                        office::when_at(copy.settled->at), copy.settled->settlement.method.empty() ? "" : "　",
                        copy.settled->settlement.method);
        else if (settles)
            fate += join(" ", a({href(address_of(scope, "copies/" + copy.id.text()))}, "返還・廃棄を記録する"));
        table.rows.push_back({office::when_at(copy.made), Html(japanese(copy.door)), Html(copy.recipient),
                              Html(office::grouped(copy.persons)),
                              copy.sha256.empty() ? Html("―") : code(copy.sha256.substr(0, 16), "…"), fate});
    }
    auto page = framed(rooms, scope, "複製台帳", Part::copies, office::data_table(visit, table));
    page.lead = p("暗号化データ、印刷、電子メール、開示として外に出た個人情報の控えです。戻るか、廃棄されるか、区が保有"
                  "すると決まるまで残ります。");
    return office::show(visit, page);
}

http::Response ask_settlement(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto copy = copy_in_path(rooms, visit, scope);
    if (!copy) return office::show_refusal(visit, copy.error(), 404);
    if (copy->settled)
        return office::show_refusal(visit,
                                    Refusal(kCopySettled, {std::string(japanese(copy->settled->settlement.how))}), 409);
    return settlement_form(rooms, visit, scope, *copy, {});
}

http::Response save_settlement(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto copy = copy_in_path(rooms, visit, scope);
    if (!copy) return office::show_refusal(visit, copy.error(), 404);
    const auto& form = visit.request.form;
    const auto how = how_of(form.get("how"));
    if (!how)
        return settlement_form(rooms, visit, scope, *copy, office::refused(form, {Refusal(kHowExpected, {}, "how")}));
    const Settlement settlement{*how, std::string(form.get("method")), StaffId::parse(form.get("witness")), {}};
    const auto saved = rooms.db.write([&](storage::Tx& tx) { return settle_copy(tx, scope, copy->id, settlement); });
    if (!saved) return settlement_form(rooms, visit, scope, *copy, office::refused(form, {saved.error()}));
    return http::Response::see_other(path_of(scope, "copies"), "複製がどうなったかを記録しました。");
}

} // namespace azukari::custody::pages
