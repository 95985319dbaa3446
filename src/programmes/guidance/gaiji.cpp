#include "programmes/guidance/gaiji.h"

#include "infra/text/definition_file.h"
#include "infra/text/utf8.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::guidance {
namespace {

using text::Definition;

constexpr char32_t kFirst = 0xE000, kLastOfCp932 = 0xE757;
constexpr unsigned kCodesPerLead = 188; // second bytes 40–7E and 80–FC

bool is_private(char32_t c)
{
    return (c >= kFirst && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) || (c >= 0x100000 && c <= 0x10FFFD);
}

bool is_selector(char32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

// Only these bytes begin a private-use character, so that nearly every value is passed by at once.
bool may_hold_private(std::string_view utf8)
{
    return std::ranges::any_of(utf8, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0xEE || byte == 0xEF || byte >= 0xF3;
    });
}

std::optional<char32_t> hexadecimal(std::string_view digits)
{
    std::uint32_t value = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
    if (digits.size() < 4 || digits.size() > 6 || error != std::errc() || stop != end) return std::nullopt;
    return static_cast<char32_t>(value);
}

// The private-use character of "F040" or "U+F8F0".
std::optional<char32_t> character_of(std::string_view code)
{
    if (code.starts_with("U+")) {
        const auto c = hexadecimal(code.substr(2));
        return c && is_private(*c) ? c : std::nullopt;
    }
    const auto bytes = code.size() == 4 ? hexadecimal(code) : std::nullopt;
    if (!bytes) return std::nullopt;
    const unsigned lead = *bytes >> 8, trail = *bytes & 0xFF;
    if (lead < 0xF0 || lead > 0xF9 || trail < 0x40 || trail == 0x7F || trail > 0xFC) return std::nullopt;
    return kFirst + (lead - 0xF0) * kCodesPerLead + trail - 0x40 - (trail > 0x7F ? 1 : 0);
}

bool is_a_character(char32_t c)
{
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF, none = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return c > 0x20 && (c < 0x7F || c > 0x9F) && c <= 0x10FFFF && c != text::kNoCharacter && !surrogate && !none &&
           !is_private(c) && !is_selector(c);
}

// What stands in the table: the character itself, or its code points "U+845B U+E0100", which can be read by eye.
std::vector<char32_t> code_points_of(std::string_view meaning)
{
    std::vector<char32_t> points;
    if (!meaning.starts_with("U+")) {
        for (std::size_t at = 0; at < meaning.size();) points.push_back(text::next_code_point(meaning, at));
        return points;
    }
    while (!meaning.empty()) {
        const auto end = std::min(meaning.find(' '), meaning.size());
        const auto word = meaning.substr(0, end);
        points.push_back(word.starts_with("U+") ? hexadecimal(word.substr(2)).value_or(text::kNoCharacter)
                                                : text::kNoCharacter);
        meaning.remove_prefix(std::min(end + 1, meaning.size()));
    }
    return points;
}

std::optional<std::string> meaning_of(std::string_view written)
{
    const auto points = code_points_of(written);
    if (points.empty() || points.size() > 2 || !is_a_character(points[0])) return std::nullopt;
    if (points.size() == 2 && !is_selector(points[1])) return std::nullopt;
    std::string meaning;
    for (const auto point : points) text::append_utf8(meaning, point);
    return meaning;
}

Result<std::unordered_map<char32_t, std::string>> meanings_in(const Definition& file)
{
    AZK_REQUIRE(file.allow_only({"characters"}));
    std::unordered_map<char32_t, std::string> meanings;
    if (!file.has("characters")) return meanings;
    AZK_TRY(const auto table, file.table("characters"));
    for (const auto& code : table.keys()) {
        const auto character = character_of(code);
        if (!character)
            return tl::unexpected(
                table.wrong(code, "は外字の符号(F040～F9FC、または U+ に続く私用領域)ではありません"));
        AZK_TRY(const auto written, table.text(code));
        auto meaning = meaning_of(written);
        if (!meaning)
            return tl::unexpected(
                table.wrong(code, "には文字一つ、または文字と異体字セレクタ(例: U+845B U+E0100)が必要です"));
        if (!meanings.emplace(*character, *std::move(meaning)).second)
            return tl::unexpected(table.wrong(code, "と同じ外字がほかにもあります"));
    }
    return meanings;
}

} // namespace

std::string gaiji_code(char32_t character)
{
    if (character < kFirst || character > kLastOfCp932)
        return fmt::format("U+{:04X}", static_cast<std::uint32_t>(character));
    const auto place = static_cast<unsigned>(character - kFirst);
    const unsigned trail = place % kCodesPerLead + 0x40;
    return fmt::format("{:02X}{:02X}", 0xF0 + place / kCodesPerLead, trail < 0x7F ? trail : trail + 1);
}

Result<GaijiTable> GaijiTable::read(const std::string& path)
{
    AZK_TRY(const auto file, Definition::read(path));
    GaijiTable table;
    AZK_TRY(table.meanings_, meanings_in(file));
    return table;
}

Result<GaijiTable> GaijiTable::beside(const std::string& layouts)
{
    const auto path = layouts + "/gaiji.toml";
    return std::filesystem::exists(path) ? read(path) : GaijiTable();
}

Result<GaijiTable> GaijiTable::parse(std::string_view toml, const std::string& name)
{
    AZK_TRY(const auto file, Definition::parse(toml, name));
    GaijiTable table;
    AZK_TRY(table.meanings_, meanings_in(file));
    return table;
}

std::vector<std::string> GaijiTable::resolve(Recipient& recipient) const
{
    std::vector<std::string> unknown;
    bool found = false;
    for (std::size_t column = 0; column < recipient.columns(); ++column)
        found = found || may_hold_private(recipient.value(column));
    if (!found) return unknown;
    Recipient resolved;
    resolved.clear(recipient.line());
    std::string value;
    for (std::size_t column = 0; column < recipient.columns(); ++column) {
        const auto text = recipient.value(column);
        value.clear();
        for (std::size_t at = 0; at < text.size();) {
            const auto c = text::next_code_point(text, at);
            const auto meaning = is_private(c) ? meanings_.find(c) : meanings_.end();
            if (!is_private(c)) {
                text::append_utf8(value, c);
            } else if (meaning != meanings_.end()) {
                value += meaning->second;
            } else if (const auto code = gaiji_code(c); std::ranges::find(unknown, code) == unknown.end()) {
                unknown.push_back(code);
            }
        }
        resolved.add(value);
    }
    if (unknown.empty()) recipient = std::move(resolved);
    return unknown;
}

std::string unknown_gaiji_sentence(const std::vector<std::string>& codes)
{
    return fmt::format("外字 {} が表にありません。", fmt::join(codes, "、"));
}

} // namespace azukari::guidance
