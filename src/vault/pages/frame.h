// What the pages of the vault share: their handlers, their addresses, the frame they stand in, and the question for
// purpose and reason.
#pragma once

#include "office/shell/shell.h"
#include "vault/pages/vault_pages.h"

namespace azukari::vault::pages {

#define AZK_VAULT_PAGE(name)                                                                                           \
    http::Response name(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
AZK_VAULT_PAGE(show_list);
AZK_VAULT_PAGE(search_list);
AZK_VAULT_PAGE(show_person);
AZK_VAULT_PAGE(reveal_person);
AZK_VAULT_PAGE(ask_new_person);
AZK_VAULT_PAGE(record_new_person);
AZK_VAULT_PAGE(ask_amendment);
AZK_VAULT_PAGE(amend_record);
AZK_VAULT_PAGE(ask_new_record);
AZK_VAULT_PAGE(record_new_record);
AZK_VAULT_PAGE(show_purposes);
AZK_VAULT_PAGE(declare_new_purpose);
AZK_VAULT_PAGE(end_one_purpose);
AZK_VAULT_PAGE(allow_collection);
AZK_VAULT_PAGE(end_collection);
AZK_VAULT_PAGE(ask_text);
AZK_VAULT_PAGE(publish_new_text);
AZK_VAULT_PAGE(show_text);
AZK_VAULT_PAGE(record_new_agency);
AZK_VAULT_PAGE(end_one_agency);
AZK_VAULT_PAGE(ask_allowance);
AZK_VAULT_PAGE(record_allowance);
AZK_VAULT_PAGE(show_consents);
AZK_VAULT_PAGE(ask_consent);
AZK_VAULT_PAGE(record_new_consent);
AZK_VAULT_PAGE(ask_withdrawal);
AZK_VAULT_PAGE(record_withdrawal);
AZK_VAULT_PAGE(ask_comparison);
AZK_VAULT_PAGE(show_comparison);
AZK_VAULT_PAGE(merge_two);
AZK_VAULT_PAGE(show_duplicates);
AZK_VAULT_PAGE(ask_distinction);
AZK_VAULT_PAGE(tell_two_apart);
AZK_VAULT_PAGE(ask_taking_back);
AZK_VAULT_PAGE(take_back_distinction);
AZK_VAULT_PAGE(ask_undo);
AZK_VAULT_PAGE(undo_one_merge);
#undef AZK_VAULT_PAGE

inline html::Url address(const access::Scope& scope)
{
    return html::url("/entrustments/", *scope.entrustment(), "/persons");
}
inline html::Url address(const access::Scope& scope, SubjectId person)
{
    return html::url("/entrustments/", *scope.entrustment(), "/persons/", person);
}
inline html::Url purposes_address(const access::Scope& scope)
{
    return html::url("/entrustments/", *scope.entrustment(), "/purposes");
}

inline bool may(const access::Scope& scope, const access::Action& action)
{
    return access::grants(action, scope.role());
}

// A page of one entrustment, with crumbs back to it and, when it stands below the list, to the list.
office::Page framed(const Rooms& rooms, const access::Scope& scope, std::string title, html::Html body,
                    bool below_list = true);
// Refusals of a form become 422, the rest of the page stays.
http::Response show_form(const office::Visit& visit, office::Page page, const office::FormState& state);
// 404 for what is not there, 409 for what cannot be done now.
http::Response show_failure(const office::Visit& visit, const Refusal& refusal);

std::optional<SubjectId> person_in(const office::Visit& visit); // of the address

// 利用目的 and 理由: asked before personal information is opened.
html::Html use_fields(const office::FormState& state, const std::vector<Purpose>& purposes,
                      std::string_view reason_hint);
Use use_in(const http::Fields& form);
std::string purpose_name(const std::vector<Purpose>& purposes, std::string_view code);

// Two registrations of an address or a form: pick=…&pick=…. Refuses kTwoExpected, kSamePerson.
struct Pair {
    SubjectId kept;
    SubjectId gone;
};
Result<Pair> pair_in(const std::vector<std::string_view>& picked);
http::Response ask_again(const access::Scope& scope, const Refusal& refusal); // back to the list, with what it was
html::Html picked(const Pair& pair);                                          // the same as hidden fields
html::Url compare_address(const access::Scope& scope, const Pair& pair);
html::Url distinction_address(const access::Scope& scope, const Pair& pair);
html::Url duplicates_address(const access::Scope& scope);

// What was merged into this person, for who may take it back; empty otherwise.
html::Html merges_section(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, SubjectId kept);

// A text over several lines.
html::Html lines(std::string_view text);

} // namespace azukari::vault::pages
