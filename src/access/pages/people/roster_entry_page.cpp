// Putting a person on the roster, and taking one off.
#include "access/fence.h"
#include "access/pages/people/people_frame.h"
#include "access/roster/roster_store.h"
#include "party/party_store.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::access::people_pages {
namespace {

using namespace html;

struct KindWords {
    RosterKind kind;
    std::string_view code;
    std::string_view hint;
};
constexpr KindWords kKinds[] = {
    {RosterKind::security_officer, "security_officer", "受託者の個人情報保護の全体に責任を持つ方"},
    {RosterKind::handling_supervisor, "handling_supervisor", "取扱者を監督し、名簿を区に提出する方"},
    {RosterKind::handler, "handler", "個人情報を実際に取り扱う方"},
};

std::optional<RosterKind> kind_of(std::string_view code)
{
    for (const auto& each : kKinds)
        if (each.code == code) return each.kind;
    return std::nullopt;
}

// People of the contractor who do not stand on the roster now.
std::vector<party::Staff> candidates(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    const auto fence = find_fence(snapshot, entrustment);
    if (!fence) return {};
    auto people = party::staff_of(snapshot, fence->contractor);
    for (const auto& entry : roster_of(snapshot, entrustment))
        if (!entry.withdrawn) std::erase_if(people, [&](const auto& person) { return person.id == entry.staff; });
    return people;
}

http::Response proposal_page(const Rooms& rooms, const office::Visit& visit, const Scope& scope,
                             const office::FormState& state)
{
    const auto entrusted = rooms.entrusted(scope);
    if (!entrusted) return office::show_refusal(visit, entrusted.error(), 404);
    const auto people =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return candidates(snapshot, *scope.entrustment()); });
    std::vector<office::Choice> staff{{"", "選んでください"}};
    for (const auto& person : people)
        staff.push_back({person.id.text(), fmt::format("{}（{}）", person.name, person.kana)});
    std::vector<office::Choice> kinds;
    for (const auto& each : kKinds)
        kinds.push_back({std::string(each.code), std::string(japanese(each.kind)), std::string(each.hint)});
    office::Page page{"名簿に載せる", {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p("載せた方は「提出前」になります。取扱責任者が名簿を区に提出し、ご本人が研修を終えると、"
                  "個人情報を取り扱えるようになります。");
    stand_below(page, scope, *entrusted, Part::roster);
    const auto form =
        office::post_form(visit, address_of(scope, "roster/new"), office::error_summary(state),
                          office::select_field(state,
                                               {.name = "staff",
                                                .label = "載せる方",
                                                .hint = "受託者に所属し、まだ名簿に載っていない方から選びます。",
                                                .required = true,
                                                .size = office::Field::Size::medium},
                                               staff),
                          office::radio_group(state, {.name = "kind", .label = "区分", .required = true}, kinds),
                          office::button_row(join(office::submit_button("名簿に載せる"),
                                                  office::link_button("やめて戻る", address_of(scope, "roster")))));
    page.body = people.empty() && state.refusals.empty()
                    ? join(office::notice(office::Tone::info, "名簿に載せられる方がいません。",
                                          p("受託者に所属する方は、全員が名簿に載っています。"
                                            "新しい方は、先に職員の登録が必要です。")),
                           office::button_row(office::link_button("名簿に戻る", address_of(scope, "roster"))))
                    : form;
    return office::show(visit, page);
}

// The entry that the address names, when the person still stands on the roster.
Result<RosterEntry> entry_of(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto id = RosterEntryId::parse(visit.request.path_params.get("entry"));
    const auto entries =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return roster_of(snapshot, *scope.entrustment()); });
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const RosterEntry& entry) { return entry.id == id && !entry.withdrawn; });
    if (found == entries.end()) return refuse(kNotOnThisRoster);
    return *found;
}

http::Response withdrawal_page(const Rooms& rooms, const office::Visit& visit, const Scope& scope,
                               const RosterEntry& entry, const office::FormState& state)
{
    const auto entrusted = rooms.entrusted(scope);
    if (!entrusted) return office::show_refusal(visit, entrusted.error(), 404);
    office::Confirmation confirmation{
        .title = fmt::format("{}さんを名簿から外します", entry.name),
        .consequences = {"ログイン中でも、この委託の個人情報を直ちに取り扱えなくなります。",
                         "外したことと理由は名簿に残り、区も見ることができます。",
                         "外したあとの名簿を、取扱責任者が区に提出し直す必要があります。"},
        .summary = office::description_list({{"氏名", person_cell(entry.name, entry.kana)},
                                             {"区分", Html(japanese(entry.kind))},
                                             {"名簿に載せた日時", office::when_at(entry.proposed)}}),
        .confirm_label = "名簿から外す",
        .action = url("/entrustments/", *scope.entrustment(), "/roster/entries/", entry.id, "/withdrawal"),
        .cancel = address_of(scope, "roster"),
        .extra = office::text_area(state,
                                   {.name = "reason",
                                    .label = "外す理由",
                                    .hint = "例: 異動のため。200文字まで。病気など、ご本人の私事は書かないでください。",
                                    .required = true,
                                    .max_length = 200,
                                    .rows = 3}),
        .refusals = state.refusals};
    auto page = office::confirmation_page(visit, confirmation);
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    stand_below(page, scope, *entrusted, Part::roster);
    return office::show(visit, page);
}

} // namespace

http::Response ask_proposal(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    return proposal_page(rooms, visit, scope, {});
}

http::Response propose_person(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto& form = visit.request.form;
    const auto staff = StaffId::parse(form.get("staff"));
    const auto kind = kind_of(form.get("kind"));
    std::vector<Refusal> refusals;
    if (!staff) refusals.emplace_back(kStaffExpected, std::vector<std::string>{}, "staff");
    if (!kind) refusals.emplace_back(kKindExpected, std::vector<std::string>{}, "kind");
    if (!refusals.empty()) return proposal_page(rooms, visit, scope, office::refused(form, std::move(refusals)));
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto proposed = rooms.db.write([&](storage::Tx& tx) { return propose(tx, ids, scope, *staff, *kind); });
    if (!proposed) return proposal_page(rooms, visit, scope, office::refused(form, {proposed.error()}));
    return http::Response::see_other(path_of(scope, "roster"), "名簿に載せました。区への提出はこれからです。");
}

http::Response ask_withdrawal(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto entry = entry_of(rooms, visit, scope);
    if (!entry) return office::show_refusal(visit, entry.error(), 404);
    return withdrawal_page(rooms, visit, scope, *entry, {});
}

http::Response withdraw_person(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto entry = entry_of(rooms, visit, scope);
    if (!entry) return office::show_refusal(visit, entry.error(), 409);
    const auto& form = visit.request.form;
    const auto withdrawn =
        rooms.db.write([&](storage::Tx& tx) { return withdraw(tx, scope, entry->id, form.get("reason")); });
    if (!withdrawn) {
        if (withdrawn.error().field().empty()) return office::show_refusal(visit, withdrawn.error(), 409);
        return withdrawal_page(rooms, visit, scope, *entry, office::refused(form, {withdrawn.error()}));
    }
    return http::Response::see_other(path_of(scope, "roster"),
                                     "名簿から外しました。この方は、もう個人情報を取り扱えません。");
}

} // namespace azukari::access::people_pages
