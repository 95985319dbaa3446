#include "ledger/witness/witness_exchange.h"

#include <charconv>

namespace azukari::ledger {
namespace {

std::optional<std::uint64_t> size_in(std::string_view body)
{
    if (body.ends_with('\n')) body.remove_suffix(1);
    std::uint64_t size = 0;
    const auto [stop, error] = std::from_chars(body.data(), body.data() + body.size(), size);
    if (body.empty() || error != std::errc{} || stop != body.data() + body.size() || size > INT64_MAX)
        return std::nullopt;
    return size;
}

Result<std::string> request_from(storage::Db& db, const Publisher& publisher, std::optional<std::uint64_t> old_size)
{
    return db.read([&](const storage::Snapshot& snapshot) { return publisher.witness_request(snapshot, old_size); });
}

// The witness's own view of what it has cosigned, when that is what it answered.
std::optional<std::uint64_t> stands_at(const WitnessReply& reply)
{
    return reply.status == 409 && reply.type.starts_with("text/x.tlog.size") ? size_in(reply.body) : std::nullopt;
}

} // namespace

Result<std::uint64_t> ask_witness(storage::Db& db, const Publisher& publisher, const SendToWitness& send)
{
    if (!publisher.witness()) return refuse(kNoWitness);
    const auto [latest, cosigned] = db.read([&](const storage::Snapshot& snapshot) {
        const auto published = latest_checkpoint(snapshot);
        const auto last = publisher.witnessing(snapshot).last;
        return std::pair(published ? published->checkpoint.size : 0, last ? last->size : 0);
    });
    if (latest == 0 || latest == cosigned) return cosigned;

    AZK_TRY(const auto first, request_from(db, publisher, std::nullopt));
    AZK_TRY(auto reply, send(first));
    if (const auto stands = stands_at(reply)) {
        if (*stands > latest) return refuse(kWitnessAhead, std::to_string(*stands), std::to_string(latest));
        AZK_TRY(const auto again, request_from(db, publisher, stands));
        AZK_TRY(reply, send(again));
    }
    if (reply.status != 200) return refuse(kWitnessSaidNo, std::to_string(reply.status));
    AZK_TRY(const auto taken, db.write([&](storage::Tx& tx) { return publisher.import_cosignature(tx, reply.body); }));
    return taken.size;
}

} // namespace azukari::ledger
