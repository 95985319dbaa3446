#include "printing/printing_rules.h"

#include "custody/copies/copy_refusals.h"
#include "infra/text/utf8.h"
#include "printing/printing_refusals.h"

#include <algorithm>

namespace azukari::printing {
namespace {

constexpr std::size_t kLongestWords = 100; // characters

// Words of one line: what is agreed to is written down line by line.
bool is_line(std::string_view words)
{
    return words.find_first_not_of(' ') != std::string_view::npos &&
           std::none_of(words.begin(), words.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }) &&
           text::count_characters(words) <= kLongestWords;
}

Result<void> within(std::string_view field, std::int64_t value, std::int64_t least, std::int64_t most)
{
    if (value < least || value > most)
        return refuse_field(std::string(field), kNumberExpected, std::to_string(least), std::to_string(most));
    return {};
}

} // namespace

bool needs_reason(const Limits& limits, std::int64_t sheets, std::int64_t today_before)
{
    return sheets >= limits.sheets_per_job || today_before + sheets >= limits.sheets_per_day;
}

Result<void> check_wish(const Wish& wish, const Printable& document, const Limits& limits, std::int64_t today_before)
{
    const auto longest = std::to_string(kLongestWords);
    if (wish.copies < 1 || wish.copies > kMostCopies)
        return refuse_field("copies", kCopiesExpected, std::to_string(kMostCopies));
    if (!is_line(wish.purpose)) return refuse_field("purpose", kWordsExpected, "印刷の目的", longest);
    if (!is_line(wish.recipient)) return refuse_field("recipient", kWordsExpected, "紙の渡し先", longest);
    const auto sheets = document.pages * wish.copies;
    const bool needed = needs_reason(limits, sheets, today_before);
    if (needed ? !is_line(wish.over_reason) : !wish.over_reason.empty() && !is_line(wish.over_reason))
        return refuse_field("over_reason", kReasonExpected, std::to_string(sheets),
                            std::to_string(limits.sheets_per_job), std::to_string(limits.sheets_per_day),
                            std::to_string(today_before), longest);
    return {};
}

Result<void> check_limits(const Limits& limits)
{
    AZK_REQUIRE(within("sheets_per_job", limits.sheets_per_job, 1, 100'000));
    AZK_REQUIRE(within("sheets_per_day", limits.sheets_per_day, 1, 1'000'000));
    AZK_REQUIRE(within("take_up_minutes", limits.take_up_minutes, 1, 24 * 60));
    return within("settle_hours", limits.settle_hours, 1, 30 * 24);
}

std::vector<approval::Stage> stages_for(const Wish& wish)
{
    if (!wish.over_reason.empty()) return approval::two_persons();
    return {{"承認", access::roles_of(access::Role::handling_supervisor)}};
}

approval::Description describe(const PrintJob& job, const Printable& document, std::string_view printer_uri)
{
    approval::Description what("print", job.id.text());
    what.add("source", job.wish.source)
        .add("reference", job.wish.reference)
        .add("file", document.file_name)
        .add("sha256", document.sha256)
        .add("pages", document.pages)
        .add("persons", document.persons)
        .add("copies", job.wish.copies)
        .add("printer", job.wish.printer)
        .add("printer_uri", printer_uri)
        .add("purpose", job.wish.purpose)
        .add("next_step", code_of(job.wish.next))
        .add("recipient", job.wish.recipient)
        .add("over_reason", job.wish.over_reason);
    return what;
}

bool may_send_again(Delivery delivery)
{
    return delivery == Delivery::claimed || delivery == Delivery::opened;
}

Result<void> check_account(const PrintJob& job, std::span<const CopyEnd> ends, const Account& account)
{
    std::int64_t handed_on = 0, destroyed = 0;
    for (std::size_t at = 0; at < ends.size(); ++at) {
        const auto& end = ends[at];
        if (end.handed_on < 0 || end.destroyed < 0 || end.handed_on > job.document.pages ||
            end.destroyed > job.document.pages - end.handed_on)
            return refuse_field("handed_on-" + std::to_string(at + 1), kCopyTooLarge, std::to_string(at + 1),
                                std::to_string(job.document.pages));
        handed_on += end.handed_on;
        destroyed += end.destroyed;
    }
    const auto sum = handed_on + destroyed + account.missing;
    if (account.missing < 0 || sum != job.sheets())
        return refuse_field("missing", kDoesNotBalance, std::to_string(job.sheets()), std::to_string(handed_on),
                            std::to_string(destroyed), std::to_string(account.missing), std::to_string(sum));
    const bool whole = destroyed == 0 && account.missing == 0;
    if (whole ? !account.note.empty() && !is_line(account.note) : !is_line(account.note))
        return refuse_field("note", kNoteExpected, std::to_string(kLongestWords));
    if (destroyed > 0 && !is_line(account.method)) return refuse_field("method", custody::kMethodExpected);
    return {};
}

} // namespace azukari::printing
