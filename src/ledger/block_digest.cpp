#include "ledger/block_digest.h"

namespace azukari::ledger {
namespace {

constexpr unsigned kProbes = 6;

// FNV-1a, stirred: what is stored must come out the same on every machine.
std::uint64_t hash_of(Trait trait, ByteView value)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ static_cast<std::uint64_t>(trait);
    for (const auto byte : value) hash = (hash ^ byte) * 0x100000001b3ULL;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93ULL;
    return hash ^ hash >> 32;
}

// Calls `probe(byte, mask)` for each of the bits that stand for the value.
template <class F>
void each_bit(Trait trait, ByteView value, F&& probe)
{
    const auto hash = hash_of(trait, value);
    const auto step = static_cast<std::uint32_t>(hash >> 32) | 1U;
    auto at = static_cast<std::uint32_t>(hash);
    for (unsigned i = 0; i < kProbes; ++i, at += step)
        probe(at >> 3 & 511U, static_cast<std::uint8_t>(1U << (at & 7U)));
}

} // namespace

void BlockDigest::add(Trait trait, ByteView value)
{
    each_bit(trait, value,
             [&](std::size_t byte, std::uint8_t mask) { bits_[byte] = static_cast<std::uint8_t>(bits_[byte] | mask); });
}

void BlockDigest::add_entry(std::string_view act, std::string_view actor, ByteView entrustment, std::string_view object)
{
    add(Trait::act, as_bytes(act));
    add(Trait::actor, as_bytes(actor));
    add(Trait::entrustment, entrustment);
    add(Trait::object, as_bytes(object));
}

bool BlockDigest::may_hold(Trait trait, ByteView value) const
{
    bool all = true;
    each_bit(trait, value, [&](std::size_t byte, std::uint8_t mask) { all = all && (bits_[byte] & mask) != 0; });
    return all;
}

} // namespace azukari::ledger
