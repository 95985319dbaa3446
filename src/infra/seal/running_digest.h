// SHA-256 of something that comes in pieces and is never held whole.
#pragma once

#include "infra/seal/digest.h"

#include <memory>

namespace azukari::seal {

class RunningDigest {
public:
    RunningDigest();
    ~RunningDigest();
    RunningDigest(RunningDigest&&) noexcept;
    RunningDigest& operator=(RunningDigest&&) noexcept;

    void add(ByteView piece);
    // Ends it; nothing can be added afterwards.
    Digest finish();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

} // namespace azukari::seal
