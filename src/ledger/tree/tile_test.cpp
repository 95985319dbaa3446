#include "ledger/tree/tile.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::ledger::tree;

TEST_CASE("a tile is read back from its stored nodes at every width, and from nothing else")
{
    Tile tile;
    for (unsigned width = 0; width <= kTileWidth; ++width) {
        const auto stored = tile.nodes();
        const auto back = Tile::from(stored);
        REQUIRE(back);
        REQUIRE(back->width() == width);
        if (width < kTileWidth) tile.push(sha256(as_bytes(std::to_string(width))));
    }
    Bytes stored(tile.nodes().begin(), tile.nodes().end());
    stored.push_back(0);
    CHECK_FALSE(Tile::from(stored));
    stored.resize(stored.size() + 31);
    CHECK_FALSE(Tile::from(stored));                         // more than a full tile
    CHECK_FALSE(Tile::from(ByteView(stored).first(2 * 32))); // two hashes without their parent
}

TEST_CASE("a tile holds every complete subtree and publishes only its own level")
{
    Tile tile;
    std::vector<Hash> level;
    for (unsigned i = 0; i < kTileWidth; ++i) {
        level.push_back(sha256(as_bytes(std::to_string(i))));
        tile.push(level.back());
    }
    CHECK(tile.published(256).size() == 8192);
    CHECK(sha256(tile.published(3)) == sha256([&] {
              Bytes joined;
              for (int i = 0; i < 3; ++i) joined.insert(joined.end(), level[i].begin(), level[i].end());
              return joined;
          }()));
    for (unsigned height = 0; height <= kTileHeight; ++height) {
        for (unsigned i = 0; i < level.size(); ++i) REQUIRE(tile.node(height, i) == level[i]);
        std::vector<Hash> above;
        for (unsigned i = 0; i + 1 < level.size(); i += 2) above.push_back(node_hash(level[i], level[i + 1]));
        level = above;
    }
}
