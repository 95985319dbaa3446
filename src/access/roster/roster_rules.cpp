#include "access/roster/roster_rules.h"

#include "infra/text/folding.h"
#include "infra/text/utf8.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::access {
namespace {

constexpr std::size_t kLongestReason = 200; // characters

bool is_current(const RosterEntry& entry)
{
    return !entry.withdrawn;
}

} // namespace

Result<void> check_proposal(std::span<const RosterEntry> entries, StaffId staff, OrganisationId employer,
                            OrganisationId contractor)
{
    if (employer != contractor) return refuse_field("staff", kNotContractors);
    const bool there = std::any_of(entries.begin(), entries.end(),
                                   [&](const RosterEntry& entry) { return is_current(entry) && entry.staff == staff; });
    if (there) return refuse_field("staff", kAlreadyOnRoster);
    return {};
}

Result<void> check_withdrawal(std::span<const RosterEntry> entries, RosterEntryId id, std::string_view reason)
{
    const bool there = std::any_of(entries.begin(), entries.end(),
                                   [&](const RosterEntry& entry) { return is_current(entry) && entry.id == id; });
    if (!there) return refuse(kNotOnThisRoster);
    if (text::is_blank(reason)) return refuse_field("reason", kReasonMissing);
    std::size_t characters = 0;
    for (std::size_t at = 0; at < reason.size(); ++characters) text::next_code_point(reason, at);
    if (characters > kLongestReason) return refuse_field("reason", kReasonTooLong, std::to_string(kLongestReason));
    return {};
}

Result<void> check_submission(std::span<const RosterEntry> entries, std::span<const RosterLine> last)
{
    const auto has = [&](RosterKind kind) {
        return std::any_of(entries.begin(), entries.end(),
                           [&](const RosterEntry& entry) { return is_current(entry) && entry.kind == kind; });
    };
    if (!has(RosterKind::handling_supervisor)) return refuse(kRosterWithoutSupervisor);
    if (!has(RosterKind::handler)) return refuse(kRosterWithoutHandler);
    const auto current = std::count_if(entries.begin(), entries.end(), is_current);
    const bool same = std::all_of(entries.begin(), entries.end(), [&](const RosterEntry& entry) {
        return !is_current(entry) || std::any_of(last.begin(), last.end(), [&](const RosterLine& line) {
            return line.staff == entry.staff && line.kind == entry.kind && entry.submitted;
        });
    });
    if (same && static_cast<std::size_t>(current) == last.size()) return refuse(kRosterUnchanged);
    return {};
}

std::string roster_text(std::span<const RosterLine> lines)
{
    std::vector<std::string> sorted;
    for (const auto& line : lines)
        sorted.push_back(fmt::format("{}\t{}\t{}\t{}\t{}\n", static_cast<int>(line.kind), line.staff.text(), line.name,
                                     line.kana, line.employer));
    std::sort(sorted.begin(), sorted.end());
    std::string text;
    for (const auto& line : sorted) text += line;
    return text;
}

} // namespace azukari::access
