#include "programmes/guidance/sealing/pull_store.h"

#include "ledger/ledger.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/letters/addressee.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <algorithm>

namespace azukari::guidance {
namespace {

constexpr PullReason kReasons[] = {
    {"moved", "転出"},         {"died", "死亡"},           {"uninsured", "資格喪失"},     {"medicated", "服薬判明"},
    {"protected", "支援措置"}, {"declined", "本人の申出"}, {"ward", "区の指示（その他）"}};

ledger::Entry entry_about(const access::Scope& scope, std::string_view act, BatchId batch, std::string_view category,
                          std::int64_t serial)
{
    auto entry = scope.entry(act);
    entry.object = batch.text();
    entry.references = {{"letter", serial_text(*category_with_slug(category), static_cast<std::uint32_t>(serial))}};
    return entry;
}

std::optional<Pull> find_pull(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch,
                              std::string_view category, std::int64_t serial)
{
    for (auto& pull : pulls_of(snapshot, scope, batch))
        if (pull.category == category && pull.serial == serial) return std::move(pull);
    return std::nullopt;
}

} // namespace

std::span<const PullReason> pull_reasons()
{
    return kReasons;
}

Result<void> pull_letter(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view category,
                         std::int64_t serial, std::string_view reason)
{
    AZK_TRY(const auto found, find_batch(tx, scope, batch));
    if (std::ranges::find(kReasons, reason, &PullReason::code) == std::end(kReasons))
        return refuse_field("reason", kPullReasonExpected);
    if (!tx.exists("select 1 from guidance_recipient where entrustment = ? and batch = ? and category = ? "
                   "and serial = ?",
                   {found.entrustment, batch, category, serial}))
        return refuse_field("letter", kNoSuchLetter);
    if (find_pull(tx, scope, batch, category, serial)) return refuse_field("letter", kAlreadyPulled);
    tx.execute("insert into guidance_pull values (?, ?, ?, ?, ?, ?, ?, null, null)",
               {found.entrustment, batch, category, serial, reason, scope.moment().at, scope.staff()});
    auto entry = entry_about(scope, "guidance.pulled", batch, category, serial);
    entry.references["reason"] = reason;
    ledger::append(tx, entry);
    return {};
}

Result<void> take_out(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view category,
                      std::int64_t serial)
{
    AZK_TRY(const auto found, find_batch(tx, scope, batch));
    const auto pull = find_pull(tx, scope, batch, category, serial);
    if (!pull || pull->taken_out) return refuse(kNotPulled);
    if (!found.composition || pull->asked_at < found.composition->at) return refuse(kNoPaper);
    tx.execute("update guidance_pull set taken_out_at = ?, taken_out_by = ? where entrustment = ? and batch = ? "
               "and category = ? and serial = ?",
               {scope.moment().at, scope.staff(), found.entrustment, batch, category, serial});
    ledger::append(tx, entry_about(scope, "guidance.taken_out", batch, category, serial));
    return {};
}

std::vector<Pull> pulls_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    return snapshot.all(
        "select category, serial, reason, asked_at, asked_by, taken_out_at, taken_out_by from guidance_pull "
        "where entrustment = ? and batch = ? order by asked_at, category, serial",
        {*scope.entrustment(), batch}, [](const storage::Row& row) {
            Pull pull{row.string(0), row.integer(1), row.string(2), row.instant(3), row.id<StaffId>(4), {}};
            if (!row.is_null(5)) pull.taken_out = {row.instant(5), row.id<StaffId>(6)};
            return pull;
        });
}

} // namespace azukari::guidance
