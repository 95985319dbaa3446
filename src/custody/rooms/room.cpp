#include "custody/rooms/room.h"

#include "custody/rooms/room_refusals.h"
#include "infra/text/csv.h"
#include "infra/text/encoding.h"
#include "infra/text/utf8.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::custody {
namespace {

constexpr std::size_t kMostLines = 10'000, kMostName = 60;
constexpr int kDay = 24 * 60;

int minute_of(Instant at)
{
    return static_cast<int>((at - CivilDate::of(at).midnight()).micros / Duration::minutes(1).micros);
}

// "2026-06-01 10:00", "2026/6/1 9:05".
std::optional<Instant> read_moment(std::string_view text)
{
    const auto space = text.find_first_of(" T");
    if (space == std::string_view::npos) return std::nullopt;
    int parts[3]{};
    auto day = text.substr(0, space);
    for (int i = 0; i < 3; ++i) {
        const auto [end, error] = std::from_chars(day.data(), day.data() + day.size(), parts[i]);
        if (error != std::errc{} || parts[i] < 0) return std::nullopt;
        day.remove_prefix(static_cast<std::size_t>(end - day.data()));
        if (i < 2) {
            if (day.empty() || (day.front() != '-' && day.front() != '/')) return std::nullopt;
            day.remove_prefix(1);
        }
    }
    const auto date = CivilDate::from(parts[0], static_cast<unsigned>(parts[1]), static_cast<unsigned>(parts[2]));
    if (!day.empty() || !date) return std::nullopt;
    return moment_of(date->iso(), text.substr(space + 1));
}

struct Columns {
    std::optional<std::size_t> name, entered, left;
};

Result<Columns> columns_of(const text::CsvRow& row, text::Encoding encoding)
{
    Columns columns;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        AZK_TRY(const auto label, text::decode(row.cells[i], encoding));
        if (label == "氏名") columns.name = i;
        if (label == "入室") columns.entered = i;
        if (label == "退室") columns.left = i;
    }
    if (!columns.name || !columns.entered || !columns.left) return refuse_field("file", kListColumns);
    return columns;
}

Result<ListedEntry> entry_of(const text::CsvRow& row, const Columns& columns, text::Encoding encoding)
{
    const auto cell = [&](std::size_t column) {
        return column < row.cells.size() ? row.cells[column] : std::string_view();
    };
    const auto line = std::to_string(row.line);
    const auto name = text::decode(cell(*columns.name), encoding);
    if (!name || name->empty() || text::count_characters(*name) > kMostName)
        return refuse_field("file", kListName, line);
    const auto entered = read_moment(cell(*columns.entered));
    if (!entered) return refuse_field("file", kListMoment, line, "入室");
    ListedEntry entry{*name, *entered, std::nullopt};
    if (const auto left = cell(*columns.left); !left.empty()) {
        entry.left = read_moment(left);
        if (!entry.left) return refuse_field("file", kListMoment, line, "退室");
        if (*entry.left < entry.entered) return refuse_field("file", kListOrder, line);
    }
    return entry;
}

} // namespace

std::string_view japanese(Irregularity irregularity)
{
    switch (irregularity) {
    case Irregularity::not_permitted:
        return "許可のない方の入室";
    case Irregularity::no_exit:
        return "退室の記録がない";
    case Irregularity::outside_hours:
        return "利用時間の外";
    }
    return {};
}

std::vector<Irregularity> irregularities(const Room& room, const std::vector<Permitted>& permitted,
                                         const RoomEntry& entry, Instant now)
{
    std::vector<Irregularity> found;
    const bool allowed = std::any_of(permitted.begin(), permitted.end(), [&](const Permitted& each) {
        return each.staff == entry.staff && each.holds(entry.entered);
    });
    if (!allowed) found.push_back(Irregularity::not_permitted);
    const auto day = CivilDate::of(entry.entered);
    if (!entry.left && day.midnight() + Duration::minutes(room.closes) <= now) found.push_back(Irregularity::no_exit);
    const bool late = entry.left && (CivilDate::of(*entry.left) != day || minute_of(*entry.left) > room.closes);
    if (minute_of(entry.entered) < room.opens || minute_of(entry.entered) >= room.closes || late)
        found.push_back(Irregularity::outside_hours);
    return found;
}

std::optional<int> minutes_of(std::string_view clock)
{
    const auto colon = clock.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 2 || clock.size() != colon + 3) return std::nullopt;
    int hours = -1, minutes = -1;
    const auto* end = clock.data() + clock.size();
    const auto first = std::from_chars(clock.data(), clock.data() + colon, hours);
    const auto second = std::from_chars(clock.data() + colon + 1, end, minutes);
    if (first.ec != std::errc{} || first.ptr != clock.data() + colon || second.ec != std::errc{} || second.ptr != end)
        return std::nullopt;
    const int all = hours * 60 + minutes;
    if (hours < 0 || minutes < 0 || minutes > 59 || all >= kDay) return std::nullopt;
    return all;
}

std::string clock_of(int minutes)
{
    return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

std::optional<Instant> moment_of(std::string_view iso_day, std::string_view clock)
{
    const auto day = CivilDate::parse(iso_day);
    const auto minutes = minutes_of(clock);
    if (!day || !minutes) return std::nullopt;
    return day->midnight() + Duration::minutes(*minutes);
}

Result<std::vector<ListedEntry>> read_entry_list(std::string_view file)
{
    text::TextSource source(file);
    text::CsvReader reader(source, {.row_bytes = 4096, .cells = 64});
    const auto encoding = text::guess_encoding(reader.head());
    text::CsvRow row;
    AZK_TRY(const bool any, reader.next(row));
    if (!any) return refuse_field("file", kListEmpty);
    AZK_TRY(const auto columns, columns_of(row, encoding));
    std::vector<ListedEntry> entries;
    for (;;) {
        AZK_TRY(const bool more, reader.next(row));
        if (!more) break;
        if (row.cells.size() == 1 && row.cells[0].empty()) continue; // an empty line at the end
        if (entries.size() == kMostLines) return refuse_field("file", kListTooLong, std::to_string(kMostLines));
        AZK_TRY(auto entry, entry_of(row, columns, encoding));
        entries.push_back(std::move(entry));
    }
    if (entries.empty()) return refuse_field("file", kListEmpty);
    return entries;
}

} // namespace azukari::custody
