// What can go wrong below the port, told apart once, so that nobody above reads an engine's error codes.
#pragma once

#include "base/fault.h"

namespace azukari::storage {

enum class FaultKind {
    unique_violation, // an insert met a row that is there already; rooms may turn it into a refusal
    constraint_violation,
    busy, // another process holds the data
    disk_full,
    read_only,
    corrupt,
    io,   // the disk failed while reading or writing: what it holds now is not known
    gone, // the server or file went away
    other,
};

// The message is Japanese and says what the operator should do; an engine's code follows for engineers. No values.
class StorageFault : public Fault {
public:
    StorageFault(FaultKind kind, const std::string& message, bool retryable = false)
        : Fault(message, retryable), kind_(kind)
    {
    }
    FaultKind kind() const { return kind_; }

private:
    FaultKind kind_;
};

} // namespace azukari::storage
