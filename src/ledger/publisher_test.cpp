#include "ledger/publisher.h"

#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger/reconcile.h"
#include "ledger/tree/proof.h"
#include "ledger_migrations.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::ledger;
using storage::Db;
using storage::Snapshot;
using storage::Tx;

namespace {

constexpr Instant kNow{1'795'226'700'000'000};

seal::SigningKey key(std::uint64_t seed)
{
    SeededEntropy entropy(seed);
    return seal::SigningKey::create(entropy);
}

Publisher publisher()
{
    return Publisher({"azukari.example/ledger", key(1),
                      note::VerifierKey{"ward.example/witness", note::KeyType::cosigner, key(2).public_key()}});
}

void with_ledger(const std::function<void(Db&)>& test)
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](Db& db) {
        INFO(db.engine());
        grow_with(db);
        test(db);
    });
}

void add(Db& db, int count)
{
    Entry entry;
    entry.at = kNow;
    entry.act = "roster.submitted";
    entry.actor = "0190a0b0-0000-7000-8000-000000000001";
    entry.entrustment = EntrustmentId::parse("0190a0b0-0000-7000-8000-000000000002");
    entry.outcome = "done";
    db.write([&](Tx& tx) {
        for (int i = 0; i < count; ++i) {
            entry.object = "object-" + std::to_string(tx.integer("select count(*) from ledger_entry"));
            append(tx, entry);
        }
    });
}

Published publish(Db& db)
{
    return db.write([](Tx& tx) { return publisher().publish(tx, kNow); });
}

Result<Cosigned> import(Db& db, const std::string& text)
{
    return db.write([&](Tx& tx) { return publisher().import_cosignature(tx, text); });
}

} // namespace

TEST_CASE("a checkpoint is signed once for each size of the ledger [K79]")
{
    with_ledger([](Db& db) {
        add(db, 3);
        const auto first = publish(db);
        CHECK(first.checkpoint.size == 3);
        CHECK(note::is_signed_by(first.note, publisher().key()));
        CHECK(publish(db).note.whole() == first.note.whole());
        add(db, 1);
        CHECK(publish(db).checkpoint.size == 4);
        CHECK(note::VerifierKey::parse(publisher().key().text()) == publisher().key());
        CHECK(publisher().policy().find("quorum ward\n") != std::string::npos);
    });
}

TEST_CASE("what was signed once is never contradicted by a new signature [K79]")
{
    with_ledger([](Db& db) {
        add(db, 300);
        publish(db);
        db.write([](Tx& tx) { // somebody removes the end of the ledger, tree and all
            tx.execute("delete from ledger_entry where seq >= 200");
            tx.execute("delete from ledger_tile");
            tx.execute("update ledger_head set entries = 0, tree_size = 0, tree_root = null");
        });
        CHECK_THROWS_AS(publish(db), storage::StorageFault);
    });
}

TEST_CASE("a receipt proves one entry offline, under the first checkpoint that holds it [K79]")
{
    with_ledger([](Db& db) {
        add(db, 10);
        publish(db);
        add(db, 500);
        CHECK(db.read([](const Snapshot& data) { return publisher().receipt(data, 12); }).error().is(kNotPublished));
        CHECK(db.read([](const Snapshot& data) { return publisher().receipt(data, 510); }).error().is(kNoSuchEntry));
        publish(db);
        for (const auto& [seq, size] : {std::pair(4U, 10U), {12U, 510U}, {509U, 510U}}) {
            const auto text = db.read([&](const Snapshot& data) { return publisher().receipt(data, seq); }).value();
            const auto receipt = note::Receipt::parse(text).value();
            CHECK(receipt.checkpoint.size == size);
            CHECK(note::is_signed_by(receipt.note, publisher().key()));
            const auto leaf = db.read([&](const Snapshot& data) {
                return data.one("select bytes from ledger_entry where seq = ?", {seq},
                                [](const storage::Row& row) { return tree::leaf_hash(row.blob(0)); });
            });
            CHECK(tree::proves_inclusion(*leaf, seq, size, receipt.checkpoint.root, receipt.inclusion));
        }
    });
}

TEST_CASE("the ward's cosignature comes back, and the ledger says since when and how much is not witnessed [K79]")
{
    with_ledger([](Db& db) {
        const auto early = db.read([](const Snapshot& data) { return publisher().witness_request(data); });
        CHECK(early.error().is(kNothingToWitness));
        add(db, 7);
        const auto published = publish(db);
        const auto request = db.read([](const Snapshot& data) { return publisher().witness_request(data); }).value();
        CHECK(request == "old 0\n\n" + published.note.whole());
        add(db, 2);
        const auto line = note::cosign("ward.example/witness", key(2), published.note.text, 1'795'230'000);
        const auto taken = import(db, line.text());
        REQUIRE(taken);
        CHECK(taken->size == 7);
        CHECK(taken->at.micros == 1'795'230'000'000'000);
        const auto state = db.read([](const Snapshot& data) { return publisher().witnessing(data); });
        CHECK(state.last->size == 7);
        CHECK(state.unwitnessed == 2);
        publish(db);
        const auto next = db.read([](const Snapshot& data) { return publisher().witness_request(data); }).value();
        CHECK(next.starts_with("old 7\n"));
        CHECK(import(db, published.note.whole() + line.text())); // a whole checkpoint is understood too
        CHECK(db.read([](const Snapshot& data) { return checkpoint_of(data, 7); })->note.signatures.size() == 2);
    });
}

TEST_CASE("what is not the ward's signature under one of our checkpoints is not taken")
{
    with_ledger([](Db& db) {
        add(db, 7);
        const auto published = publish(db);
        const auto by = [&](const char* name, std::uint64_t seed, const std::string& text) {
            return note::cosign(name, key(seed), text, 1).text();
        };
        CHECK(import(db, "見本").error().is(kNotACosignature));
        CHECK(import(db, by("stranger.example", 9, published.note.text)).error().is(kStrangeWitness));
        CHECK(import(db, by("ward.example/witness", 9, published.note.text)).error().is(kStrangeWitness));
        CHECK(import(db, by("ward.example/witness", 2, "another\n1\n")).error().is(kCosignatureOfNothing));
    });
}

TEST_CASE("the untouched store reconciles with its tree [K79]")
{
    with_ledger([](Db& db) {
        for (int i = 0; i < 5; ++i) {
            add(db, 130);
            publish(db);
        }
        const auto line = note::cosign("ward.example/witness", key(2), publish(db).note.text, 1);
        REQUIRE(import(db, line.text()));
        const auto report =
            db.read([](const Snapshot& data) { return reconcile(data, publisher().key(), publisher().witness()); });
        CHECK(report.entries == 650);
        for (const auto& found : report.discrepancies) MESSAGE(found.sentence);
        CHECK(report.discrepancies.empty());
    });
}

TEST_CASE("every row edited, removed or added behind the ledger's back is noticed [K79]")
{
    const char* edits[] = {
        "update ledger_entry set at = at + 1 where seq = 300",
        "update ledger_entry set act = 'roster.withdrawn' where seq = 300",
        "update ledger_entry set actor = 'somebody' where seq = 300",
        "update ledger_entry set entrustment = null where seq = 300",
        "update ledger_entry set object = 'else' where seq = 300",
        "update ledger_entry set bytes = (select bytes from ledger_entry where seq = 301) where seq = 300",
        "update ledger_entry set seq = 10000 where seq = 300",
        "delete from ledger_entry where seq = 300",
        "delete from ledger_entry where seq = 649",
        "delete from ledger_entry where seq = 0",
        "insert into ledger_entry select 650, at, act, actor, entrustment, object, bytes from ledger_entry "
        "where seq = 0",
        "update ledger_head set entries = entries - 1",
        "update ledger_head set entries = entries + 1",
        "update ledger_head set tree_size = tree_size - 1",
        "update ledger_head set tree_root = (select tree_root from ledger_head where id = 9)",
        "delete from ledger_block where number = 1",
        "update ledger_block set digest = (select digest from ledger_block where number = 0) where number = 1",
        "insert into ledger_block select 2, digest from ledger_block where number = 0",
        "delete from ledger_tile where level = 0 and number = 1",
        "update ledger_tile set nodes = (select nodes from ledger_tile where level = 0 and number = 0) "
        "where number = 1",
        "insert into ledger_tile select 3, 0, nodes from ledger_tile where level = 0 and number = 0",
        "update ledger_checkpoint set note = (select note from ledger_checkpoint where size = 130) where size = 260",
        "update ledger_checkpoint set note = replace(note, 'z', 'y')",
        "update ledger_checkpoint set size = 131 where size = 130",
        "update ledger_cosignature set line = replace(line, 'A', 'B')",
        "update ledger_cosignature set size = 130",
    };
    for (const auto* edit : edits) {
        with_ledger([&](Db& db) {
            INFO(std::string(edit));
            for (int i = 0; i < 5; ++i) {
                add(db, 130);
                publish(db);
            }
            const auto line = note::cosign("ward.example/witness", key(2), publish(db).note.text, 1);
            REQUIRE(import(db, line.text()));
            bool noticed = false;
            try {
                const auto edited = db.write([&](Tx& tx) { return tx.execute(edit); });
                REQUIRE(edited > 0);
                noticed = !db.read([](const Snapshot& data) {
                                 return reconcile(data, publisher().key(), publisher().witness());
                             }).discrepancies.empty();
            } catch (const storage::StorageFault&) {
                noticed = true; // what can no longer be read, or committed upon, is noticed as well
            }
            CHECK(noticed);
        });
    }
}
