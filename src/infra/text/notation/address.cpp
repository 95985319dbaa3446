#include "infra/text/notation/address.h"

#include "infra/text/notation/numeral.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace azukari::text {

namespace {

using View = std::u16string_view;

constexpr std::array<View, 47> kPrefectures = {
    u"北海道", u"青森県", u"岩手県", u"宮城県",   u"秋田県", u"山形県",   u"福島県", u"茨城県", u"栃木県", u"群馬県",
    u"埼玉県", u"千葉県", u"東京都", u"神奈川県", u"新潟県", u"富山県",   u"石川県", u"福井県", u"山梨県", u"長野県",
    u"岐阜県", u"静岡県", u"愛知県", u"三重県",   u"滋賀県", u"京都府",   u"大阪府", u"兵庫県", u"奈良県", u"和歌山県",
    u"鳥取県", u"島根県", u"岡山県", u"広島県",   u"山口県", u"徳島県",   u"香川県", u"愛媛県", u"高知県", u"福岡県",
    u"佐賀県", u"長崎県", u"熊本県", u"大分県",   u"宮崎県", u"鹿児島県", u"沖縄県"};
constexpr std::size_t kLongestMunicipality = 8; // characters before its last one

bool is_digit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool is_no(char16_t c) // の, between numbers; folding has made it katakana
{
    return c == u'ノ' || c == u'之' || c == u'乃';
}

bool take(View& text, View word)
{
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

void skip_spaces(View& text)
{
    while (text.starts_with(u' ')) text.remove_prefix(1);
}

// 〒160-0023, with the mark or at least with its dash.
void skip_postcode(View& text)
{
    View rest = text;
    if (rest.size() < 8 || !std::all_of(rest.begin(), rest.begin() + 3, is_digit) || rest[3] != u'-') return;
    if (!std::all_of(rest.begin() + 4, rest.begin() + 8, is_digit) || (rest.size() > 8 && rest[8] == u'-')) return;
    text.remove_prefix(8);
    skip_spaces(text);
}

std::u16string take_prefecture(View& text)
{
    for (const auto name : kPrefectures)
        if (take(text, name)) {
            skip_spaces(text);
            return std::u16string(name);
        }
    return {};
}

// Up to one of `ends`, which must not be the first character (市谷) and must have a town behind it, not a number.
std::u16string take_up_to(View& text, View ends)
{
    for (std::size_t at = 1; at + 1 < text.size() && at <= kLongestMunicipality; ++at) {
        if (text[at] == u' ' || text[at] == u'-' || is_digit(text[at])) break;
        const char16_t next = text[at + 1];
        if (ends.find(text[at]) == ends.npos || is_digit(next) || next == u'-') continue;
        if (text[at] == u'市' && (next == u'市' || next == u'場')) continue; // 四日市市, 市場
        std::u16string name(text.substr(0, at + 1));
        text.remove_prefix(at + 1);
        skip_spaces(text);
        return name;
    }
    return {};
}

std::u16string take_municipality(View& text)
{
    View rest = text;
    const auto county = take_up_to(rest, u"郡");
    const auto of_county = county.empty() ? county : take_up_to(rest, u"町村");
    if (!of_county.empty() && of_county.find(u'市') == of_county.npos) { // 大和郡山市 is no county
        text = rest;
        return county + of_county;
    }
    auto name = take_up_to(text, u"市区");
    if (name.ends_with(u'市')) name += take_up_to(text, u"区"); // a designated city has wards of its own
    return name;
}

// Whether the kanji numeral at the beginning numbers a block: what follows says so (二丁目, 八番, 二ノ八), for 三 may as
// well begin 三栄町.
bool numbers_a_block(View text)
{
    std::size_t at = 0;
    if (!number_at(text, at)) return false;
    const View rest = text.substr(at);
    if (rest.starts_with(u"丁目") || rest.starts_with(u"番地") || rest.starts_with(u"号")) return true;
    if (rest.starts_with(u"番")) return !rest.starts_with(u"番町") && !rest.starts_with(u"番丁");
    if (rest.empty()) return false;
    std::size_t next = at + 1;
    return (rest[0] == u'-' || is_no(rest[0]) || rest[0] == u'丁') && number_at(text, next).has_value();
}

// 南3条西4丁目, 2番町: a digit within the name of a town, which officially is a kanji numeral.
std::u16string numeral_in_town(View& text)
{
    static constexpr View kKanji = u"〇一二三四五六七八九";
    std::size_t at = 0;
    while (at < text.size() && is_digit(text[at])) ++at;
    const View rest = text.substr(at);
    if (at == 0 || at > 2 || !(rest.starts_with(u"条") || rest.starts_with(u"線") || rest.starts_with(u"番町")))
        return {};
    std::u16string numeral;
    if (at == 2) numeral = text[0] == u'1' ? std::u16string(u"十") : std::u16string{kKanji[text[0] - u'0'], u'十'};
    if (const auto unit = text[at - 1] - u'0'; at == 1 || unit != 0) numeral += kKanji[static_cast<std::size_t>(unit)];
    text.remove_prefix(at);
    return numeral;
}

std::u16string take_town(View& text)
{
    std::u16string town;
    while (!text.empty()) {
        if (take(text, u"大字") || (!town.empty() && take(text, u"字"))) continue;
        if (auto numeral = numeral_in_town(text); !numeral.empty()) {
            town += numeral;
            continue;
        }
        if (is_digit(text[0]) || (is_kanji_numeral(text[0]) && numbers_a_block(text))) break;
        if (text[0] != u' ') town += text[0];
        text.remove_prefix(1);
    }
    return town;
}

// What stands between two numbers of a block.
struct Parting {
    bool unit = false;   // 丁目, 番地
    bool mark = false;   // a dash or の: whatever numeral follows is a number
    bool closed = false; // 号: no number of the block follows
};

Parting skip_parting(View& text)
{
    Parting parting;
    parting.unit = take(text, u"丁目") || take(text, u"丁") || take(text, u"番地") || take(text, u"番");
    if (!parting.unit && text.starts_with(u"号") && !text.starts_with(u"号室") && !text.starts_with(u"号棟")) {
        text.remove_prefix(1);
        parting.closed = true;
    }
    View rest = text;
    skip_spaces(rest);
    const bool mark = rest.starts_with(u'-') || (!rest.empty() && is_no(rest[0]));
    if (mark) {
        rest.remove_prefix(1);
        skip_spaces(rest);
    }
    if ((mark || parting.unit) && !rest.empty() && (is_digit(rest[0]) || (mark && is_kanji_numeral(rest[0])))) {
        text = rest;
        parting.mark = mark;
    }
    return parting;
}

std::u16string take_numbers(View& text)
{
    std::u16string numbers;
    for (Parting before{.mark = true}; !text.empty() && !before.closed && (before.unit || before.mark);) {
        const bool kanji = is_kanji_numeral(text[0]);
        const bool sure = before.mark || numbers_a_block(text) || std::ranges::all_of(text, is_kanji_numeral);
        if (!is_digit(text[0]) && !(kanji && sure)) break;
        std::size_t at = 0;
        const auto number = number_at(text, at);
        const View behind = text.substr(at);
        if (!number || behind.starts_with(u"号室") || behind.starts_with(u"階") || behind.starts_with(u"号棟")) break;
        text = behind;
        if (!numbers.empty()) numbers += u'-';
        for (const char digit : std::to_string(*number)) numbers += static_cast<char16_t>(digit);
        before = skip_parting(text);
    }
    return numbers;
}

void take_building(View text, Address& address)
{
    std::u16string rest;
    for (const char16_t c : text)
        if (c != u' ' || (!rest.empty() && is_digit(rest.back())))
            rest += c; // blanks part only digits from what follows
    while (!rest.empty() && (rest.back() == u' ' || rest.back() == u'-')) rest.pop_back();
    for (const View end : {View(u"号室"), View(u"号"), View(u"室")})
        if (rest.ends_with(end) && rest.size() > end.size() && is_digit(rest[rest.size() - end.size() - 1])) {
            rest.resize(rest.size() - end.size());
            break;
        }
    std::size_t digits = rest.size();
    while (digits > 0 && is_digit(rest[digits - 1])) --digits;
    address.room = rest.substr(digits);
    rest.resize(digits);
    std::erase_if(rest, [](char16_t c) { return c == u' ' || c == u'-'; });
    address.building = std::move(rest);
}

} // namespace

Address read_address(std::string_view utf8, const NameFolding& folding)
{
    const auto folded = folding.fold(utf8);
    View text(folded);
    Address address;
    skip_postcode(text);
    address.prefecture = take_prefecture(text);
    address.municipality = take_municipality(text);
    address.town = take_town(text);
    address.numbers = take_numbers(text);
    take_building(text, address);
    return address;
}

std::u16string line_of(const Address& address)
{
    std::u16string line = address.prefecture + address.municipality + address.town;
    for (const auto* part : {&address.numbers, &address.building, &address.room}) {
        if (part->empty()) continue;
        if (!line.empty()) line += u' ';
        line += *part;
    }
    return line;
}

bool same_place(const Address& a, const Address& b)
{
    if (a.town != b.town || a.numbers.empty() || b.numbers.empty()) return false;
    if (!a.municipality.empty() && !b.municipality.empty() && a.municipality != b.municipality) return false;
    const auto& shorter = a.numbers.size() <= b.numbers.size() ? a.numbers : b.numbers;
    const auto& longer = a.numbers.size() <= b.numbers.size() ? b.numbers : a.numbers;
    if (!longer.starts_with(shorter)) return false;
    return longer.size() == shorter.size() || (longer[shorter.size()] == u'-' && shorter.find(u'-') != shorter.npos);
}

} // namespace azukari::text
