// Passwords of accounts, kept as Argon2id (RFC 9106) so that a stolen table does not give them
// away.
#pragma once

#include "base/random.h"
#include "base/secret.h"

#include <optional>
#include <semaphore>
#include <string>

namespace azukari::seal {

struct PasswordCost {
    std::uint32_t memory_kib = 64 * 1024;
    std::uint32_t passes = 3;
    auto operator<=>(const PasswordCost&) const = default;
};

// Hashing is heavy by intent; at most `at_once` run together, the others wait, so that a rush of
// sign-ins cannot take all memory (at_once × memory_kib at most).
class Passwords {
public:
    Passwords(PasswordCost cost, unsigned at_once) : cost_(cost), places_(at_once) {}

    // "$argon2id$v=19$m=65536,t=3,p=1$salt$hash". The caller has normalised the password (NFKC).
    std::string hash(const SecretText& password, Entropy& entropy);
    // With no stored hash (no such account) the same work is done and the answer is no, so that
    // time does not tell which accounts exist. A stored hash that cannot be read is a no as well.
    bool verify(const std::optional<std::string>& stored, const SecretText& password);
    // True when the stored hash was made at another cost and should be made again at the next
    // sign-in.
    bool outdated(std::string_view stored) const;

private:
    PasswordCost cost_;
    std::counting_semaphore<> places_;
};

// Argon2id to a key of 256 bits, one lane. Throws Fault when the memory cannot be had.
Key256 stretch(const SecretText& secret, const std::array<std::uint8_t, 16>& salt, PasswordCost cost);

} // namespace azukari::seal
