// The form of a record, made from the declared items: a field for each, under its condition, with its values.
#pragma once

#include "vault/pages/frame.h"

namespace azukari::vault::pages {

// Fields: item.<code>, kept.<code>, circumstance, source, who, channel, received_on, purpose_text, purpose, reason.
html::Html record_fields(const office::FormState& state, const Ground& ground, const DocumentKind& kind,
                         std::string_view reason_label);
// What must be chosen and was not; nothing is assumed instead.
std::vector<Refusal> gaps_in(const http::Fields& form);
// By the order of their fields on the page.
std::vector<Refusal> in_page_order(std::vector<Refusal> refusals, const Ground& ground, const DocumentKind& kind);
RecordContent content_in(const http::Fields& form, const Ground& ground);
// The form filled with what a record says.
office::FormState filled_with(const RecordContent& content, const Ground& ground);

} // namespace azukari::vault::pages
