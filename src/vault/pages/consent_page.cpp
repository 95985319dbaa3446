// 同意: what a person agreed to, refused, and took back; recording each.
#include "vault/consent/consent.h"
#include "vault/pages/frame.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::vault::pages {
namespace {

using namespace html;
using office::Choice;
using office::Field;

struct Seen {
    Person person;
    std::vector<Consent> consents;
    std::vector<Agency> agencies;
};

Result<Seen> see(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto subject = person_in(visit);
    if (!subject) return refuse(kNoSuchPerson);
    return rooms.vault.db().read([&](const storage::Snapshot& snapshot) -> Result<Seen> {
        AZK_TRY(auto person, find_person(snapshot, *scope.entrustment(), *subject));
        AZK_TRY(auto consents, consents_of(rooms.vault, snapshot, scope, *subject));
        return Seen{std::move(person), std::move(consents), agencies(snapshot, *scope.entrustment())};
    });
}

Url consents_address(const access::Scope& scope, SubjectId person)
{
    return url("/entrustments/", *scope.entrustment(), "/persons/", person, "/consents");
}

std::string item_names(const Ground& ground, const std::set<std::string, std::less<>>& codes)
{
    std::vector<std::string> names;
    for (const auto& code : codes) names.push_back(ground.items->name_of(code));
    return fmt::format("{}", fmt::join(names, "、"));
}

std::string agency_names(const std::vector<Agency>& agencies, const std::set<AgencyId>& ids)
{
    std::vector<std::string> names;
    for (const auto& agency : agencies)
        if (ids.contains(agency.id)) names.push_back(agency.name);
    return names.empty() ? "この委託の中での利用" : fmt::format("{}", fmt::join(names, "、"));
}

Html state_of(const Consent& consent)
{
    if (consent.withdrawal) return office::chip(office::Tone::bad, "撤回");
    return consent.content.agreed ? office::chip(office::Tone::good, "同意")
                                  : office::chip(office::Tone::caution, "不同意");
}

Html consent_card(const access::Scope& scope, const Seen& seen, const Ground& ground, const Consent& consent)
{
    const auto& content = consent.content;
    std::vector<office::Term> terms{
        {"状態", state_of(consent)},
        {"情報項目", Html(item_names(ground, content.items))},
        {"提供先", Html(agency_names(seen.agencies, content.recipients))},
        {"読んだ説明文", a({href(url("/entrustments/", *scope.entrustment(), "/purposes/texts/", content.text))},
                           fmt::format("第{}号", content.text))},
        {"説明した人", Html(content.explained_by)},
        {"本人が答えた日", office::on_day(content.given_on)},
        {"確認方法", Html(japanese(content.manner))},
        {"備考", Html(content.note)},
        {"記録", join(Html(consent.by), "　", office::when_at(consent.at))}};
    if (!content.explained.empty())
        terms.insert(terms.begin() + 2, {"詳しく説明した項目", Html(item_names(ground, content.explained))});
    Html action;
    if (consent.withdrawal) {
        terms.push_back(
            {"撤回", join(office::on_day(consent.withdrawal->on), "　", consent.withdrawal->reason, "（記録：",
                          consent.withdrawal->by, "　", office::when_at(consent.withdrawal->at), "）")});
    } else if (content.agreed && consent.subject == seen.person.subject) {
        action = office::button_row(
            office::link_button("撤回を記録する", url("/entrustments/", *scope.entrustment(), "/persons/",
                                                      seen.person.subject, "/consents/", consent.id, "/withdrawal")));
    }
    return section(h2(content.agreed ? "同意" : "不同意", "　", office::on_day(content.given_on)),
                   office::description_list(terms), action);
}

Html item_choices(const office::FormState& state, const Ground& ground)
{
    std::vector<Choice> items, sensitive;
    for (const auto& item : ground.items->items()) {
        items.push_back({item.code, item.name, item.sensitive ? "特に配慮が必要な情報です。" : ""});
        if (item.sensitive) sensitive.push_back({item.code, fmt::format("「{}」を詳しく説明した", item.name)});
    }
    Html fields = office::checkbox_group(state,
                                         {.name = "items",
                                          .label = "対象となる情報項目",
                                          .hint = "本人が同意した項目だけを選びます。",
                                          .required = true},
                                         items);
    if (!sensitive.empty())
        fields += office::checkbox_group(state,
                                         {.name = "explained",
                                          .label = "特に配慮が必要な情報の説明",
                                          .hint = "上で選んだ項目のうち、病状などは一つずつ詳しく説明します。"},
                                         sensitive);
    return fields;
}

Html consent_fields(const office::FormState& state, const Ground& ground, const std::vector<Agency>& agencies)
{
    std::vector<Choice> texts{{"", "選んでください"}}, recipients, how;
    Html read;
    for (const auto& text : ground.texts) {
        if (text.kind != TextKind::consent || !text.current) continue;
        texts.push_back(
            {std::to_string(text.number), fmt::format("第{}号　{}　第{}版", text.number, text.title, text.version)});
        read += details(summary(fmt::format("第{}号「{}」を読む", text.number, text.title)), p(lines(text.text)));
    }
    for (const auto& agency : agencies)
        if (!agency.ended) recipients.push_back({agency.id.text(), agency.name, agency.what_for});
    for (const auto manner : manners()) how.push_back({std::string(code_of(manner)), std::string(japanese(manner))});
    const std::vector<Choice> decisions{{"yes", "同意した"},
                                        {"no", "同意しなかった", "同意しなかったことも記録します。"}};
    return join(
        office::select_field(
            state, {.name = "text", .label = "本人と読んだ説明文", .required = true, .size = Field::Size::medium},
            texts),
        read, office::radio_group(state, {.name = "decision", .label = "本人の答え", .required = true}, decisions),
        item_choices(state, ground),
        recipients.empty() ? Html()
                           : office::checkbox_group(
                                 state,
                                 {.name = "recipients",
                                  .label = "提供先",
                                  .hint = "提供先ごとに同意が要ります。選ばなければ、この委託の中での利用だけです。"},
                                 recipients),
        office::text_field(state, {.name = "explained_by",
                                   .label = "説明した人の氏名",
                                   .required = true,
                                   .max_length = 60,
                                   .size = Field::Size::medium}),
        office::date_field(state, {.name = "given_on", .label = "本人が答えた日", .required = true}),
        office::radio_group(state, {.name = "manner", .label = "確認方法", .required = true}, how),
        office::text_field(
            state, {.name = "note", .label = "備考", .hint = "例: 署名のある紙の保管場所。", .max_length = 200}));
}

http::Response consent_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                            const Person& person, const Ground& ground, const office::FormState& state)
{
    const auto agencies_known = rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return agencies(snapshot, *scope.entrustment()); });
    const auto to = url("/entrustments/", *scope.entrustment(), "/persons/", person.subject, "/consents/new");
    auto page = framed(
        rooms, scope, "同意を記録する",
        office::long_form(visit, to, office::error_summary(state), consent_fields(state, ground, agencies_known),
                          office::button_row(join(office::submit_button("記録する"),
                                                  office::link_button("やめる", consents_address(scope, person.subject),
                                                                      office::Weight::plain)))));
    page.crumbs.push_back({"この方", address(scope, person.subject)});
    page.crumbs.push_back({"同意", consents_address(scope, person.subject)});
    page.width = office::Width::text;
    return show_form(visit, std::move(page), state);
}

// The person of the address with what stands for them.
Result<std::pair<Person, Ground>> person_and_ground(const Rooms& rooms, const office::Visit& visit,
                                                    const access::Scope& scope)
{
    const auto subject = person_in(visit);
    if (!subject) return refuse(kNoSuchPerson);
    const auto person = rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return find_person(snapshot, *scope.entrustment(), *subject); });
    if (!person) return tl::unexpected(person.error());
    if (person->merged_into) return refuse(kMergedAway);
    AZK_TRY(auto ground, rooms.vault.ground(scope, person->part));
    return std::pair{*person, std::move(ground)};
}

ConsentContent content_in(const http::Fields& form)
{
    ConsentContent content;
    content.agreed = form.get("decision") == "yes";
    const auto number = form.get("text");
    std::from_chars(number.data(), number.data() + number.size(), content.text);
    for (const auto& code : form.all("items")) content.items.emplace(code);
    for (const auto& code : form.all("explained")) content.explained.emplace(code);
    for (const auto& id : form.all("recipients"))
        content.recipients.insert(AgencyId::parse(id).value_or(AgencyId(IdBytes{})));
    content.explained_by = form.get("explained_by");
    if (const auto day = CivilDate::parse(form.get("given_on"))) content.given_on = *day;
    content.manner = manner_of(form.get("manner")).value_or(Manner::verbal);
    content.note = form.get("note");
    return content;
}

std::vector<Refusal> gaps_in(const http::Fields& form)
{
    std::vector<Refusal> gaps;
    const auto decision = form.get("decision");
    if (decision != "yes" && decision != "no")
        gaps.emplace_back(kDecisionExpected, std::vector<std::string>{}, "decision");
    if (!manner_of(form.get("manner"))) gaps.emplace_back(kMannerExpected, std::vector<std::string>{}, "manner");
    if (!CivilDate::parse(form.get("given_on")))
        gaps.emplace_back(kWordsExpected, std::vector<std::string>{"本人が答えた日"}, "given_on");
    return gaps;
}

http::Response withdrawal_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                               SubjectId person, const office::FormState& state)
{
    auto page = framed(
        rooms, scope, "同意の撤回を記録する",
        join(p("記録すると、この同意による提供は直ちにできなくなります。同意の記録そのものは残ります。"),
             office::post_form(visit,
                               url("/entrustments/", *scope.entrustment(), "/persons/", person, "/consents/",
                                   visit.request.path_params.get("consent"), "/withdrawal"),
                               office::error_summary(state),
                               office::date_field(state, {.name = "on", .label = "本人が撤回した日", .required = true}),
                               office::text_field(state, {.name = "reason",
                                                          .label = "本人の述べた理由",
                                                          .hint = "述べなかったときは空欄のままにします。",
                                                          .max_length = 200}),
                               office::button_row(join(office::submit_button("撤回を記録する"),
                                                       office::link_button("やめる", consents_address(scope, person),
                                                                           office::Weight::plain))))));
    page.crumbs.push_back({"この方", address(scope, person)});
    page.crumbs.push_back({"同意", consents_address(scope, person)});
    page.width = office::Width::text;
    return show_form(visit, std::move(page), state);
}

} // namespace

http::Response show_consents(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto seen = see(rooms, visit, scope);
    if (!seen) return show_failure(visit, seen.error());
    const auto ground = rooms.vault.ground(scope, seen->person.part);
    if (!ground) return show_failure(visit, ground.error());
    note_consents_seen(rooms.vault, scope, seen->person.subject, static_cast<std::int64_t>(seen->consents.size()));
    Html body;
    for (const auto& consent : seen->consents) body += consent_card(scope, *seen, *ground, consent);
    if (seen->consents.empty()) body = p("同意の記録はまだありません。同意のない情報は、関係機関に提供できません。");
    auto page = framed(rooms, scope, "同意", std::move(body));
    page.crumbs.push_back({"この方", address(scope, seen->person.subject)});
    page.lead =
        p("本人が何を読み、どの情報を、だれに伝えることに同意したかの記録です。いちばん新しい答えが効力を持ちます。");
    if (!seen->person.merged_into)
        page.actions = office::link_button(
            "同意を記録する",
            url("/entrustments/", *scope.entrustment(), "/persons/", seen->person.subject, "/consents/new"),
            office::Weight::primary);
    return office::show(visit, page);
}

http::Response ask_consent(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = person_and_ground(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    return consent_form(rooms, visit, scope, known->first, known->second,
                        office::filled({{"given_on", scope.moment().today.iso()}}));
}

http::Response record_new_consent(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = person_and_ground(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    const auto& [person, ground] = *known;
    const auto& form = visit.request.form;
    const auto content = content_in(form);
    auto refusals = gaps_in(form);
    const auto agencies_known = rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return agencies(snapshot, *scope.entrustment()); });
    for (auto& refusal : examine(ground, agencies_known, scope.moment().today, content))
        refusals.push_back(std::move(refusal));
    if (refusals.empty()) {
        const auto recorded = record_consent(rooms.vault, scope, person.subject, content);
        if (recorded)
            return http::Response::see_other(consents_address(scope, person.subject).text(),
                                             content.agreed ? "同意を記録しました。"
                                                            : "同意しなかったことを記録しました。");
        refusals.push_back(recorded.error());
    }
    return consent_form(rooms, visit, scope, person, ground, office::refused(form, std::move(refusals)));
}

http::Response ask_withdrawal(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = person_and_ground(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    return withdrawal_form(rooms, visit, scope, known->first.subject,
                           office::filled({{"on", scope.moment().today.iso()}}));
}

http::Response record_withdrawal(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = person_and_ground(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    const auto subject = known->first.subject;
    const auto& form = visit.request.form;
    const auto consent = ConsentId::parse(visit.request.path_params.get("consent"));
    if (!consent) return show_failure(visit, Refusal(kNoSuchConsent));
    const auto on = CivilDate::parse(form.get("on"));
    const auto again = [&](Refusal refusal) {
        return withdrawal_form(rooms, visit, scope, subject, office::refused(form, {std::move(refusal)}));
    };
    if (!on) return again(Refusal(kWordsExpected, {"本人が撤回した日"}, "on"));
    const auto done = withdraw_consent(rooms.vault, scope, subject, *consent, *on, form.get("reason"));
    if (!done) return done.error().field().empty() ? show_failure(visit, done.error()) : again(done.error());
    return http::Response::see_other(consents_address(scope, subject).text(), "撤回を記録しました。");
}

} // namespace azukari::vault::pages
