#include "infra/wire/clamd_reply.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace azukari::wire {
namespace {

constexpr std::size_t kLongestName = 120;

bool all_of(std::string_view text, bool (*good)(char))
{
    return !text.empty() && text.size() <= kLongestName && std::all_of(text.begin(), text.end(), good);
}

bool plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool of_name(char c)
{
    return plain(c) || c == '-' || c == '_' || c == '.';
}

// Between `before` and `after`.
std::optional<std::string_view> between(std::string_view text, std::string_view before, std::string_view after)
{
    if (text.size() < before.size() + after.size() || !text.starts_with(before) || !text.ends_with(after))
        return std::nullopt;
    return text.substr(before.size(), text.size() - before.size() - after.size());
}

std::optional<int> number(std::string_view digits)
{
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

// "Tue Nov 24 09:25:14 2026": asctime(3). The day of the month may stand behind a blank.
std::optional<Instant> moment_of(std::string_view text)
{
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 24 || text[3] != ' ' || text[7] != ' ' || text[10] != ' ' || text[13] != ':' ||
        text[16] != ':' || text[19] != ' ')
        return std::nullopt;
    const auto month = kMonths.find(text.substr(4, 3));
    const auto day = number(text.substr(text[8] == ' ' ? 9 : 8, text[8] == ' ' ? 1 : 2));
    const auto hour = number(text.substr(11, 2)), minute = number(text.substr(14, 2));
    const auto second = number(text.substr(17, 2)), year = number(text.substr(20, 4));
    if (month == std::string_view::npos || month % 3 != 0 || !day || !hour || !minute || !second || !year)
        return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    const auto date = CivilDate::from(*year, static_cast<unsigned>(month / 3 + 1), static_cast<unsigned>(*day));
    if (!date) return std::nullopt;
    return Instant{} + Duration::seconds(std::int64_t{date->days()} * 86400 + *hour * 3600 + *minute * 60 + *second);
}

} // namespace

std::optional<Verdict> verdict_in(std::string_view reply)
{
    using namespace std::string_view_literals;
    if (reply == "stream: OK\0"sv) return Verdict{};
    const auto name = between(reply, "stream: ", " FOUND\0"sv);
    if (!name || name->empty()) return std::nullopt;
    // What was found is found, however the signature is called; only a plain name goes into the ledger.
    return Verdict{true, std::string(all_of(*name, of_name) ? *name : "unnamed"sv)};
}

std::optional<Signatures> signatures_in(std::string_view reply)
{
    using namespace std::string_view_literals;
    const auto words = between(reply, "ClamAV ", "\0"sv);
    if (!words) return std::nullopt;
    const auto slash = words->find('/');
    const auto version = words->substr(0, slash);
    if (!all_of(version, of_name)) return std::nullopt;
    Signatures made{"ClamAV " + std::string(version)};
    if (slash == std::string_view::npos) return made; // no daily database
    const auto rest = words->substr(slash + 1);
    const auto next = rest.find('/');
    if (next == std::string_view::npos || !all_of(rest.substr(0, next), plain)) return std::nullopt;
    made.database = rest.substr(0, next);
    made.made_at = moment_of(rest.substr(next + 1));
    if (!made.made_at) return std::nullopt;
    return made;
}

} // namespace azukari::wire
