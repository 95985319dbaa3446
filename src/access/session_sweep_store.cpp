#include "access/session_sweep_store.h"

#include "ledger/ledger.h"

namespace azukari::access {

std::int64_t sweep_sessions(storage::Tx& tx, const Moment& moment, const Limits& limits)
{
    const auto ended = tx.execute(
        "delete from access_session where started_at <= ? or seen_at <= ?",
        {Instant{moment.at.micros - limits.absolute.micros}, Instant{moment.at.micros - limits.idle.micros}});
    if (ended == 0) return 0;
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = "access.session_ended";
    entry.actor = "system";
    entry.outcome = "done";
    entry.counts = {{"sessions", ended}};
    ledger::append(tx, entry);
    return ended;
}

} // namespace azukari::access
