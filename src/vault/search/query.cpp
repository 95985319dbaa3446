#include "vault/search/query.h"

#include "infra/text/notation/address.h"
#include "infra/text/notation/numeral.h"
#include "infra/text/notation/reading.h"
#include "infra/text/notation/telephone.h"
#include "infra/text/utf8.h"
#include "vault/search/search_refusals.h"

#include <algorithm>

namespace azukari::search {

namespace {

constexpr int kOtherSpelling = 3, kFromLatin = 4, kWithoutMunicipality = 1;
constexpr std::size_t kNoAddress = 9;  // digits of a telephone number that are no block's
constexpr std::size_t kMostJoined = 4; // words that may be one date or number

std::vector<std::string> words_of(std::string_view written)
{
    std::vector<std::string> words;
    bool open = false;
    for (std::size_t at = 0; at < written.size();) {
        const auto begin = at;
        const char32_t c = text::next_code_point(written, at);
        if (c == U' ' || c == 0x3000 || c == 0xA0 || c == U'\t' || c == U'\n' || c == U'\r') {
            open = false;
            continue;
        }
        if (!open) words.emplace_back();
        words.back() += written.substr(begin, at - begin);
        open = true;
    }
    return words;
}

bool all_of(std::u16string_view text, bool (*holds)(char16_t))
{
    return std::ranges::all_of(text, holds);
}

bool is_latin(char16_t c)
{
    return (c >= u'a' && c <= u'z') || c == u' ';
}

bool is_digit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

// 03, +81, (03), in any width.
bool may_open_number(std::string_view word)
{
    const auto plain = text::plain_characters(word);
    return !plain.empty() && (plain[0] == U'+' || plain[0] == U'(' || text::digit_value(plain[0]).has_value());
}

void add_name(Term& term, const std::string& word, const text::NameFolding& folding)
{
    const auto folded = folding.fold_name(word);
    const auto joined = text::without_spaces(folded);
    if (joined.empty() || all_of(joined, is_digit)) return;
    const bool kana = all_of(joined, text::is_katakana);
    if (joined.size() >= 2 || text::is_kanji(joined[0])) term.needles.push_back({Facet::name, joined});
    if (kana)
        for (const auto& spelling : text::spellings_of(joined))
            term.needles.push_back({Facet::reading, spelling, spelling == joined ? 0 : kOtherSpelling});
    if (joined.size() >= 2 && all_of(folded, is_latin))
        for (const auto& reading : text::readings_of_romaji(joined))
            for (const auto& spelling : text::spellings_of(reading))
                if (spelling.size() >= 2) term.needles.push_back({Facet::reading, spelling, kFromLatin});
}

void add_address(Term& term, const std::string& word, const text::NameFolding& folding)
{
    auto address = text::read_address(word, folding);
    const auto line = text::line_of(address);
    if (line.size() < 2) return;
    term.needles.push_back({Facet::address, line});
    if (address.municipality.empty() || (address.town.empty() && address.numbers.empty())) return;
    if (!address.prefecture.empty()) {
        address.prefecture.clear();
        term.needles.push_back({Facet::address, text::line_of(address), kWithoutMunicipality, true});
    }
    address.municipality.clear(); // for who left it out
    term.needles.push_back({Facet::address, text::line_of(address), kWithoutMunicipality, true});
}

Term term_of(const std::string& word, const text::NameFolding& folding)
{
    Term term;
    term.written = word;
    term.birth = text::date_part(word);
    const bool whole_date = term.birth && term.birth->year && term.birth->month && term.birth->day;
    if (whole_date && !std::ranges::all_of(word, is_ascii_digit)) return term; // 1965-04-03 is nothing else
    const auto digits = text::telephone_part(word);
    if (digits) term.needles.push_back({Facet::telephone, {digits->begin(), digits->end()}});
    const auto number = number_form(word);
    if (std::ranges::any_of(number, is_digit) && number.size() >= 2) term.needles.push_back({Facet::number, number});
    const auto mail = mail_form(word);
    const bool ascii = std::ranges::all_of(mail, [](char16_t c) { return c < 0x80; });
    const bool letters = std::ranges::any_of(mail, is_latin);
    if (mail.size() >= 2 && ascii && letters) term.needles.push_back({Facet::mail, mail});
    add_name(term, word, folding);
    if (!digits || digits->size() < kNoAddress) add_address(term, word, folding);
    return term;
}

// The longest run of words from `at` on that is one date or one telephone number; 1 when there is none.
std::size_t joined_words(const std::vector<std::string>& words, std::size_t at)
{
    for (std::size_t count = std::min(kMostJoined, words.size() - at); count > 1; --count) {
        std::string joined = words[at];
        for (std::size_t i = 1; i < count; ++i) joined += " " + words[at + i];
        const auto date = text::date_part(joined);
        if (date && (date->month || date->day)) return count;
        const auto telephone = may_open_number(words[at]) ? text::telephone_part(joined) : std::nullopt;
        if (telephone && telephone->size() >= 9) return count;
    }
    return 1;
}

} // namespace

Result<Query> read_query(std::string_view written, const text::NameFolding& folding)
{
    const auto words = words_of(written);
    if (words.empty()) return refuse(kNothingToFind);
    if (words.size() > kMostTerms || written.size() > kLongestQuery)
        return refuse(kQueryTooLong, std::to_string(kMostTerms), std::to_string(kLongestQuery / 3));
    Query query;
    for (std::size_t at = 0; at < words.size();) {
        const auto count = joined_words(words, at);
        std::string word = words[at];
        for (std::size_t i = 1; i < count; ++i) word += " " + words[at + i];
        at += count;
        query.terms.push_back(term_of(word, folding));
        if (query.terms.back().needles.empty() && !query.terms.back().birth) return refuse(kWordTooShort, word);
    }
    if (words.size() > 1) {
        Term joined{std::string(written), {}, {}};
        add_name(joined, std::string(written), folding);
        if (!joined.needles.empty()) query.joined = std::move(joined);
    }
    return query;
}

Query near_query(const Query& query, const text::NameFolding& folding)
{
    Query near = query;
    bool any = false;
    for (auto& term : near.terms) {
        std::vector<Needle> added;
        for (const auto& needle : term.needles) {
            if (needle.facet != Facet::name && needle.facet != Facet::address) continue;
            for (auto& spelling : folding.near_spellings(needle.text))
                added.push_back({needle.facet, std::move(spelling), kOtherSpelling});
        }
        any = any || !added.empty();
        term.needles.insert(term.needles.end(), added.begin(), added.end());
    }
    return any ? near : Query();
}

std::u16string mail_form(std::string_view utf8)
{
    std::u16string form;
    for (const char32_t c : text::plain_characters(utf8))
        if (c != U' ' && c < 0x10000) form += static_cast<char16_t>(c >= U'A' && c <= U'Z' ? c + 32 : c);
    return form;
}

std::u16string number_form(std::string_view utf8)
{
    std::u16string form;
    for (const char32_t c : text::plain_characters(utf8)) {
        const bool letter = (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') || (c >= 0x3041 && c < 0x10000);
        if (letter || (c >= U'a' && c <= U'z')) form += static_cast<char16_t>(c >= U'a' && c <= U'z' ? c - 32 : c);
    }
    return form;
}

} // namespace azukari::search
