// What happens before the house opens: an erasure that was interrupted goes on, and a copy of keystore or store that
// was put back from before an erasure is emptied of it again. Nobody who was erased is there when the first request
// comes.
#pragma once

#include "erasure/procedure.h"

namespace azukari::erasure {

struct Replayed {
    std::int64_t resumed = 0;       // erasures that had been interrupted
    std::int64_t keys_again = 0;    // entrustments in which an older keystore had brought back keys
    std::int64_t persons_again = 0; // persons whose rows an older store had brought back
};

// Refuses what prevents it; then the house must stay closed.
Result<Replayed> replay(const Means& means, Instant now);

} // namespace azukari::erasure
