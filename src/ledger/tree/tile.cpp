#include "ledger/tree/tile.h"

#include "base/check.h"

#include <bit>
#include <cstring>

namespace azukari::ledger::tree {
namespace {

// How many nodes a tile of `width` hashes holds: a new hash completes as many parents as it ends ones in binary.
unsigned nodes_of(unsigned width)
{
    return 2 * width - static_cast<unsigned>(std::popcount(width));
}

} // namespace

std::optional<Tile> Tile::from(ByteView nodes)
{
    if (nodes.size() % 32 != 0 || nodes.size() / 32 > nodes_of(kTileWidth)) return std::nullopt;
    const auto count = static_cast<unsigned>(nodes.size() / 32);
    Tile tile;
    tile.width_ = count / 2;
    while (nodes_of(tile.width_) < count) ++tile.width_;
    if (nodes_of(tile.width_) != count) return std::nullopt;
    tile.nodes_.resize(count);
    if (count > 0) std::memcpy(tile.nodes_.data(), nodes.data(), nodes.size());
    return tile;
}

void Tile::push(const Hash& hash)
{
    AZK_CHECK(!full());
    nodes_.push_back(hash);
    const unsigned index = width_++;
    for (unsigned height = 0; (index >> height & 1U) != 0; ++height) {
        const auto parent = node_hash(node(height, (index >> height) - 1), nodes_.back());
        nodes_.push_back(parent);
    }
}

const Hash& Tile::node(unsigned height, unsigned index) const
{
    AZK_CHECK(height <= kTileHeight && has(height, index));
    const unsigned before = ((index + 1) << height) - 1;
    return nodes_[nodes_of(before) + height];
}

Bytes Tile::published(unsigned width) const
{
    AZK_CHECK(width <= width_);
    Bytes out;
    out.reserve(width * 32U);
    for (unsigned i = 0; i < width; ++i) {
        const auto& hash = node(0, i);
        out.insert(out.end(), hash.begin(), hash.end());
    }
    return out;
}

std::optional<Edge> Edge::load(std::uint64_t size, const TileSource& tiles)
{
    Edge edge;
    edge.size_ = size;
    for (unsigned level = 0; size > 0; ++level, size >>= kTileHeight) {
        const auto width = static_cast<unsigned>(size % kTileWidth);
        edge.levels_.push_back(width == 0 ? Tile() : tiles(level, size >> kTileHeight));
        if (edge.levels_.back().width() != width) return std::nullopt;
    }
    return edge;
}

void Edge::push(const Hash& leaf, const TileSink& full)
{
    Hash carried = leaf;
    std::uint64_t index = size_++;
    for (unsigned level = 0;; ++level) {
        if (levels_.size() == level) levels_.emplace_back();
        auto& tile = levels_[level];
        tile.push(carried);
        if (!tile.full()) return;
        index >>= kTileHeight;
        full(level, index, tile);
        carried = tile.node(kTileHeight, 0);
        tile = Tile();
    }
}

void Edge::each_partial(const TileSink& visit) const
{
    auto size = size_;
    for (unsigned level = 0; level < levels_.size(); ++level) {
        size >>= kTileHeight;
        if (levels_[level].width() > 0) visit(level, size, levels_[level]);
    }
}

Hash Edge::root() const
{
    // The peaks of the tree from right to left, each closing over what stands right of it.
    std::optional<Hash> root;
    for (const auto& tile : levels_) {
        for (unsigned height = 0; height < kTileHeight; ++height) {
            if ((tile.width() >> height & 1U) == 0) continue;
            const auto& peak = tile.node(height, (tile.width() >> height) - 1);
            root = root ? node_hash(peak, *root) : peak;
        }
    }
    return root ? *root : empty_root();
}

} // namespace azukari::ledger::tree
