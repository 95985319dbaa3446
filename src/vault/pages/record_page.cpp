// Writing about a person: somebody new, a correction, a further record.
#include "office/shell/asset.h"
#include "vault/pages/frame.h"
#include "vault/pages/record_form.h"
#include "vault/vault_refusals.h"
#include "vault_pages_assets.h"

#include <fmt/format.h>

namespace azukari::vault::pages {
namespace {

using namespace html;

constexpr std::string_view kWhyNew = "例: 電話で申込みを受けたため。";
constexpr std::string_view kWhyChanged = "例: 本人から住所変更の届出があったため。";

office::Page form_frame(const Rooms& rooms, const access::Scope& scope, std::string title, Html body)
{
    auto page = framed(rooms, scope, std::move(title), std::move(body));
    page.width = office::Width::text;
    page.scripts = {office::asset_url(assets_of_vault_pages(), "record_form.js")};
    return page;
}

Html warned(const office::FormState& state)
{
    for (const auto& refusal : state.refusals)
        if (refusal.is(kProhibitedWords))
            return office::notice(
                office::Tone::caution, "収集してはならない事項かもしれない語があります",
                p("まだ保存していません。書き直すか、そのまま残す理由を入力して、もう一度保存してください。"));
    return {};
}

// Everything wrong with what was sent, in the order in which the page asks for it.
Result<std::vector<Refusal>> faults(const Rooms& rooms, const access::Scope& scope, const http::Fields& form,
                                    const Vault::Writing& writing, const Ground& ground)
{
    auto all = gaps_in(form);
    AZK_TRY(auto found, rooms.vault.examine(scope, writing));
    for (auto& refusal : found) all.push_back(std::move(refusal));
    return in_page_order(std::move(all), ground, *find_kind(rooms.vault.kinds(), writing.kind));
}

// The part the address or the form names; the only one when there is no other.
std::string part_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    auto wanted = std::string(visit.request.form.get("part"));
    if (wanted.empty()) wanted = visit.request.query.get("part");
    if (!wanted.empty()) return wanted;
    const auto parts =
        rooms.vault.db().read([&](const storage::Snapshot& snapshot) { return rooms.vault.parts(snapshot, scope); });
    return parts && !(*parts)->empty() ? (*parts)->front()->part() : std::string();
}

Html part_tabs(const Rooms& rooms, const access::Scope& scope, const std::string& current)
{
    const auto parts =
        rooms.vault.db().read([&](const storage::Snapshot& snapshot) { return rooms.vault.parts(snapshot, scope); });
    if (!parts || (*parts)->size() < 2) return {};
    std::vector<office::Tab> tabs;
    for (const auto& part : **parts)
        tabs.push_back({part->title(),
                        url("/entrustments/", *scope.entrustment(), "/persons/new").with("part", part->part()),
                        part->part() == current});
    return office::tabs("件名", tabs);
}

http::Response new_person_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                               const std::string& part, const Ground& ground, const office::FormState& state)
{
    const auto form = office::long_form(
        visit, url("/entrustments/", *scope.entrustment(), "/persons/new"), office::error_summary(state), warned(state),
        office::hidden_field("part", part),
        record_fields(state, ground, *find_kind(rooms.vault.kinds(), kBasic), kWhyNew),
        office::button_row(join(office::submit_button("登録する"),
                                office::link_button("やめる", address(scope), office::Weight::plain))));
    auto page = form_frame(rooms, scope, "新しく登録する", join(part_tabs(rooms, scope, part), form));
    page.lead = p("入力した内容は、この方だけの鍵で暗号化して保管します。");
    return show_form(visit, std::move(page), state);
}

office::FormState today_form(const access::Scope& scope, const Ground& ground)
{
    std::string shown;
    for (const auto& text : ground.texts)
        if (text.kind == TextKind::purpose && text.current && shown.empty()) shown = std::to_string(text.number);
    std::string purpose = ground.purposes.size() == 1 ? ground.purposes.front().code : std::string();
    return office::filled({{"received_on", scope.moment().today.iso()},
                           {"source", "person"},
                           {"purpose_text", shown},
                           {"purpose", purpose}});
}

std::optional<RecordId> record_in(std::string_view text)
{
    return RecordId::parse(text);
}

http::Response amendment_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                              SubjectId subject, const DocumentKind& kind, RecordId record, std::string_view seen,
                              const Ground& ground, const office::FormState& state)
{
    const auto form = office::long_form(
        visit, url("/entrustments/", *scope.entrustment(), "/persons/", subject, "/records/", record),
        office::error_summary(state), warned(state), office::hidden_field("seen", seen),
        office::hidden_field("kind", kind.code), record_fields(state, ground, kind, kWhyChanged),
        office::button_row(join(office::submit_button("新しい版として保存する"),
                                office::link_button("やめる", address(scope, subject), office::Weight::plain))));
    auto page = form_frame(rooms, scope, fmt::format("{}を直す", kind.name), form);
    page.crumbs.push_back({"この方", address(scope, subject)});
    page.lead = p("これまでの版は消えません。だれが、いつ、なぜ直したかとともに残ります。");
    return show_form(visit, std::move(page), state);
}

Result<Person> person_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto subject = person_in(visit);
    if (!subject) return refuse(kNoSuchPerson);
    return rooms.vault.db().read(
        [&](const storage::Snapshot& snapshot) { return find_person(snapshot, *scope.entrustment(), *subject); });
}

http::Response new_record_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                               const Person& person, const DocumentKind& kind, const Ground& ground,
                               const office::FormState& state)
{
    const auto here = url("/entrustments/", *scope.entrustment(), "/persons/", person.subject, "/records/new");
    std::vector<office::Tab> tabs;
    for (const auto& each : rooms.vault.kinds())
        if (each.code != kBasic) tabs.push_back({each.name, here.with("kind", each.code), each.code == kind.code});
    const auto form = office::long_form(
        visit, here, office::error_summary(state), warned(state), office::hidden_field("kind", kind.code),
        record_fields(state, ground, kind, kWhyNew),
        office::button_row(join(office::submit_button("記録する"),
                                office::link_button("やめる", address(scope, person.subject), office::Weight::plain))));
    auto page = form_frame(rooms, scope, "記録を加える",
                           join(tabs.size() > 1 ? office::tabs("記録の種類", tabs) : Html(), form));
    page.crumbs.push_back({"この方", address(scope, person.subject)});
    return show_form(visit, std::move(page), state);
}

const DocumentKind* kind_in(const Rooms& rooms, const office::Visit& visit)
{
    auto code = visit.request.form.get("kind");
    if (code.empty()) code = visit.request.query.get("kind");
    if (!code.empty()) return find_kind(rooms.vault.kinds(), code);
    for (const auto& kind : rooms.vault.kinds())
        if (kind.code != kBasic) return &kind;
    return nullptr;
}

} // namespace

http::Response ask_new_person(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto part = part_of(rooms, visit, scope);
    const auto ground = rooms.vault.ground(scope, part);
    if (!ground) return show_failure(visit, ground.error());
    return new_person_page(rooms, visit, scope, part, *ground, today_form(scope, *ground));
}

http::Response record_new_person(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto part = part_of(rooms, visit, scope);
    const auto ground = rooms.vault.ground(scope, part);
    if (!ground) return show_failure(visit, ground.error());
    Vault::Writing writing{part, std::string(kBasic), std::string(form.get("purpose")), content_in(form, *ground)};
    auto found = faults(rooms, scope, form, writing, *ground);
    if (!found) return show_failure(visit, found.error());
    if (!found->empty())
        return new_person_page(rooms, visit, scope, part, *ground, office::refused(form, *std::move(found)));
    const auto subject = rooms.vault.record_person(scope, std::move(writing));
    if (!subject) return new_person_page(rooms, visit, scope, part, *ground, office::refused(form, {subject.error()}));
    return http::Response::see_other(address(scope, *subject).text(), "登録しました。");
}

http::Response ask_amendment(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto person = person_of(rooms, visit, scope);
    if (!person) return show_failure(visit, person.error());
    const auto record = record_in(form.get("record"));
    if (!record) return show_failure(visit, Refusal(kNoSuchRecord));
    const auto opened = rooms.vault.reveal(scope, person->subject, use_in(form));
    if (!opened) return show_failure(visit, opened.error());
    const auto ground = rooms.vault.ground(scope, person->part);
    if (!ground) return show_failure(visit, ground.error());
    for (const auto& version : opened->records) {
        if (version.record != *record || version.subject != person->subject) continue;
        auto state = filled_with(version.content, *ground);
        state.values.add("purpose", std::string(form.get("purpose")));
        const auto* kind = find_kind(rooms.vault.kinds(), version.kind);
        if (kind == nullptr) return show_failure(visit, Refusal(kNoSuchRecord));
        return amendment_page(rooms, visit, scope, person->subject, *kind, *record, std::to_string(version.number),
                              *ground, state);
    }
    return show_failure(visit, Refusal(kNoSuchRecord));
}

http::Response amend_record(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto person = person_of(rooms, visit, scope);
    if (!person) return show_failure(visit, person.error());
    const auto record = record_in(visit.request.path_params.get("record"));
    const auto* kind = kind_in(rooms, visit);
    if (!record || kind == nullptr) return show_failure(visit, Refusal(kNoSuchRecord));
    const auto ground = rooms.vault.ground(scope, person->part);
    if (!ground) return show_failure(visit, ground.error());
    const auto seen_text = std::string(form.get("seen"));
    const auto seen =
        seen_text.empty() || seen_text.size() > 9 || seen_text.find_first_not_of("0123456789") != std::string::npos
            ? std::int64_t{0}
            : std::int64_t{std::stoi(seen_text)};
    Vault::Writing writing{person->part, kind->code, std::string(form.get("purpose")), content_in(form, *ground)};
    const auto again = [&](std::vector<Refusal> refusals) {
        return amendment_page(rooms, visit, scope, person->subject, *kind, *record, seen_text, *ground,
                              office::refused(form, std::move(refusals)));
    };
    auto found = faults(rooms, scope, form, writing, *ground);
    if (!found) return show_failure(visit, found.error());
    if (!found->empty()) return again(*std::move(found));
    const auto number = rooms.vault.amend(scope, person->subject, *record, seen, std::move(writing));
    if (!number) return again({number.error()});
    return http::Response::see_other(address(scope, person->subject).text(),
                                     fmt::format("第{}版として保存しました。", *number));
}

http::Response ask_new_record(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto person = person_of(rooms, visit, scope);
    if (!person) return show_failure(visit, person.error());
    const auto* kind = kind_in(rooms, visit);
    if (kind == nullptr || kind->code == kBasic) return office::show_status(visit, 404);
    const auto ground = rooms.vault.ground(scope, person->part);
    if (!ground) return show_failure(visit, ground.error());
    return new_record_page(rooms, visit, scope, *person, *kind, *ground, today_form(scope, *ground));
}

http::Response record_new_record(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto person = person_of(rooms, visit, scope);
    if (!person) return show_failure(visit, person.error());
    const auto* kind = kind_in(rooms, visit);
    if (kind == nullptr || kind->code == kBasic) return office::show_status(visit, 404);
    const auto ground = rooms.vault.ground(scope, person->part);
    if (!ground) return show_failure(visit, ground.error());
    Vault::Writing writing{person->part, kind->code, std::string(form.get("purpose")), content_in(form, *ground)};
    auto found = faults(rooms, scope, form, writing, *ground);
    if (!found) return show_failure(visit, found.error());
    if (!found->empty())
        return new_record_page(rooms, visit, scope, *person, *kind, *ground, office::refused(form, *std::move(found)));
    const auto record = rooms.vault.add_record(scope, person->subject, std::move(writing));
    if (!record)
        return new_record_page(rooms, visit, scope, *person, *kind, *ground, office::refused(form, {record.error()}));
    return http::Response::see_other(address(scope, person->subject).text(), "記録しました。");
}

} // namespace azukari::vault::pages
