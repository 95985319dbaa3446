// The tree of RFC 6962, kept as the few complete subtrees that the entries so far make.
#pragma once

#include "verify/digest.h"

#include <vector>

namespace azukari::verify {

class Peaks {
public:
    void push(Hash hash);
    std::uint64_t size() const { return size_; }
    // The peaks folded from the right onto what stands right of them already.
    std::optional<Hash> fold(std::optional<Hash> right) const;
    void clear() { *this = Peaks(); }

private:
    std::vector<Hash> peaks_; // from the left, largest first
    std::uint64_t size_ = 0;
};

// The root that the leaf and its path lead to; nothing when the path has the wrong length for that place.
std::optional<Hash> root_of_path(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                 const std::vector<Hash>& path);
// Whether the proof (RFC 6962 2.1.2) leads from the old root to both roots.
bool is_consistent(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                   const std::vector<Hash>& proof);

} // namespace azukari::verify
