#include "infra/seal/sealed_value.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unordered_set>

using namespace azukari;
using namespace azukari::seal;

namespace {

struct Place {
    std::string table, column;
    Bytes row;
    EntrustmentId entrustment;
    std::uint32_t key_version = 1, schema = 1;

    Context context() const { return {table, row, column, entrustment, key_version, schema}; }
};

struct Cell {
    Place place;
    SealKey key;
    std::string text;
    Bytes sealed;
};

EntrustmentId entrustment(std::uint8_t n)
{
    IdBytes bytes{};
    bytes[15] = n;
    return EntrustmentId(bytes);
}

// Two tables, two columns, two rows, two entrustments, two versions of key and of schema, each row
// with its own key.
std::vector<Cell> town(KeyArena& arena, Entropy& entropy)
{
    std::vector<Cell> cells;
    for (std::uint8_t of = 1; of <= 2; ++of)
        for (std::uint8_t row = 1; row <= 2; ++row) {
            const auto key = arena.create(entropy);
            for (const auto* table : {"person", "consultation"})
                for (const auto* column : {"name", "address"})
                    for (const std::uint32_t version : {1U, 2U})
                        for (const std::uint32_t schema : {1U, 2U}) {
                            Place place{table, column, Bytes(16, row), entrustment(of), version, schema};
                            const auto text = fmt::format("見本 太郎 {}", cells.size());
                            auto sealed = seal_value(key, place.context(), as_bytes(text), entropy);
                            cells.push_back({std::move(place), key, text, std::move(sealed)});
                        }
        }
    return cells;
}

} // namespace

TEST_CASE("a sealed value opens in its own place and in no other [K31]")
{
    SystemEntropy entropy;
    KeyArena arena(64);
    const auto cells = town(arena, entropy);
    for (std::size_t from = 0; from < cells.size(); ++from)
        for (std::size_t to = 0; to < cells.size(); ++to) {
            const auto opened = open_value(cells[from].key, cells[to].place.context(), cells[from].sealed);
            CAPTURE(from);
            CAPTURE(to);
            REQUIRE(opened.has_value() == (from == to));
            if (from == to) REQUIRE(as_text(*opened) == cells[from].text);
        }
}

TEST_CASE("words that run together are not the same place")
{
    SystemEntropy entropy;
    KeyArena arena(4);
    const auto key = arena.create(entropy);
    const Context here{"person", as_bytes("ab"), "name", entrustment(1)};
    const auto sealed = seal_value(key, here, as_bytes("x"), entropy);
    CHECK_FALSE(open_value(key, {"persona", as_bytes("b"), "name", entrustment(1)}, sealed));
    CHECK_FALSE(open_value(key, {"person", as_bytes("abn"), "ame", entrustment(1)}, sealed));
    CHECK(open_value(key, here, sealed));
}

TEST_CASE("every single changed byte of a sealed value is noticed [K31]")
{
    SystemEntropy entropy;
    KeyArena arena(4);
    const auto key = arena.create(entropy);
    const Bytes row(16, 7);
    const Context place{"person", row, "name", entrustment(1)};
    const auto sealed = seal_value(key, place, as_bytes("試験 花子"), entropy);
    for (std::size_t i = 0; i < sealed.size(); ++i)
        for (const auto change : std::to_array<std::uint8_t>({0x01, 0x80, 0xFF})) {
            auto changed = sealed;
            changed[i] ^= change;
            CHECK_FALSE(open_value(key, place, changed));
        }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        CHECK_FALSE(open_value(key, place, ByteView(sealed).first(size)));
}

TEST_CASE("a refusal says whether the key or the value is the wrong one")
{
    SystemEntropy entropy;
    KeyArena arena(4);
    const auto key = arena.create(entropy);
    const auto other = arena.create(entropy);
    const Context place{"person", {}, "name", entrustment(1)};
    auto sealed = seal_value(key, place, {}, entropy);
    CHECK(sealed.size() == kSealOverhead);
    CHECK(open_value(key, place, sealed).value().empty());
    CHECK(open_value(other, place, sealed).error().is(kOtherKey));
    sealed.back() ^= 1;
    CHECK(open_value(key, place, sealed).error().is(kBrokenSeal));
    sealed[0] = 2;
    CHECK(open_value(key, place, sealed).error().is(kUnknownFormat));
}

TEST_CASE("no nonce is used twice")
{
    SystemEntropy entropy;
    KeyArena arena(4);
    const auto key = arena.create(entropy);
    const Context place{"person", {}, "name", entrustment(1)};
    std::unordered_set<std::string> seen;
    constexpr std::size_t kSeals = 200'000;
    seen.reserve(kSeals);
    for (std::size_t i = 0; i < kSeals; ++i) {
        const auto sealed = seal_value(key, place, {}, entropy);
        seen.emplace(as_text(ByteView(sealed).subspan(9, kNonceSize)));
    }
    CHECK(seen.size() == kSeals);
}
