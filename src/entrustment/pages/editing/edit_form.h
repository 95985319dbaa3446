// The forms that edit an entrustment, section by section: what stands in them, how they look, and what they become.
#pragma once

#include "entrustment/provisions.h"
#include "office/shell/shell.h"

namespace azukari::entrustment {

struct EditSection {
    std::string code; // "outline", "part-guidance", "items-guidance", "measures-guidance", …
    std::string title;
};
std::vector<EditSection> edit_sections(const Entrustment& content);

// The fields of the section with what the entrustment says.
office::FormState form_of(const Entrustment& content, std::string_view section);
html::Html form_fields(const office::FormState& state, const Entrustment& content, std::string_view section,
                       const Catalogues& catalogues);

struct ReadForm {
    Entrustment content;             // the base with this section as it was sent
    std::vector<Refusal> refusals{}; // what could not be read (not a number, not a date)
    // Where rows stood in the form, by list: empty rows were left out of the content.
    std::map<std::string, std::vector<std::size_t>> places{};

    // A refusal of the content's rules, bound to the field of the form that it is about.
    Refusal in_form(const Refusal& refusal) const;
};
ReadForm read_form(const http::Fields& form, const Entrustment& base, std::string_view section);

} // namespace azukari::entrustment
