// 区の証人 (C2SP tlog-witness): cosigns a checkpoint only when it follows from the last one it has cosigned, so that the
// ledger cannot show one history to the ward and another to somebody else.
#pragma once

#include "verify/witness_state.h"

#include <functional>

namespace azukari::verify {

using PosixClock = std::function<std::uint64_t()>; // seconds

inline constexpr std::string_view kSizeType = "text/x.tlog.size"; // of an answer that tells the size cosigned last

// What add-checkpoint answers over HTTP; off-line the body of a 200 is the file that goes back.
struct WitnessAnswer {
    int status = 400;
    std::string type = "text/plain; charset=utf-8";
    std::string body;
};

// 400 not a request, or old size above the checkpoint's · 404 unknown log · 403 not signed by it · 409 another size was
// cosigned last (told in the body, text/x.tlog.size), or the same size with another root · 422 no consistent tree · 500
// the state could not be read or saved · 200 cosigned.
// The check and the new state are one step, also against other processes; the state is durable before the answer is.
WitnessAnswer add_checkpoint(const WitnessKey& key, const std::string& state_path, std::string_view request,
                             std::uint64_t posix_seconds);

} // namespace azukari::verify
