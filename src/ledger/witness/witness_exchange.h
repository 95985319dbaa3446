// 区の証人との通信 (C2SP tlog-witness, add-checkpoint): asks the on-line witness to cosign the latest checkpoint. How the
// request travels is the caller's business, so that the exchange can be played without a network.
#pragma once

#include "ledger/publisher.h"
#include "ledger/witness/witness_refusals.h"

#include <functional>

namespace azukari::ledger {

// The name of the hourly job that asks (infra/jobs); pages look for its failure.
inline constexpr std::string_view kWitnessJob = "ledger.witness";

struct WitnessReply {
    int status = 0;
    std::string type;
    std::string body;
};
// Sends the body to the witness; refuses when no answer came.
using SendToWitness = std::function<Result<WitnessReply>(const std::string& request)>;

// Returns the size that is cosigned now; 0 when there is nothing to cosign yet. Asks nobody when the latest checkpoint
// is cosigned already. When the witness stands elsewhere than remembered (409: an answer was lost), asks once more from
// there. Refuses what `send` refuses, kWitnessSaidNo (403, 404, 400, 422 …), kWitnessAhead, and an answer that is not
// the witness's cosignature.
Result<std::uint64_t> ask_witness(storage::Db& db, const Publisher& publisher, const SendToWitness& send);

} // namespace azukari::ledger
