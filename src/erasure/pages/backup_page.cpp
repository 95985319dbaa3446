// 控え: which copies of keys and data exist, until when, and that they were destroyed.
#include "erasure/erasure_refusals.h"
#include "erasure/pages/ending_frame.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using namespace html;

Html set_table(const office::Visit& visit, const access::Scope& scope, std::span<const BackupSet> sets)
{
    office::Table table{.caption = "控え",
                        .columns = {{"名前"}, {"種類"}, {"作成"}, {"期限"}, {"いま"}},
                        .rows = {},
                        .empty = "控えは登録されていません。"};
    for (const auto& set : sets) {
        const auto end = when(may(scope, access::actions::kRecordBackups),
                              a({href(address_of(scope, "/backups/" + set.id.text() + "/destruction"))}, "破棄を記録",
                                span({cls("visually-hidden")}, fmt::format("（{}）", set.label))));
        Html now = join(office::chip(office::Tone::info, "保管中"), " ", end);
        if (set.destroyed_at)
            now = join(office::when_at(*set.destroyed_at), "に破棄", br(), small(set.destroyed_how));
        else if (set.is_overdue(visit.moment.at))
            now = join(office::chip(office::Tone::bad, "期限を過ぎています"), " ", end);
        table.rows.push_back({Html(set.label), Html(japanese(set.kind)), office::on_day(CivilDate::of(set.made_at)),
                              office::on_day(CivilDate::of(set.expires_at)), now});
    }
    return office::data_table(visit, table);
}

Html set_form(const office::Visit& visit, const access::Scope& scope, const office::FormState& state)
{
    const std::vector<office::Choice> kinds{
        {std::string(code_of(BackupKind::keystore)), std::string(japanese(BackupKind::keystore)),
         "14日以内に破棄します"},
        {std::string(code_of(BackupKind::store)), std::string(japanese(BackupKind::store)), "鍵がなければ読めません"}};
    return office::post_form(visit, address_of(scope, "/backups"), office::error_summary(state),
                             office::radio_group(state, {.name = "kind", .label = "種類", .required = true}, kinds),
                             office::text_field(state, {.name = "label",
                                                        .label = "名前",
                                                        .hint = "媒体の管理番号など。60文字まで。",
                                                        .required = true,
                                                        .max_length = 60,
                                                        .size = office::Field::Size::medium}),
                             office::date_field(state, {.name = "made", .label = "作った日", .required = true}),
                             office::date_field(state, {.name = "expires", .label = "破棄する期限", .required = true}),
                             office::button_row(office::submit_button("控えを登録する")));
}

http::Response backups_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                            const office::FormState& state)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto sets = rooms.means.db.read(backup_sets);
    auto page =
        framed(scope, *told, "鍵とデータの控え", Part::backups,
               join(set_table(visit, scope, sets), when(may(scope, access::actions::kRecordBackups),
                                                        section(h2("控えを登録する"), set_form(visit, scope, state)))));
    page.lead =
        p("消去の前に作った鍵の控えが残っている間は、消去は確定しません。期限が過ぎただけでは破棄したことにはならず、"
          "破棄を確かめて記録します。");
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    return office::show(visit, page);
}

Result<BackupSet> set_of(const Rooms& rooms, const office::Visit& visit)
{
    const auto id = BackupSetId::parse(visit.request.path_params.get("set"));
    for (auto& set : rooms.means.db.read(backup_sets))
        if (id == set.id && !set.destroyed_at) return std::move(set);
    return refuse(kNoSuchBackup);
}

http::Response end_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                        const BackupSet& set, const office::FormState& state)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    office::Confirmation confirmation{
        .title = "控えの破棄を記録します",
        .consequences = {"媒体から読めなくなったことを、必ず目で確かめてから記録してください。",
                         "この記録により、消去が確定できるようになることがあります。"},
        .summary = office::description_list({{"名前", Html(set.label)},
                                             {"種類", Html(japanese(set.kind))},
                                             {"作成", office::on_day(CivilDate::of(set.made_at))}}),
        .confirm_label = "破棄したことを記録する",
        .action = address_of(scope, "/backups/" + set.id.text() + "/destruction"),
        .cancel = address_of(scope, "/backups"),
        .extra = office::text_field(state, {.name = "how",
                                            .label = "破棄の方法",
                                            .hint = "例: 媒体を裁断、上書き消去。100文字まで。",
                                            .required = true,
                                            .max_length = 100}),
        .refusals = state.refusals};
    auto page = office::confirmation_page(visit, confirmation);
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    stand_below(page, scope, *told);
    return office::show(visit, page);
}

} // namespace

http::Response show_backups(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return backups_page(rooms, visit, scope, {});
}

http::Response add_backup(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto made = CivilDate::parse(form.get("made")), expires = CivilDate::parse(form.get("expires"));
    const auto kind = form.get("kind") == code_of(BackupKind::store) ? BackupKind::store : BackupKind::keystore;
    if (!made || !expires)
        return backups_page(rooms, visit, scope,
                            office::refused(form, {Refusal(kBackupDays, {}, made ? "expires" : "made")}));
    IdSource ids(scope.moment().at, rooms.means.entropy);
    const auto recorded = rooms.means.db.write(
        [&](storage::Tx& tx) { return record_backup(tx, ids, scope, kind, form.get("label"), *made, *expires); });
    if (!recorded) return backups_page(rooms, visit, scope, office::refused(form, {recorded.error()}));
    return http::Response::see_other(path_of(scope, "/backups"), "控えを登録しました。");
}

http::Response ask_backup_end(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto set = set_of(rooms, visit);
    if (!set) return office::show_refusal(visit, set.error(), 404);
    return end_form(rooms, visit, scope, *set, {});
}

http::Response end_backup(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto set = set_of(rooms, visit);
    if (!set) return office::show_refusal(visit, set.error(), 404);
    const auto& form = visit.request.form;
    const auto done =
        rooms.means.db.write([&](storage::Tx& tx) { return record_destruction(tx, scope, set->id, form.get("how")); });
    if (!done) return end_form(rooms, visit, scope, *set, office::refused(form, {done.error()}));
    return http::Response::see_other(path_of(scope, "/backups"), "控えの破棄を記録しました。");
}

} // namespace azukari::erasure::pages
