#include "retention/hold_store.h"

#include "base/check.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"
#include "ledger/ledger.h"
#include "retention/retention_refusals.h"

#include <algorithm>

namespace azukari::retention {
namespace {

constexpr std::size_t kLongestReason = 200; // characters

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

Result<void> check_reason(std::string_view reason)
{
    if (text::is_blank(reason)) return refuse_field("reason", kReasonMissing);
    std::size_t characters = 0;
    for (std::size_t at = 0; at < reason.size(); ++characters) text::next_code_point(reason, at);
    if (characters > kLongestReason) return refuse_field("reason", kTooLong, std::to_string(kLongestReason));
    return {};
}

} // namespace

std::vector<Hold> holds_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(
        "select id, object, reason, held_at, held_by, released_at, released_by,"
        " coalesce(release_reason, '') from retention_hold where entrustment = ?"
        " order by case when released_at is null then 0 else 1 end, held_at desc, id",
        {entrustment}, [](const storage::Row& row) {
            Hold read{row.id<HoldId>(0), row.string(1), row.string(2), row.instant(3), row.id<StaffId>(4)};
            read.released_at = row.maybe(5, [&] { return row.instant(5); });
            read.released_by = row.maybe(6, [&] { return row.id<StaffId>(6); });
            read.release_reason = row.string(7);
            return read;
        });
}

Result<void> check_no_hold(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                           std::span<const std::string> objects)
{
    for (const auto& hold : holds_of(snapshot, entrustment)) {
        if (hold.released_at) continue;
        const bool concerned = objects.empty() || hold.object.empty() ||
                               std::find(objects.begin(), objects.end(), hold.object) != objects.end();
        if (concerned) return refuse(kHeld, hold.reason);
    }
    return {};
}

Result<HoldId> hold(storage::Tx& tx, IdSource& ids, const access::Scope& scope, std::string_view object,
                    std::string_view reason)
{
    AZK_REQUIRE(check_reason(reason));
    const auto id = ids.next<HoldNoun>();
    tx.execute(
        "insert into retention_hold (entrustment, id, object, reason, held_at, held_by) values (?, ?, ?, ?, ?, ?)",
        {about(scope), id, object, reason, scope.moment().at, scope.staff()});
    auto entry = scope.entry("retention.held");
    entry.object = object;
    entry.references = {{"hold", id.text()}};
    ledger::append(tx, entry);
    return id;
}

Result<void> release(storage::Tx& tx, const access::Scope& scope, HoldId id, std::string_view reason)
{
    AZK_REQUIRE(check_reason(reason));
    const auto changed = tx.execute("update retention_hold set released_at = ?, released_by = ?, release_reason = ?"
                                    " where entrustment = ? and id = ? and released_at is null",
                                    {scope.moment().at, scope.staff(), reason, about(scope), id});
    if (changed == 0) return refuse(kNoSuchHold);
    auto entry = scope.entry("retention.released");
    entry.references = {{"hold", id.text()}};
    ledger::append(tx, entry);
    return {};
}

} // namespace azukari::retention
