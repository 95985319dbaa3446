// A text of a form with places for what differs from person to person: "{name}　様", "{born|era}".
//
// A place names a column of the recipients' layout, a value of the run ([values] in letters.toml),
// or one of serial, category, page and pages. After '|' stands "era" (20230403 → 令和5年4月3日) or
// a table of words ([words.NAME]).
#pragma once

#include "base/instant.h"
#include "programmes/guidance/letters/addressee.h"

#include <map>

namespace azukari::guidance {

using WordTable = std::map<std::string, std::string, std::less<>>;

struct Vocabulary { // what phrases may speak of
    const RecipientLayout* columns = nullptr;
    std::map<std::string, std::string, std::less<>> values; // dates as eight digits
    std::map<std::string, WordTable, std::less<>> words;
};

class Phrase {
public:
    Phrase() = default;
    // On error, says in Japanese which place nobody knows.
    static tl::expected<Phrase, std::string> parse(std::string_view text, const Vocabulary& vocabulary);

    bool is_literal() const; // the same everywhere
    bool is_fixed() const;   // the same for everybody of a category, on a given page
    bool is_empty() const { return parts_.empty(); }
    // Lives as long as the addressee and `scratch`, whichever it refers to.
    std::string_view fill(const Addressee& to, unsigned page, unsigned pages, std::string& scratch) const;
    // The text of a fixed phrase.
    std::string fixed_text(Category category, unsigned page, unsigned pages) const;
    std::string literal_text() const;
    const std::string& source() const { return source_; } // as the layout writes it
    std::vector<std::size_t> columns() const;             // of the recipients, which it shows

private:
    enum class What : std::uint8_t { literal, column, serial, category, page, pages };
    enum class How : std::uint8_t { as_is, era, words };
    struct Part {
        What what = What::literal;
        How how = How::as_is;
        std::size_t column = 0;
        std::string literal;
        const WordTable* words = nullptr; // of the vocabulary, which outlives the phrase
    };
    static tl::expected<Part, std::string> place(std::string_view inside, const Vocabulary& vocabulary);
    static std::string_view shown(const Part& part, std::string_view value, std::string& scratch);

    std::vector<Part> parts_;
    std::string source_;
};

} // namespace azukari::guidance
