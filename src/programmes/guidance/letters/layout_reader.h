// Reads one page of a letter from its definition, with messages that name file and line.
#pragma once

#include "infra/text/definition_file.h"
#include "programmes/guidance/letters/letter_layout.h"

namespace azukari::guidance {

using Styles = std::map<std::string, pdf::TextStyle, std::less<>>;

struct LayoutWords { // what a page's definition may refer to
    const Vocabulary& vocabulary;
    Styles styles;
};

Result<pdf::TextStyle> read_style(const text::Definition& from);
Result<PageLayout> read_page(const text::Definition& from, const LayoutWords& words);

// Shared with the tables below.
Result<Phrase> read_phrase(const text::Definition& from, std::string_view key, std::string_view text,
                           const LayoutWords& words);
Result<pdf::TextStyle> named_style(const text::Definition& from, std::string_view key, const LayoutWords& words);
// The baseline that puts type of this size in the middle of a row.
double centred_baseline(double top, double height, double size);

// [[facts]]: rows of shaded labels and their values.
Result<void> add_facts(PageLayout& page, const text::Definition& from, const LayoutWords& words);
// [results]: the table of check-up results with reference values and marks.
Result<void> add_results(PageLayout& page, const text::Definition& from, const LayoutWords& words);

} // namespace azukari::guidance
