#include "access/signin/attempt_store.h"

#include "infra/seal/digest.h"

namespace azukari::access {
namespace {

constexpr std::string_view kFind = "select failures, failed_at from access_attempt where subject = ?";
constexpr std::string_view kCount =
    "insert into access_attempt (subject, failures, failed_at) values (?, 1, ?)"
    " on conflict (subject) do update set failures = access_attempt.failures + 1, failed_at = excluded.failed_at"
    " returning failures";
constexpr std::string_view kForget =
    "delete from access_attempt where failed_at < ? and (subject like 'both:%' or subject like 'address:%')";

// Login names are kept as digests: people type passwords into the wrong field.
std::string by_name(std::string_view login)
{
    return "name:" + hex(seal::sha256(as_bytes(login)));
}
std::string by_address(std::string_view address)
{
    return "address:" + std::string(address);
}
std::string by_both(std::string_view login, std::string_view address)
{
    return "both:" + hex(seal::sha256({as_bytes(login), as_bytes("\n"), as_bytes(address)}));
}

Failures find(const storage::Snapshot& snapshot, const std::string& subject)
{
    return snapshot
        .one(kFind, {subject},
             [](const storage::Row& row) {
                 return Failures{row.integer(0), row.instant(1)};
             })
        .value_or(Failures{});
}

std::int64_t count(storage::Tx& tx, const std::string& subject, const Moment& moment)
{
    return tx.integer(kCount, {subject, moment.at});
}

} // namespace

AttemptHistory attempt_history(const storage::Snapshot& snapshot, std::string_view login, std::string_view address)
{
    return {find(snapshot, by_name(login)), find(snapshot, by_address(address)),
            find(snapshot, by_both(login, address))};
}

std::int64_t count_attempt(storage::Tx& tx, std::string_view login, std::string_view address, const Moment& moment)
{
    tx.execute(kForget, {Instant{moment.at.micros - Duration::hours(24).micros}});
    count(tx, by_address(address), moment);
    count(tx, by_both(login, address), moment);
    return count(tx, by_name(login), moment);
}

void forgive_attempts(storage::Tx& tx, std::string_view login, std::string_view address)
{
    tx.execute("delete from access_attempt where subject = ? or subject = ?",
               {by_name(login), by_both(login, address)});
    // One right sign-in takes back only its own count, or an attacker with one account could try at others for ever.
    tx.execute("update access_attempt set failures = failures - 1 where subject = ? and failures > 0",
               {by_address(address)});
}

void forget_failures(storage::Tx& tx, std::string_view login)
{
    tx.execute("delete from access_attempt where subject = ?", {by_name(login)});
}

std::int64_t failures_of(const storage::Snapshot& snapshot, std::string_view login)
{
    return find(snapshot, by_name(login)).count;
}

} // namespace azukari::access
