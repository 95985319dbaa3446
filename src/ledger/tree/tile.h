// A tile of the tree (C2SP tlog-tiles): up to 256 hashes of one level, kept together with the complete subtrees above
// them, so that a proof reads nodes instead of hashing them again.
#pragma once

#include "ledger/tree/hash.h"

#include <functional>
#include <optional>
#include <vector>

namespace azukari::ledger::tree {

inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileWidth = 1U << kTileHeight;

class Tile {
public:
    // Nodes stand in the order in which they become complete (left, right, their parent …): a tile only ever grows at
    // its end. `nodes` is the stored form; nothing when its length fits no tile.
    static std::optional<Tile> from(ByteView nodes);

    unsigned width() const { return width_; } // hashes of the tile's own level, 0 … 256
    bool full() const { return width_ == kTileWidth; }
    void push(const Hash& hash);
    // The complete subtree of 2^height hashes whose leftmost is index·2^height; height ≤ 8.
    const Hash& node(unsigned height, unsigned index) const;
    bool has(unsigned height, unsigned index) const { return ((index + 1U) << height) <= width_; }

    ByteView nodes() const { return {nodes_.empty() ? nullptr : nodes_.front().data(), nodes_.size() * 32}; }
    // What C2SP publishes: the first `width` hashes of the tile's own level.
    Bytes published(unsigned width) const;

private:
    std::vector<Hash> nodes_;
    unsigned width_ = 0;
};

// Reads a stored tile; throws when it is missing or damaged.
using TileSource = std::function<const Tile&(unsigned level, std::uint64_t index)>;
using TileSink = std::function<void(unsigned level, std::uint64_t index, const Tile& tile)>;

// The right edge of the tree: the tile that is growing on each level.
class Edge {
public:
    Edge() = default;
    // Nothing when the tiles are not those of a tree of that size.
    static std::optional<Edge> load(std::uint64_t size, const TileSource& tiles);

    std::uint64_t size() const { return size_; }
    // Gives every tile that becomes full to `full`.
    void push(const Hash& leaf, const TileSink& full);
    // The tiles that are not full, of every level that has one.
    void each_partial(const TileSink& visit) const;
    Hash root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Tile> levels_;
};

} // namespace azukari::ledger::tree
