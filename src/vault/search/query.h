// What somebody typed into the search box, understood: each word as everything it may be.
#pragma once

#include "base/result.h"
#include "infra/text/notation/name_folding.h"
#include "infra/text/notation/written_date.h"
#include "vault/search/particulars.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::search {

// Something to look for in one kind of text. `penalty` lowers what was not typed just so: another spelling, kana for
// Latin letters.
struct Needle {
    Facet facet;
    std::u16string text;
    int penalty = 0;
    bool opens = false; // only at the beginning of a value
};

struct Term {
    std::string written;
    std::vector<Needle> needles;
    std::optional<text::DatePart> birth;
};

struct Query {
    std::vector<Term> terms;    // all of them must be found
    std::optional<Term> joined; // or, if none is: the words as one name, parted where it has no blank (太　郎)
};

inline constexpr std::size_t kMostTerms = 8;
inline constexpr std::size_t kLongestQuery = 300; // bytes

// Words are parted by blanks; words that only together are a date or a telephone number (昭和40年 4月 3日) are one term.
// Refuses an empty query, one that is too long, and a word in which there is nothing to look for.
Result<Query> read_query(std::string_view written, const text::NameFolding& folding);

// The same query with characters in place of those they are mistaken for (斎 斉); empty when there are none.
Query near_query(const Query& query, const text::NameFolding& folding);

// Forms in which mail addresses and numbers (利用券番号 …) are compared: width and case made one; blanks and dashes gone.
std::u16string mail_form(std::string_view utf8);
std::u16string number_form(std::string_view utf8);

} // namespace azukari::search
