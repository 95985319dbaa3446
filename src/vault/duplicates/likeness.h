// Entries made comparable: every name, place and number becomes a small number, the same for what is the same however
// it was written, with how often it occurs.
#pragma once

#include "infra/text/notation/name_folding.h"
#include "vault/duplicates/comparison.h"
#include "vault/duplicates/identity.h"
#include "vault/search/wiped_memory.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::duplicates {

using Token = std::uint32_t; // 0: unknown

class Lexicon { // values by token, with how often each was met; its memory is overwritten when it goes
public:
    Token token_of(std::u16string_view value); // counts it; 0 for an empty value
    Token known(std::u16string_view value) const;
    std::u16string_view value_of(Token token) const { return {text_.data() + words_[token].begin, words_[token].size}; }
    std::uint32_t count_of(Token token) const { return words_[token].count; }

private:
    struct Word {
        std::uint32_t begin = 0, size = 0, count = 0, hash = 0;
    };
    std::size_t slot_of(std::u16string_view value, std::uint32_t hash) const;
    void grow();

    std::basic_string<char16_t, std::char_traits<char16_t>, search::WipedMemory<char16_t>> text_;
    std::vector<Word> words_{Word()};
    std::vector<Token> slots_ = std::vector<Token>(1024); // open addressing, at most half full
};

struct Likeness {
    Token family = 0, given = 0;                 // kanji
    Token family_reading = 0, given_reading = 0; // kana
    Token town = 0, place = 0;                   // 町, and 町 with its numbers
    Token telephone = 0, sex = 0;
    Token birth = 0;
    std::int32_t birth_digits = 0; // 19650403, to compare what was typed
};

class Likenesses {
public:
    Likenesses(std::span<const Identity> identities, const text::NameFolding& folding);

    std::size_t size() const { return all_.size(); }
    const Likeness& operator[](std::size_t at) const { return all_[at]; }
    Comparison compare(const Likeness& a, const Likeness& b) const;
    // log2 of the odds that both are one person.
    double bits_of(const Likeness& a, const Likeness& b, const Comparison& comparison) const;

private:
    struct Halves {
        std::u16string family, given;
    };
    void part_unparted(const std::vector<std::pair<std::size_t, std::u16string>>& whole, const Lexicon& families,
                       Lexicon& givens, Token Likeness::*family, Token Likeness::*given);
    NameAgreement agreement(Token a, Token b, Token a_reading, Token b_reading, const Lexicon& kanji,
                            const Lexicon& readings) const;
    void read_kana_names();
    double share(std::uint32_t count, double usual) const;

    const text::NameFolding& folding_;
    std::vector<Likeness> all_;
    Lexicon families_, givens_, family_readings_, given_readings_, towns_, places_, telephones_, sexes_, births_;
    Token female_ = 0;
};

// Whether one character was replaced, left out, added, or two neighbours exchanged.
bool one_slip_apart(std::u16string_view a, std::u16string_view b);
// Whether kana stand in one where kanji stand in the other, and they are the same around it: 花子, ハナ子.
bool kana_for_kanji(std::u16string_view a, std::u16string_view b);

} // namespace azukari::duplicates
