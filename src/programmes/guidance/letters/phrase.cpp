#include "programmes/guidance/letters/phrase.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::guidance {

namespace {

std::string era_of(std::string_view eight_digits)
{
    int number = 0;
    std::from_chars(eight_digits.data(), eight_digits.data() + eight_digits.size(), number);
    const auto date = CivilDate::from(number / 10'000, static_cast<unsigned>(number / 100 % 100),
                                      static_cast<unsigned>(number % 100));
    return date ? to_era(*date) : std::string();
}

} // namespace

tl::expected<Phrase, std::string> Phrase::parse(std::string_view text, const Vocabulary& vocabulary)
{
    Phrase phrase;
    phrase.source_ = text;
    while (!text.empty()) {
        const auto open = std::min(text.find('{'), text.size());
        if (open > 0) phrase.parts_.push_back({.literal = std::string(text.substr(0, open))});
        text.remove_prefix(open);
        if (text.empty()) break;
        const auto close = text.find('}');
        if (close == std::string_view::npos) return tl::unexpected(std::string("の { が閉じられていません"));
        auto part = place(text.substr(1, close - 1), vocabulary);
        if (!part) return tl::unexpected(part.error());
        phrase.parts_.push_back(std::move(*part));
        text.remove_prefix(close + 1);
    }
    return phrase;
}

tl::expected<Phrase::Part, std::string> Phrase::place(std::string_view inside, const Vocabulary& vocabulary)
{
    const auto bar = std::min(inside.find('|'), inside.size());
    const auto name = inside.substr(0, bar);
    const auto how = bar < inside.size() ? inside.substr(bar + 1) : std::string_view();
    Part part;
    if (how == "era") {
        part.how = How::era;
    } else if (!how.empty()) {
        const auto words = vocabulary.words.find(how);
        if (words == vocabulary.words.end())
            return tl::unexpected(fmt::format("の {{{}}}: [words.{}] がありません", inside, how));
        part.how = How::words;
        part.words = &words->second;
    }
    if (const auto value = vocabulary.values.find(name); value != vocabulary.values.end()) {
        std::string scratch;
        part.literal = shown(part, value->second, scratch);
        part.how = How::as_is;
        return part;
    }
    constexpr std::pair<std::string_view, What> kSpecial[] = {
        {"serial", What::serial}, {"category", What::category}, {"page", What::page}, {"pages", What::pages}};
    const auto* special = std::ranges::find(kSpecial, name, &std::pair<std::string_view, What>::first);
    if (special != std::end(kSpecial)) {
        part.what = special->second;
        return part;
    }
    const auto column = vocabulary.columns->index_of(name);
    if (!column) return tl::unexpected(fmt::format("の {{{}}} は、列の id にも [values] にもありません", name));
    part.what = What::column;
    part.column = *column;
    return part;
}

bool Phrase::is_literal() const
{
    return std::ranges::all_of(parts_, [](const Part& part) { return part.what == What::literal; });
}

bool Phrase::is_fixed() const
{
    return std::ranges::none_of(
        parts_, [](const Part& part) { return part.what == What::column || part.what == What::serial; });
}

std::vector<std::size_t> Phrase::columns() const
{
    std::vector<std::size_t> columns;
    for (const auto& part : parts_)
        if (part.what == What::column) columns.push_back(part.column);
    return columns;
}

std::string Phrase::literal_text() const
{
    std::string text;
    for (const auto& part : parts_) text += part.literal;
    return text;
}

std::string Phrase::fixed_text(Category category, unsigned page, unsigned pages) const
{
    Addressee nobody;
    nobody.category = category;
    std::string scratch;
    return std::string(fill(nobody, page, pages, scratch));
}

std::string_view Phrase::shown(const Part& part, std::string_view value, std::string& scratch)
{
    if (part.how == How::as_is) return value;
    if (part.how == How::era) return scratch = era_of(value);
    const auto word = part.words->find(value);
    return word == part.words->end() ? value : std::string_view(word->second);
}

std::string_view Phrase::fill(const Addressee& to, unsigned page, unsigned pages, std::string& scratch) const
{
    if (parts_.size() == 1 && parts_[0].what == What::column)
        return shown(parts_[0], to.recipient.value(parts_[0].column), scratch);
    scratch.clear();
    std::string converted;
    for (const auto& part : parts_) {
        switch (part.what) {
        case What::literal:
            scratch += part.literal;
            break;
        case What::column:
            scratch += shown(part, to.recipient.value(part.column), converted);
            break;
        case What::serial:
            scratch += serial_text(to.category, to.serial);
            break;
        case What::category:
            scratch += facts_of(to.category).title;
            break;
        case What::page:
            scratch += static_cast<char>('0' + page);
            break;
        case What::pages:
            scratch += static_cast<char>('0' + pages);
            break;
        }
    }
    return scratch;
}

} // namespace azukari::guidance
