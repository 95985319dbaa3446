#include "vault/pages/frame.h"

#include "vault/vault_refusals.h"

namespace azukari::vault::pages {

using namespace html;

office::Page framed(const Rooms& rooms, const access::Scope& scope, std::string title, Html body, bool below_list)
{
    office::Page page{std::move(title), std::move(body)};
    const auto name = rooms.entrustment_name(scope);
    page.crumbs = {{"委託の登録", url("/entrustments")},
                   {name ? *name : "この委託", url("/entrustments/", *scope.entrustment())}};
    if (below_list) page.crumbs.push_back({"対象者", address(scope)});
    return page;
}

http::Response show_form(const office::Visit& visit, office::Page page, const office::FormState& state)
{
    if (!state.refusals.empty()) page.status = office::kRefusedForm;
    return office::show(visit, page);
}

http::Response show_failure(const office::Visit& visit, const Refusal& refusal)
{
    const bool absent = refusal.is(kNoSuchPerson) || refusal.is(kNoSuchRecord) || refusal.is(kNotThere) ||
                        refusal.is(kNoSuchText) || refusal.is(kNoSuchConsent) || refusal.is(kNoSuchMerge) ||
                        refusal.is(kNoSuchDistinction) || refusal.code() == "register.not_found";
    return office::show_refusal(visit, refusal, absent ? 404 : 409);
}

std::optional<SubjectId> person_in(const office::Visit& visit)
{
    return SubjectId::parse(visit.request.path_params.get("person"));
}

Result<Pair> pair_in(const std::vector<std::string_view>& picked)
{
    std::vector<SubjectId> ids;
    for (const auto text : picked)
        if (const auto id = SubjectId::parse(text)) ids.push_back(*id);
    if (ids.size() != 2) return refuse(kTwoExpected);
    if (ids[0] == ids[1]) return refuse(kSamePerson);
    return Pair{ids[0], ids[1]};
}

http::Response ask_again(const access::Scope& scope, const Refusal& refusal)
{
    return http::Response::see_other(address(scope).text(), refusal.sentence());
}

Html picked(const Pair& pair)
{
    return join(office::hidden_field("pick", pair.kept.text()), office::hidden_field("pick", pair.gone.text()));
}

Url compare_address(const access::Scope& scope, const Pair& pair)
{
    return url("/entrustments/", *scope.entrustment(), "/persons/compare")
        .with("pick", pair.kept.text())
        .with("pick", pair.gone.text());
}

Url distinction_address(const access::Scope& scope, const Pair& pair)
{
    return url("/entrustments/", *scope.entrustment(), "/persons/distinctions/new")
        .with("pick", pair.kept.text())
        .with("pick", pair.gone.text());
}

Url duplicates_address(const access::Scope& scope)
{
    return url("/entrustments/", *scope.entrustment(), "/persons/duplicates");
}

Html use_fields(const office::FormState& state, const std::vector<Purpose>& purposes, std::string_view reason_hint)
{
    std::vector<office::Choice> choices{{"", "選んでください"}};
    for (const auto& purpose : purposes)
        if (!purpose.ended) choices.push_back({purpose.code, purpose.name});
    return join(
        office::select_field(state,
                             {.name = "purpose",
                              .label = "利用目的",
                              .hint = "区が登録した目的の中から選びます。ほかの目的では利用できません。",
                              .required = true,
                              .size = office::Field::Size::medium},
                             choices),
        office::text_field(
            state, {.name = "reason", .label = "理由", .hint = reason_hint, .required = true, .max_length = 200}));
}

Use use_in(const http::Fields& form)
{
    return {std::string(form.get("purpose")), std::string(form.get("reason"))};
}

std::string purpose_name(const std::vector<Purpose>& purposes, std::string_view code)
{
    for (const auto& purpose : purposes)
        if (purpose.code == code) return purpose.name;
    return std::string(code);
}

Html lines(std::string_view text)
{
    Html out;
    for (std::size_t at = 0; at <= text.size();) {
        auto end = text.find('\n', at);
        if (end == std::string_view::npos) end = text.size();
        auto line = text.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (at > 0) out += br();
        out += Html(line);
        at = end + 1;
    }
    return out;
}

} // namespace azukari::vault::pages
