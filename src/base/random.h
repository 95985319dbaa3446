// Two kinds of randomness, named apart: Rng decides and can be replayed from a seed; Entropy makes secrets and cannot.
#pragma once

#include "base/bytes.h"

#include <array>
#include <cstdint>
#include <span>

namespace azukari {

class Rng { // splitmix64: reproducible, never for secrets
public:
    explicit Rng(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    // 0 ≤ result < bound; bound > 0.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

private:
    std::uint64_t state_;
};

class Entropy {
public:
    virtual ~Entropy() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    template <std::size_t N>
    std::array<std::uint8_t, N> bytes()
    {
        std::array<std::uint8_t, N> out{};
        fill(out);
        return out;
    }
};

class SystemEntropy final : public Entropy { // getrandom(2); stops the process when the kernel refuses
public:
    void fill(std::span<std::uint8_t> out) override;
};

class SeededEntropy final : public Entropy { // for tests and the simulation only
public:
    explicit SeededEntropy(std::uint64_t seed) : rng_(seed) {}
    void fill(std::span<std::uint8_t> out) override;

private:
    Rng rng_;
};

} // namespace azukari
