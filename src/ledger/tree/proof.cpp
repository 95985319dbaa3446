#include "ledger/tree/proof.h"

#include "base/check.h"
#include "base/fault.h"

#include <bit>

namespace azukari::ledger::tree {
namespace {

// The largest power of two below n; n ≥ 2.
std::uint64_t split(std::uint64_t n)
{
    return std::bit_floor(n - 1);
}

Hash complete(unsigned height, std::uint64_t index, const TileSource& tiles)
{
    const unsigned level = height / kTileHeight;
    const unsigned inside = height % kTileHeight;
    const unsigned shift = kTileHeight - inside;
    const auto& tile = tiles(level, index >> shift);
    const auto position = static_cast<unsigned>(index & ((1U << shift) - 1));
    if (!tile.has(inside, position)) throw Fault("記録台帳の木のタイルが、件数に足りません。");
    return tile.node(inside, position);
}

// Root of entries [begin, begin + size), where begin is a multiple of the power of two that holds `size`.
Hash subtree(std::uint64_t begin, std::uint64_t size, const TileSource& tiles)
{
    if (std::has_single_bit(size)) {
        const auto height = static_cast<unsigned>(std::countr_zero(size));
        return complete(height, begin >> height, tiles);
    }
    const auto left = split(size);
    return node_hash(subtree(begin, left, tiles), subtree(begin + left, size - left, tiles));
}

} // namespace

Hash root_at(std::uint64_t size, const TileSource& tiles)
{
    return size == 0 ? empty_root() : subtree(0, size, tiles);
}

Proof inclusion_proof(std::uint64_t index, std::uint64_t size, const TileSource& tiles)
{
    AZK_CHECK(index < size);
    Proof proof;
    std::uint64_t begin = 0;
    while (size > 1) {
        const auto left = split(size);
        if (index - begin < left) {
            proof.push_back(subtree(begin + left, size - left, tiles));
            size = left;
        } else {
            proof.push_back(subtree(begin, left, tiles));
            begin += left;
            size -= left;
        }
    }
    return {proof.rbegin(), proof.rend()};
}

Proof consistency_proof(std::uint64_t old_size, std::uint64_t size, const TileSource& tiles)
{
    AZK_CHECK(old_size <= size);
    if (old_size == 0 || old_size == size) return {};
    Proof proof;
    std::uint64_t begin = 0;
    bool whole = true; // the old tree is a subtree that the verifier knows already
    while (old_size != size) {
        const auto left = split(size);
        if (old_size <= left) {
            proof.push_back(subtree(begin + left, size - left, tiles));
            size = left;
        } else {
            proof.push_back(subtree(begin, left, tiles));
            begin += left;
            old_size -= left;
            size -= left;
            whole = false;
        }
    }
    if (!whole) proof.push_back(subtree(begin, size, tiles));
    return {proof.rbegin(), proof.rend()};
}

bool proves_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Hash& root,
                      std::span<const Hash> proof)
{
    if (index >= size) return false;
    std::uint64_t fn = index, sn = size - 1;
    Hash hash = leaf;
    for (const auto& sibling : proof) {
        if (sn == 0) return false;
        if ((fn & 1U) != 0 || fn == sn) {
            hash = node_hash(sibling, hash);
            while ((fn & 1U) == 0 && fn != 0) fn >>= 1, sn >>= 1;
        } else {
            hash = node_hash(hash, sibling);
        }
        fn >>= 1, sn >>= 1;
    }
    return sn == 0 && hash == root;
}

bool proves_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                        std::span<const Hash> proof)
{
    if (old_size > size) return false;
    if (old_size == size) return proof.empty() && old_root == root;
    if (old_size == 0) return proof.empty() && old_root == empty_root();
    std::uint64_t fn = old_size - 1, sn = size - 1;
    while ((fn & 1U) != 0) fn >>= 1, sn >>= 1;
    const bool known = std::has_single_bit(old_size); // then the proof leaves the old root out
    if (!known && proof.empty()) return false;
    Hash old_hash = known ? old_root : proof.front();
    Hash new_hash = old_hash;
    for (const auto& sibling : proof.subspan(known ? 0 : 1)) {
        if (sn == 0) return false;
        if ((fn & 1U) != 0 || fn == sn) {
            old_hash = node_hash(sibling, old_hash);
            new_hash = node_hash(sibling, new_hash);
            while ((fn & 1U) == 0 && fn != 0) fn >>= 1, sn >>= 1;
        } else {
            new_hash = node_hash(new_hash, sibling);
        }
        fn >>= 1, sn >>= 1;
    }
    return sn == 0 && old_hash == old_root && new_hash == root;
}

} // namespace azukari::ledger::tree
