#include "ledger/tree/proof.h"

#include "base/random.h"

#include <doctest/doctest.h>
#include <map>

using namespace azukari;
using namespace azukari::ledger::tree;

namespace {

// The tree as RFC 6962 section 2.1 defines it, by plain recursion.
Hash by_definition(std::span<const Hash> leaves)
{
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves[0];
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    return node_hash(by_definition(leaves.first(k)), by_definition(leaves.subspan(k)));
}

Proof path_by_definition(std::size_t m, std::span<const Hash> leaves)
{
    if (leaves.size() == 1) return {};
    std::size_t k = 1;
    while (k * 2 < leaves.size()) k *= 2;
    auto proof = m < k ? path_by_definition(m, leaves.first(k)) : path_by_definition(m - k, leaves.subspan(k));
    proof.push_back(by_definition(m < k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

// A tree held in memory.
class Grown {
public:
    explicit Grown(std::uint64_t size, std::uint64_t salt = 0)
    {
        for (std::uint64_t i = 0; i < size; ++i) push(leaf_hash(as_bytes(std::to_string(i ^ salt))));
    }
    void push(const Hash& leaf)
    {
        leaves.push_back(leaf);
        edge.push(leaf, keep());
    }
    TileSource source()
    {
        edge.each_partial(keep());
        return [this](unsigned level, std::uint64_t number) -> const Tile& { return tiles.at({level, number}); };
    }
    TileSink keep()
    {
        return [this](unsigned level, std::uint64_t number, const Tile& tile) { tiles[{level, number}] = tile; };
    }
    std::span<const Hash> first(std::size_t n) const { return std::span(leaves).first(n); }

    std::vector<Hash> leaves;
    Edge edge;
    std::map<std::pair<unsigned, std::uint64_t>, Tile> tiles;
};

} // namespace

TEST_CASE("the tree of the RFC 6962 reference inputs has the published roots [K79]")
{
    const char* inputs[] = {
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const char* roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                           "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                           "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                           "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                           "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                           "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                           "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                           "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Edge edge;
    CHECK(hex(edge.root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (std::size_t i = 0; i < std::size(inputs); ++i) {
        edge.push(leaf_hash(from_hex(inputs[i]).value()), [](unsigned, std::uint64_t, const Tile&) {});
        CHECK(hex(edge.root()) == roots[i]);
    }
}

TEST_CASE("inclusion and consistency are proved for every pair of small sizes, as RFC 6962 defines them [K79]")
{
    Grown grown(70);
    const auto tiles = grown.source();
    for (std::uint64_t n = 1; n <= 70; ++n) {
        const auto root = by_definition(grown.first(n));
        REQUIRE(root_at(n, tiles) == root);
        for (std::uint64_t m = 0; m < n; ++m) {
            const auto proof = inclusion_proof(m, n, tiles);
            REQUIRE(proof == path_by_definition(m, grown.first(n)));
            REQUIRE(proves_inclusion(grown.leaves[m], m, n, root, proof));
        }
        for (std::uint64_t m = 0; m <= n; ++m)
            REQUIRE(proves_consistency(m, by_definition(grown.first(m)), n, root, consistency_proof(m, n, tiles)));
    }
}

TEST_CASE("a proof for another place, size, root or with another hash is not accepted [K79]")
{
    Grown grown(40);
    const auto tiles = grown.source();
    for (std::uint64_t n = 1; n <= 40; ++n) {
        const auto root = root_at(n, tiles);
        for (std::uint64_t m = 0; m < n; ++m) {
            auto proof = inclusion_proof(m, n, tiles);
            for (std::uint64_t other = 0; other < n + 2; ++other)
                if (other != m) REQUIRE_FALSE(proves_inclusion(grown.leaves[m], other, n, root, proof));
            for (auto& hash : proof) {
                hash[7] ^= 1;
                REQUIRE_FALSE(proves_inclusion(grown.leaves[m], m, n, root, proof));
                hash[7] ^= 1;
            }
            proof.push_back(root);
            REQUIRE_FALSE(proves_inclusion(grown.leaves[m], m, n, root, proof));
            if (proof.size() > 1) {
                proof.resize(proof.size() - 2);
                REQUIRE_FALSE(proves_inclusion(grown.leaves[m], m, n, root, proof));
            }
        }
    }
}

TEST_CASE("a history that was forked is never consistent with what was signed before [K79]")
{
    const std::uint64_t size = 48;
    Grown honest(size);
    const auto honest_tiles = honest.source();
    for (std::uint64_t forged = 0; forged < size; ++forged) {
        Grown fork(0);
        for (std::uint64_t i = 0; i < size; ++i)
            fork.push(i == forged ? leaf_hash(as_bytes("forged")) : honest.leaves[i]);
        const auto tiles = fork.source();
        for (std::uint64_t m = forged + 1; m <= size; ++m) {
            const auto old_root = root_at(m, honest_tiles);
            for (std::uint64_t n = m; n <= size; ++n) {
                const auto root = root_at(n, tiles);
                REQUIRE_FALSE(proves_consistency(m, old_root, n, root, consistency_proof(m, n, tiles)));
                REQUIRE_FALSE(proves_consistency(m, old_root, n, root, consistency_proof(m, n, honest_tiles)));
            }
        }
    }
}

TEST_CASE("proofs stay right across tile boundaries")
{
    Grown grown(66'000); // three levels of tiles
    const auto tiles = grown.source();
    Rng rng(79);
    for (const std::uint64_t n : {255, 256, 257, 511, 512, 4'000, 65'535, 65'536, 65'537, 66'000}) {
        const auto root = by_definition(grown.first(n));
        REQUIRE(root_at(n, tiles) == root);
        for (int i = 0; i < 20; ++i) {
            const auto m = rng.below(n);
            REQUIRE(proves_inclusion(grown.leaves[m], m, n, root, inclusion_proof(m, n, tiles)));
            REQUIRE(proves_consistency(m, root_at(m, tiles), n, root, consistency_proof(m, n, tiles)));
        }
    }
}

TEST_CASE("the right edge is found again from its tiles, and goes on as if nothing had happened")
{
    for (const std::uint64_t size : {0, 1, 2, 255, 256, 257, 700, 65'536, 65'800}) {
        Grown grown(size);
        auto loaded = Edge::load(size, grown.source()).value();
        REQUIRE(loaded.root() == grown.edge.root());
        for (int i = 0; i < 300; ++i) {
            const auto leaf = leaf_hash(as_bytes("more" + std::to_string(i)));
            loaded.push(leaf, [](unsigned, std::uint64_t, const Tile&) {});
            grown.push(leaf);
        }
        REQUIRE(loaded.root() == grown.edge.root());
    }
}
