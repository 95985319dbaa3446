// Faults: the world failed (disk, network, key missing). Thrown by infra, caught only at the request boundary, the job
// boundary and in main.
#pragma once

#include <stdexcept>
#include <string>

namespace azukari {

class Fault : public std::runtime_error {
public:
    // `message` is for the operator, in Japanese where an operator reads it; never holds keys or personal information.
    explicit Fault(const std::string& message, bool retryable = false)
        : std::runtime_error(message), retryable_(retryable)
    {
    }
    bool retryable() const { return retryable_; }

private:
    bool retryable_;
};

} // namespace azukari
