#include "ledger/ledger.h"

#include "base/random.h"
#include "infra/storage/testing.h"
#include "ledger/acts.h"
#include "ledger/ledger_store.h"
#include "ledger/search_store.h"
#include "ledger/tree/proof.h"
#include "ledger_migrations.h"

#include <doctest/doctest.h>
#include <set>

using namespace azukari;
using namespace azukari::ledger;
using storage::Db;
using storage::Snapshot;
using storage::Tx;

namespace {

constexpr RefusalKind kNo{"test.no", "いいえ"};

Entry entry(std::int64_t minute, std::string_view act = "register.edited")
{
    Entry made;
    made.at = Instant{1'795'226'700'000'000} + Duration::minutes(minute);
    made.act = act;
    made.actor = "0190a0b0-0000-7000-8000-000000000001";
    made.object = "object-" + std::to_string(minute);
    made.outcome = "done";
    return made;
}

void with_ledger(const std::function<void(Db&)>& test)
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](Db& db) {
        INFO(db.engine());
        grow_with(db);
        test(db);
    });
}

tree::Hash root_of_rows(const Snapshot& data)
{
    tree::Edge edge;
    each_entry(data, 0, read_head(data).entries, [&](std::uint64_t, ByteView bytes) {
        edge.push(tree::leaf_hash(bytes), [](unsigned, std::uint64_t, const tree::Tile&) {});
    });
    return edge.root();
}

void check_tree(Db& db, std::uint64_t size)
{
    db.read([&](const Snapshot& data) {
        const auto head = read_head(data);
        REQUIRE(head.entries == size);
        REQUIRE(head.tree_size == size);
        REQUIRE(head.tree_root == root_of_rows(data));
        Tiles tiles(data);
        REQUIRE(tree::root_at(size, tiles.source()) == head.tree_root);
    });
}

} // namespace

TEST_CASE("an entry is there exactly when what it tells is, and the tree holds it after the commit [K79]")
{
    with_ledger([](Db& db) {
        CHECK(db.write([](Tx& tx) { return append(tx, entry(0)); }) == 0);
        const auto refused = db.write([](Tx& tx) -> Result<int> {
            append(tx, entry(1));
            return refuse(kNo);
        });
        CHECK_FALSE(refused);
        CHECK_THROWS(db.write([](Tx& tx) {
            append(tx, entry(2));
            throw Fault("the world failed");
        }));
        CHECK(db.write([](Tx& tx) { return append(tx, entry(3)); }) == 1);
        check_tree(db, 2);
    });
}

TEST_CASE("the tree grows right over many commits of many sizes [K79]")
{
    with_ledger([](Db& db) {
        Rng rng(5);
        std::uint64_t size = 0;
        while (size < 700) {
            std::vector<Entry> some;
            for (auto n = 1 + rng.below(60); n > 0; --n) some.push_back(entry(static_cast<std::int64_t>(size)));
            if (rng.below(4) == 0) {
                CHECK_FALSE(db.write([&](Tx& tx) -> Result<int> {
                    append(tx, some);
                    return refuse(kNo);
                }));
                continue;
            }
            CHECK(db.write([&](Tx& tx) { return append(tx, some); }) == size);
            size += some.size();
            check_tree(db, size);
        }
    });
}

TEST_CASE(
    "many entries at once go into the tree as they are written, behind those that wait, one by one as alone [K79]")
{
    with_ledger([](Db& db) {
        std::vector<Entry> many;
        for (int i = 0; i < 700; ++i) many.push_back(entry(i % 50)); // a clock that is set back again and again
        db.write([&](Tx& tx) {
            for (int i = 0; i < 300; ++i) append(tx, entry(i));
            CHECK(append(tx, many) == 300);
            CHECK(append(tx, entry(1000)) == 1000);
        });
        CHECK_FALSE(db.write([&](Tx& tx) -> Result<int> {
            append(tx, many);
            return refuse(kNo);
        }));
        CHECK(db.write([&](Tx& tx) { return append(tx, many); }) == 1001);
        CHECK(db.write([&](Tx& tx) { return append(tx, entry(1001)); }) == 1701);
        check_tree(db, 1702);
        db.read([](const Snapshot& data) {
            std::uint64_t blocks = 0;
            each_block(data, 0, kEndOfTime, [&](std::uint64_t number, const BlockDigest& digest) {
                CHECK(number == blocks++);
                CHECK(digest.bits() == digest_of(data, number).bits());
            });
            CHECK(blocks == 1702 / kBlock);
            const auto found = find_entry(data, 310).value();
            CHECK(found.entry.at == entry(299).at);
            CHECK(found.told == entry(10).at);
        });
    });
}

TEST_CASE("a ledger opened again goes on where it stopped")
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](Db& db) {
        for (const std::size_t size : {1, 254, 1, 300, 7}) {
            const std::vector<Entry> some(size, entry(0));
            db.write([&](Tx& tx) { append(tx, some); });
            db.write([](Tx& tx) { grow(tx); }); // knows nothing of the edge, like a new process
        }
        check_tree(db, 563);
        db.write([](Tx& tx) {
            append(tx, entry(0));
            tx.execute("update ledger_tile set nodes = (select nodes from ledger_tile where level = 0 and number = 0)");
        });
        CHECK_THROWS_AS(db.write([](Tx& tx) { grow(tx); }), storage::StorageFault);
    });
}

TEST_CASE("time never runs backwards along the ledger, and what the clock said is kept")
{
    with_ledger([](Db& db) {
        db.write([](Tx& tx) { append(tx, entry(10)); });
        db.write([](Tx& tx) { append(tx, entry(4)); });
        db.read([](const Snapshot& data) {
            const auto second = find_entry(data, 1).value();
            CHECK(second.entry.at == entry(10).at);
            CHECK(second.told == entry(4).at);
        });
    });
}

TEST_CASE("what is not in the table of acts, or is not an entry, fails the transaction")
{
    with_ledger([](Db& db) {
        CHECK_THROWS_AS(db.write([](Tx& tx) { append(tx, entry(0, "register.unheard_of")); }), Fault);
        auto named = entry(0);
        named.object = "見本 太郎";
        CHECK_THROWS_AS(db.write([&](Tx& tx) { append(tx, named); }), Fault);
        auto long_one = entry(0);
        for (int i = 0; i < 20; ++i) long_one.references["ref" + std::to_string(i)] = std::string(1000, 'a');
        CHECK_THROWS_AS(db.write([&](Tx& tx) { append(tx, long_one); }), Fault);
        check_tree(db, 0);
    });
}

TEST_CASE("every act has a code of its own and a sentence")
{
    std::set<std::string_view> codes;
    for (const auto& act : kActs) {
        CHECK(codes.insert(act.code).second);
        const bool told = act.japanese.ends_with("た") || act.japanese.ends_with("だ");
        CHECK(told);
        Entry made = entry(0, act.code);
        CHECK_FALSE(flaw(made));
    }
}
