#include "vault/search/column.h"

#include <algorithm>

namespace azukari::search {

namespace {

constexpr char16_t kBetweenValues = u'\n';
constexpr std::size_t kFour = 4;
constexpr std::size_t kMarkedStarts = 64;

Gram pair_of(char16_t a, char16_t b)
{
    return Gram{a} << 16 | b;
}

Gram four_of(std::u16string_view digits) // of at most four ASCII characters
{
    Gram gram = 0;
    for (const char16_t c : digits) gram = gram << 8 | (c & 0xFF);
    return gram;
}

bool is_digit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

} // namespace

template <class Visit>
void Column::each_gram(std::u16string_view text, std::uint64_t starts, Visit visit) const
{
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(kBetweenValues, begin), text.size());
        const auto value = text.substr(begin, end - begin);
        if (grams_ == Grams::fours) {
            if (value.size() < kFour) visit(four_of(value));
            for (std::size_t at = 0; at + kFour <= value.size(); ++at) visit(four_of(value.substr(at, kFour)));
        } else {
            for (std::size_t at = 0; at < value.size(); ++at) {
                const auto place = begin + at;
                if (place < kMarkedStarts && (starts >> place & 1) != 0) visit(pair_of(0, value[at]));
                if (at + 1 < value.size()) visit(pair_of(value[at], value[at + 1]));
            }
        }
        begin = end + 1;
    }
}

void Column::add_row(const std::vector<std::u16string>& texts, bool keep_spaces)
{
    const auto row = static_cast<Row>(begin_.size() - 1);
    const auto begin = text_.size();
    std::uint64_t starts = 0;
    for (const auto& value : texts) {
        if (value.empty()) continue;
        if (text_.size() > begin) text_ += kBetweenValues;
        bool word_begins = true;
        for (const char16_t c : value) {
            if (c == u' ') {
                word_begins = true;
                if (keep_spaces) text_ += c;
                continue;
            }
            if (word_begins && text_.size() - begin < kMarkedStarts)
                starts |= std::uint64_t{1} << (text_.size() - begin);
            word_begins = false;
            text_ += c;
        }
    }
    begin_.push_back(static_cast<std::uint32_t>(text_.size()));
    starts_.push_back(starts);
    each_gram(text_of(row), starts, [&](Gram gram) { postings_.add(gram, row); });
}

void Column::settle()
{
    postings_.settle();
    text_.shrink_to_fit();
    begin_.shrink_to_fit();
    starts_.shrink_to_fit();
}

void Column::remove_row(Row row)
{
    each_gram(text_of(row), starts_[row], [&](Gram gram) { postings_.remove(gram, row); });
    wipe(std::span(text_).subspan(begin_[row], begin_[row + 1] - begin_[row]));
    starts_[row] = 0;
}

std::u16string_view Column::text_of(Row row) const
{
    return {text_.data() + begin_[row], begin_[row + 1] - begin_[row]};
}

RowsOfGram Column::rarest(std::u16string_view needle, Stand stand) const
{
    if (needle.empty()) return {};
    if (grams_ == Grams::fours && needle.size() < kFour) return postings_.rows_of(four_of(needle));
    if (grams_ == Grams::pairs && needle.size() == 1) return postings_.rows_of(pair_of(0, needle[0]));
    RowsOfGram best;
    bool first = true;
    const auto consider = [&](Gram gram) {
        const auto rows = postings_.rows_of(gram);
        if (first || rows.size() < best.size()) best = rows;
        first = false;
    };
    if (stand.opens && grams_ == Grams::pairs) consider(pair_of(0, needle[0]));
    if (grams_ == Grams::fours)
        for (std::size_t at = 0; at + kFour <= needle.size(); ++at) consider(four_of(needle.substr(at, kFour)));
    else
        for (std::size_t at = 0; at + 1 < needle.size(); ++at) consider(pair_of(needle[at], needle[at + 1]));
    return best;
}

bool Column::judge(Row row, std::u16string_view needle, Stand stand, Extent& extent) const
{
    const auto text = text_of(row);
    const auto begins_word = [&](std::size_t at) { return this->begins_word(row, at); };
    bool found = false;
    for (auto at = text.find(needle); at != text.npos; at = text.find(needle, at + 1)) {
        const auto end = at + needle.size();
        const bool opens = at == 0 || text[at - 1] == kBetweenValues;
        const bool closes = end == text.size() || text[end] == kBetweenValues;
        if (stand.opens && !opens) continue;
        if (stand.whole_numbers && !opens && is_digit(needle.front()) && is_digit(text[at - 1])) continue;
        if (stand.whole_numbers && !closes && is_digit(needle.back()) && is_digit(text[end])) continue;
        if (grams_ == Grams::pairs && needle.size() == 1 && !begins_word(at)) continue;
        if (grams_ == Grams::fours && needle.size() < kFour && !(opens && closes)) continue;
        // The last digits of a telephone number are what people remember; of a name, its words.
        const bool word =
            grams_ == Grams::fours ? closes : begins_word(at) && (closes || begins_word(end) || text[end] == u' ');
        const bool start = grams_ == Grams::fours ? opens : begins_word(at);
        const auto here = opens && closes ? Extent::whole
                          : word          ? Extent::word
                          : start         ? Extent::start
                                          : Extent::inside;
        extent = found ? std::min(extent, here) : here;
        found = true;
        if (extent == Extent::whole) break;
    }
    return found;
}

std::size_t Column::memory_bytes() const
{
    return text_.capacity() * sizeof(char16_t) + begin_.capacity() * sizeof(std::uint32_t) +
           starts_.capacity() * sizeof(std::uint64_t) + postings_.memory_bytes();
}

} // namespace azukari::search
