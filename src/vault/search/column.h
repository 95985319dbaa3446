// One kind of text of every person (names, readings, addresses, digits), folded, with the grams by which a part of it
// is found: pairs of characters, or runs of four digits.
#pragma once

#include "vault/search/postings.h"
#include "vault/search/wiped_memory.h"

#include <string>
#include <string_view>

namespace azukari::search {

// How much of a text a word matched, best first.
enum class Extent : std::uint8_t { whole, word, start, inside };

// Where a needle may stand.
struct Stand {
    bool opens = false;         // at the beginning of a value only
    bool whole_numbers = false; // a digit at its ends must be the end of a number
};

enum class Grams : std::uint8_t { pairs, fours };

class Column {
public:
    explicit Column(Grams grams) : grams_(grams) {}

    // The next row's texts, each folded; a space parts words, and is itself left out when grams are pairs of a name.
    // Every row has its turn, be it with none.
    void add_row(const std::vector<std::u16string>& texts, bool keep_spaces);
    void settle();
    // The texts of a row are overwritten and no longer found.
    void remove_row(Row row);

    std::u16string_view text_of(Row row) const; // values parted by line feeds
    bool begins_word(Row row, std::size_t at) const { return at < 64 && (starts_[row] >> at & 1) != 0; }
    // Calls visit(row, extent) for every row that `wants` and that holds `needle`, rows ascending. A needle of one
    // character is looked for at the beginning of words; of digits, fewer than four only as a whole value.
    template <class Wants, class Visit>
    void find(std::u16string_view needle, Stand stand, Wants wants, Visit visit) const;
    // At most so many rows hold the needle.
    std::size_t most(std::u16string_view needle, Stand stand) const { return rarest(needle, stand).size(); }

    std::size_t memory_bytes() const;

private:
    template <class Visit>
    void each_gram(std::u16string_view text, std::uint64_t starts, Visit visit) const;
    // The rows of the rarest of the needle's grams.
    RowsOfGram rarest(std::u16string_view needle, Stand stand) const; // none for an empty one
    bool judge(Row row, std::u16string_view needle, Stand stand, Extent& extent) const;

    Grams grams_;
    std::basic_string<char16_t, std::char_traits<char16_t>, WipedMemory<char16_t>> text_;
    std::vector<std::uint32_t> begin_{0};
    std::vector<std::uint64_t> starts_; // by row: bit n, a word begins at unit n
    Postings postings_;
};

template <class Wants, class Visit>
void Column::find(std::u16string_view needle, Stand stand, Wants wants, Visit visit) const
{
    rarest(needle, stand).each([&](Row row) {
        Extent extent{};
        if (wants(row) && judge(row, needle, stand, extent)) visit(row, extent);
    });
}

} // namespace azukari::search
