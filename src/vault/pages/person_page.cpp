// One person: in masks until somebody says for which purpose and why; then in clear, for this answer only.
#include "vault/pages/frame.h"
#include "vault/pages/record_view.h"
#include "vault/person/masking.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <fmt/format.h>

namespace azukari::vault::pages {
namespace {

using namespace html;

struct Glimpse { // what the page shows before anything is opened
    Person person;
    std::optional<RecordVersion> basic; // opened here, masked before it is shown
    std::size_t records = 0;
    std::shared_ptr<const DeclaredItems> items;
    std::vector<Purpose> purposes;
};

Result<Glimpse> glimpse(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto subject = person_in(visit);
    if (!subject) return refuse(kNoSuchPerson);
    const auto entrustment = *scope.entrustment();
    return rooms.vault.db().read([&](const storage::Snapshot& snapshot) -> Result<Glimpse> {
        AZK_TRY(auto person, find_person(snapshot, entrustment, *subject));
        Glimpse made{std::move(person), {}, 0, nullptr, purposes(snapshot, entrustment)};
        AZK_TRY(const auto parts, rooms.vault.parts(snapshot, scope));
        for (const auto& part : *parts)
            if (part->part() == made.person.part) made.items = part;
        if (!made.items) return refuse(kNoSuchPart);
        const auto stored = versions_of(snapshot, entrustment, *subject);
        made.records = stored.size();
        if (!stored.empty()) {
            AZK_TRY(made.basic, rooms.vault.open(scope, stored.front()));
        }
        return made;
    });
}

Html masked_list(const Glimpse& seen)
{
    std::vector<office::Term> terms;
    if (seen.basic)
        for (const auto& item : seen.items->items())
            if (const auto value = seen.basic->content.values.find(item.code);
                value != seen.basic->content.values.end())
                terms.push_back({item.name, Html(masked(item.code, value->second))});
    return office::description_list(terms);
}

Html reveal_form(const office::Visit& visit, const access::Scope& scope, const Glimpse& seen,
                 const office::FormState& state)
{
    if (seen.purposes.empty() || seen.purposes.front().ended)
        return office::notice(office::Tone::caution, "利用目的がまだ登録されていません",
                              p("区の担当職員が利用目的を登録すると、内容を開けるようになります。",
                                a({href(purposes_address(scope))}, "利用目的と説明文")));
    return office::post_form(
        visit, url("/entrustments/", *scope.entrustment(), "/persons/", seen.person.subject, "/reveal"),
        office::error_summary(state),
        use_fields(state, seen.purposes, "例: 申込みの内容を電話で確認するため。氏名などは書かないでください。"),
        office::checkbox(state, {.name = "history", .label = "これまでの変更と、だれが開いたかも見る"}),
        office::button_row(office::submit_button("記録して開く")));
}

Html attached(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Person& person,
              const Use* use = nullptr)
{
    return rooms.attached ? rooms.attached(visit, scope, person, use) : Html();
}

bool may_write(const access::Scope& scope, const Person& person)
{
    return may(scope, access::actions::kRecordPerson) && !person.merged_into;
}

// What can be done about the person, opened or not.
Html actions_of(const access::Scope& scope, const Person& person)
{
    const auto below = [&](std::string_view where) {
        return Url(fmt::format("{}/{}", address(scope, person.subject).text(), where));
    };
    const auto erasure = url("/entrustments/", *scope.entrustment(), "/ending/erasures/new");
    return join(when(may_write(scope, person), office::link_button("記録を加える", below("records/new"))),
                when(may(scope, access::actions::kRecordConsent), office::link_button("同意", below("consents"))),
                when(may(scope, access::actions::kPlanErasure) && !person.merged_into,
                     office::link_button("消去を計画する", erasure.with("target", "person:" + person.subject.text()))));
}

http::Response glimpse_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                            const Glimpse& seen, const office::FormState& state)
{
    rooms.vault.note_listing(scope, 1);
    Html told;
    if (seen.person.merged_into)
        told = office::notice(office::Tone::info, "この登録は、ほかの登録に統合されています",
                              p(a({href(address(scope, *seen.person.merged_into))}, "統合先の登録を開く")));
    auto page = framed(rooms, scope, "対象者の情報",
                       join(told, masked_list(seen), merges_section(rooms, visit, scope, seen.person.subject),
                            attached(rooms, visit, scope, seen.person),
                            office::card("内容を開く", join(p("開いたことは、内容を示す前に記録台帳に残ります。"
                                                              "内容はこの画面に一度だけ示します。"),
                                                            reveal_form(visit, scope, seen, state)))));
    page.lead =
        p(fmt::format("{}に登録。記録は{}件です。", to_era(CivilDate::of(seen.person.created_at)), seen.records));
    page.actions = actions_of(scope, seen.person);
    return show_form(visit, std::move(page), state);
}

Html amend_button(const office::Visit& visit, const access::Scope& scope, const RecordVersion& record, const Use& use)
{
    return office::post_form(
        visit, url("/entrustments/", *scope.entrustment(), "/persons/", record.subject, "/amendment"),
        office::hidden_field("record", record.record.text()), office::hidden_field("purpose", use.purpose),
        office::hidden_field("reason", use.reason), office::submit_button("この記録を直す", office::Weight::secondary));
}

Html reveal_history(const office::Visit& visit, const std::vector<Reveal>& reveals,
                    const std::vector<Purpose>& purposes)
{
    office::Table table{.caption = "これまでに開いた人",
                        .columns = {{"日時"}, {"開いた人"}, {"利用目的"}, {"理由"}},
                        .rows = {},
                        .empty = "今回が初めてです。"};
    for (const auto& reveal : reveals)
        table.rows.push_back({office::when_at(reveal.at), Html(reveal.by), Html(purpose_name(purposes, reveal.purpose)),
                              Html(reveal.reason)});
    return office::data_table(visit, table);
}

} // namespace

http::Response show_person(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto seen = glimpse(rooms, visit, scope);
    if (!seen) return show_failure(visit, seen.error());
    return glimpse_page(rooms, visit, scope, *seen, {});
}

http::Response reveal_person(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto seen = glimpse(rooms, visit, scope);
    if (!seen) return show_failure(visit, seen.error());
    const auto& form = visit.request.form;
    const auto use = use_in(form);
    const bool history = form.get("history") == "yes";
    const auto opened = rooms.vault.reveal(scope, seen->person.subject, use, history);
    if (!opened) {
        if (opened.error().field().empty()) return show_failure(visit, opened.error());
        return glimpse_page(rooms, visit, scope, *seen, office::refused(form, {opened.error()}));
    }
    Html body =
        office::notice(office::Tone::info, "内容を開きました",
                       p("利用目的「", purpose_name(seen->purposes, use.purpose), "」、理由「", use.reason,
                         "」として記録しました。画面を離れると、もう一度開くには利用目的と理由の入力が要ります。"));
    const bool writes = may_write(scope, seen->person);
    for (const auto& record : opened->records)
        body += record_section(
            rooms, *seen->items, record,
            writes && record.subject == seen->person.subject ? amend_button(visit, scope, record, use) : Html());
    body += attached(rooms, visit, scope, seen->person, &use);
    if (history)
        body += join(earlier_versions(*seen->items, opened->records, opened->earlier),
                     reveal_history(visit, opened->reveals, seen->purposes));
    auto page = framed(rooms, scope, "対象者の情報", std::move(body));
    page.crumbs.push_back({"この方", address(scope, seen->person.subject)});
    page.actions = actions_of(scope, seen->person);
    return office::show(visit, page);
}

} // namespace azukari::vault::pages
