#include "ledger/witness/witness_exchange.h"

#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger_migrations.h"

#include <charconv>
#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::ledger;

namespace {

constexpr Instant kNow{1'795'226'700'000'000};
constexpr RefusalKind kNoLine{"test.no_line", "つながりません。"};

seal::SigningKey key(std::uint64_t seed)
{
    SeededEntropy entropy(seed);
    return seal::SigningKey::create(entropy);
}

// A ledger, and a witness that remembers one size and cosigns whatever follows from it. (Proofs are the business of the
// real witness: src/verify/trial.)
struct Table {
    storage::Db& db;
    Publisher publisher{{"azukari.example/ledger", key(1),
                         note::VerifierKey{"ward.example/witness", note::KeyType::cosigner, key(2).public_key()}}};
    std::uint64_t stands_at = 0;
    int asked = 0;
    std::optional<WitnessReply> instead{}; // of a right answer

    void add(int count)
    {
        db.write([&](storage::Tx& tx) {
            for (int i = 0; i < count; ++i) {
                Entry entry;
                entry.at = kNow;
                entry.act = "store.checked";
                entry.actor = "system";
                entry.outcome = "done";
                append(tx, entry);
            }
        });
        db.write([&](storage::Tx& tx) { publisher.publish(tx, kNow); });
    }
    Result<WitnessReply> answer(const std::string& request)
    {
        ++asked;
        if (instead) return *instead;
        std::uint64_t old_size = 0;
        std::from_chars(request.data() + 4, request.data() + request.find('\n'), old_size); // behind "old "
        if (old_size != stands_at) return WitnessReply{409, "text/x.tlog.size", std::to_string(stands_at) + "\n"};
        const auto note = note::SignedNote::parse(request.substr(request.find("\n\n") + 2)).value();
        stands_at = note::Checkpoint::parse(note.text)->size;
        return WitnessReply{200, "text/plain",
                            note::cosign("ward.example/witness", key(2), note.text, 1'795'230'000).text()};
    }
    Result<std::uint64_t> ask()
    {
        return ask_witness(db, publisher, [this](const std::string& request) { return answer(request); });
    }
    Witnessing state() const
    {
        return db.read([&](const storage::Snapshot& snapshot) { return publisher.witnessing(snapshot); });
    }
};

void on_every_store(const std::function<void(Table&)>& test)
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](storage::Db& db) {
        CAPTURE(db.engine());
        grow_with(db);
        Table table{db};
        test(table);
    });
}

} // namespace

TEST_CASE("the witness is asked for what is new, and left in peace when nothing is [K79]")
{
    on_every_store([](Table& table) {
        CHECK(table.ask().value() == 0); // no checkpoint yet
        CHECK(table.asked == 0);
        table.add(5);
        CHECK(table.ask().value() == 5);
        CHECK(table.state().unwitnessed == 0);
        CHECK(table.ask().value() == 5);
        CHECK(table.asked == 1);
        table.add(300);
        CHECK(table.ask().value() == 305);
        CHECK(table.asked == 2);
    });
}

TEST_CASE("when the witness's answer was lost, the next request starts from where the witness stands [K79]")
{
    on_every_store([](Table& table) {
        table.add(5);
        table.stands_at = 5; // it has cosigned, and nobody heard of it
        CHECK(table.ask().value() == 5);
        CHECK(table.asked == 2);
        CHECK(table.state().last->size == 5);
    });
}

TEST_CASE("a witness that says no, is ahead of the ledger, or talks nonsense leaves the entries unwitnessed [K79]")
{
    on_every_store([](Table& table) {
        table.add(5);
        for (const int status : {400, 403, 404, 409, 422, 500}) {
            table.instead = WitnessReply{status, "text/plain", "no\n"};
            const auto refused = table.ask();
            CHECK(refused.error().is(kWitnessSaidNo));
            CHECK(refused.error().sentence().find(std::to_string(status)) != std::string::npos);
        }
        table.instead = WitnessReply{409, "text/x.tlog.size", "9\n"};
        CHECK(table.ask().error().is(kWitnessAhead)); // somebody put an old ledger back
        for (const auto* size : {"", "-1\n", "5x\n", "99999999999999999999\n"}) {
            table.instead = WitnessReply{409, "text/x.tlog.size", size};
            CHECK(table.ask().error().is(kWitnessSaidNo));
        }
        table.instead = WitnessReply{200, "text/plain", "welcome\n"};
        CHECK(table.ask().error().is(kNotACosignature));
        const auto nobody = ask_witness(table.db, table.publisher,
                                        [](const std::string&) -> Result<WitnessReply> { return refuse(kNoLine); });
        CHECK(nobody.error().is(kNoLine));
        CHECK(table.state().unwitnessed == 5);
    });
}
