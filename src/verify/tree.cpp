#include "verify/tree.h"

namespace azukari::verify {
namespace {

std::uint64_t left_part(std::uint64_t size) // the largest power of two below size ≥ 2
{
    std::uint64_t part = 1;
    while (part < size - part) part *= 2;
    return part;
}

// Walks the recursion of RFC 6962 2.1.1 downwards; the path is used from its end.
std::optional<Hash> climb(const Hash& leaf, std::uint64_t index, std::uint64_t size, const std::vector<Hash>& path,
                          std::size_t left_over)
{
    if (size == 1) {
        if (left_over != 0) return std::nullopt;
        return leaf;
    }
    if (left_over == 0) return std::nullopt;
    const auto& sibling = path[left_over - 1];
    const auto left = left_part(size);
    const bool goes_left = index < left;
    const auto below = goes_left ? climb(leaf, index, left, path, left_over - 1)
                                 : climb(leaf, index - left, size - left, path, left_over - 1);
    if (!below) return std::nullopt;
    return goes_left ? parent_hash(*below, sibling) : parent_hash(sibling, *below);
}

struct Roots {
    Hash before;
    Hash after;
};

// Walks the recursion of RFC 6962 2.1.2; `known` is the old root while the old tree is a whole subtree.
std::optional<Roots> grow(std::uint64_t old_size, std::uint64_t size, const std::optional<Hash>& known,
                          const std::vector<Hash>& proof, std::size_t left_over)
{
    if (old_size == size) {
        if (known) return left_over == 0 ? std::optional(Roots{*known, *known}) : std::nullopt;
        return left_over == 1 ? std::optional(Roots{proof[0], proof[0]}) : std::nullopt;
    }
    if (left_over == 0) return std::nullopt;
    const auto& sibling = proof[left_over - 1];
    const auto left = left_part(size);
    if (old_size <= left) {
        const auto below = grow(old_size, left, known, proof, left_over - 1);
        if (!below) return std::nullopt;
        return Roots{below->before, parent_hash(below->after, sibling)};
    }
    const auto below = grow(old_size - left, size - left, std::nullopt, proof, left_over - 1);
    if (!below) return std::nullopt;
    return Roots{parent_hash(sibling, below->before), parent_hash(sibling, below->after)};
}

} // namespace

void Peaks::push(Hash hash)
{
    for (auto size = size_; (size & 1) != 0; size >>= 1) {
        hash = parent_hash(peaks_.back(), hash);
        peaks_.pop_back();
    }
    peaks_.push_back(hash);
    ++size_;
}

std::optional<Hash> Peaks::fold(std::optional<Hash> right) const
{
    for (auto peak = peaks_.rbegin(); peak != peaks_.rend(); ++peak) right = right ? parent_hash(*peak, *right) : *peak;
    return right;
}

std::optional<Hash> root_of_path(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                 const std::vector<Hash>& path)
{
    if (index >= size) return std::nullopt;
    return climb(leaf, index, size, path, path.size());
}

bool is_consistent(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                   const std::vector<Hash>& proof)
{
    if (old_size > size) return false;
    if (old_size == 0) return proof.empty() && old_root == sha256({}) && (size != 0 || root == old_root);
    const auto roots = grow(old_size, size, old_root, proof, proof.size());
    return roots && roots->before == old_root && roots->after == root;
}

} // namespace azukari::verify
