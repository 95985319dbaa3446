#include "verify/command.h"
#include "verify/form/paper.h"
#include "verify/tree.h"
#include "verify/trial/sample_ledger.h"
#include "verify/witness.h"

#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger/note/paper.h"
#include "ledger_migrations.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

using namespace azukari;
using namespace azukari::verify;
using namespace azukari::verify::trial;
using storage::Db;
using storage::Snapshot;
using storage::Tx;

namespace {

// The ward's PC: a folder with the witness's key and state.
class WardDesk {
public:
    WardDesk() : folder_(std::filesystem::temp_directory_path() / ("azukari-ward-" + std::to_string(getpid())))
    {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~WardDesk() { std::filesystem::remove_all(folder_); }
    std::string file(const std::string& name) const { return (folder_ / name).string(); }
    std::string put(const std::string& name, std::string_view content) const
    {
        std::ofstream(folder_ / name, std::ios::binary) << content;
        return file(name);
    }
    std::string get(const std::string& name) const
    {
        std::ifstream in(folder_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    int run(std::vector<std::string> arguments, std::string* said = nullptr) const
    {
        std::ostringstream out;
        const int code = verify::run(
            arguments, [] { return std::uint64_t{1'795'230'000}; }, out);
        if (said != nullptr) *said = out.str();
        return code;
    }

private:
    std::filesystem::path folder_;
};

void with_ledger(const std::function<void(Db&)>& test)
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](Db& db) {
        ledger::grow_with(db);
        test(db);
    });
}

std::string request(Db& db, const ledger::Publisher& by, std::optional<std::uint64_t> old_size = {})
{
    return db.read([&](const Snapshot& data) { return by.witness_request(data, old_size); }).value();
}

} // namespace

TEST_CASE("the ward cosigns on a PC without a network, and the ledger takes the cosignature in [K79]")
{
    with_ledger([](Db& db) {
        const WardDesk ward;
        std::string said;
        REQUIRE(ward.run({"witness", "--new-key", "ward.example/witness", "--key", ward.file("key")}, &said) == 0);
        const auto witness_key = ledger::note::VerifierKey::parse(said.substr(0, said.size() - 1));
        REQUIRE(witness_key);
        const ledger::Publisher by({"azukari.example/ledger", key_of(1), witness_key});
        REQUIRE(ward.run({"witness", "--state", ward.file("state"), "--trust", by.key().text()}) == 0);
        std::uint64_t size = 0;
        for (const std::uint64_t more : {5, 300, 1, 700}) {
            append_samples(db, more);
            size += more;
            publish(db, by);
            const auto name = std::to_string(size);
            const auto in = ward.put("in" + name, request(db, by));
            INFO(name);
            REQUIRE(ward.run({"witness", "--key", ward.file("key"), "--state", ward.file("state"), "--in", in, "--out",
                              ward.file("out" + name)},
                             &said) == 0);
            const auto back = ward.get("out" + name);
            const auto taken = db.write([&](Tx& tx) { return by.import_cosignature(tx, back); });
            REQUIRE(taken);
            CHECK(taken->size == size);
            CHECK(db.read([&](const Snapshot& data) { return by.witnessing(data); }).unwitnessed == 0);
        }
        // An old request is refused, for the witness has moved on; the ledger can ask from where the witness stands.
        CHECK(ward.run({"witness", "--key", ward.file("key"), "--state", ward.file("state"), "--in",
                        ward.put("again", request(db, by, 5)), "--out", ward.file("never")},
                       &said) == kNotVerified);
        CHECK(said.find("1006件") != std::string::npos);
        CHECK(ward.run({"witness", "--key", ward.file("key"), "--state", ward.file("state"), "--in",
                        ward.put("lost", request(db, by, 1006)), "--out", ward.file("second")}) == 0);
    });
}

TEST_CASE("a ledger that was rewritten gets no cosignature, however it is signed [K79]")
{
    const WardDesk ward;
    const WitnessKey key{"ward.example/witness", Seed{7}};
    with_ledger([&](Db& db) {
        append_samples(db, 50);
        publish(db, publisher());
        std::filesystem::remove(ward.file("state"));
        REQUIRE(ward.run({"witness", "--state", ward.file("state"), "--trust", publisher().key().text()}) == 0);
        REQUIRE(add_checkpoint(key, ward.file("state"), request(db, publisher()), 1).status == 200);
    });
    with_ledger([&](Db& other) {
        append_samples(other, 49);
        other.write([](Tx& tx) { ledger::append(tx, sample_entry(1000)); });
        append_samples(other, 50);
        publish(other, publisher());
        CHECK(add_checkpoint(key, ward.file("state"), request(other, publisher(), 50), 1).status == 422);
    });
}

TEST_CASE("of many requests at once, no two cosigned trees are inconsistent [K79]")
{
    with_ledger([](Db& db) {
        const WardDesk ward;
        const WitnessKey key{"ward.example/witness", Seed{7}};
        REQUIRE(ward.run({"witness", "--state", ward.file("state"), "--trust", publisher().key().text()}) == 0);
        std::vector<std::string> requests;
        for (int i = 0; i < 8; ++i) {
            append_samples(db, 10);
            publish(db, publisher());
            for (std::uint64_t old_size = 0; old_size <= 10U * static_cast<unsigned>(i + 1); old_size += 10)
                requests.push_back(request(db, publisher(), old_size));
        }
        std::atomic<int> cosigned = 0;
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                Rng rng(t);
                for (int i = 0; i < 40; ++i) {
                    const auto& asked = requests[rng.below(requests.size())];
                    const auto answer = add_checkpoint(key, ward.file("state"), asked, 1);
                    if (answer.status == 200) ++cosigned;
                    if (answer.status != 200 && answer.status != 409) cosigned = -1000;
                }
            });
        }
        threads.clear();
        CHECK(cosigned > 0);
        WitnessState state(ward.file("state"));
        CHECK(state.problem().empty());
        CHECK(state.logs.at(0).size % 10 == 0);
    });
}

TEST_CASE("the receipt and the paper that the ledger gives are understood by the verifier [K79]")
{
    with_ledger([](Db& db) {
        const WardDesk ward;
        append_samples(db, 600);
        const auto published = publish(db, publisher());
        const auto vkey = publisher().key().text();
        for (const std::uint64_t seq : {0, 255, 256, 599}) {
            const auto receipt = db.read([&](const Snapshot& data) { return publisher().receipt(data, seq); }).value();
            const auto entry = db.read([&](const Snapshot& data) {
                return data.one("select bytes from ledger_entry where seq = ?", {seq},
                                [](const storage::Row& row) { return std::string(as_text(row.blob(0))); });
            });
            const auto proof = ward.put("receipt", receipt);
            CHECK(ward.run({"inclusion", proof, ward.put("entry", *entry + "\n"), "--vkey", vkey}) == 0);
            CHECK(ward.run({"inclusion", proof, ward.put("entry", *entry + "x"), "--vkey", vkey}) == kNotVerified);
        }
        const auto reading = read_paper("azukari.example/ledger", ledger::note::to_paper(published.checkpoint));
        REQUIRE(reading.checkpoint);
        CHECK(reading.checkpoint->size == 600);
        CHECK(reading.checkpoint->root == published.checkpoint.root);
        append_samples(db, 20);
        const auto bundle = ward.put("bundle.zip", bundle_of(db, publisher()));
        const auto paper = ward.put("paper", ledger::note::to_paper(published.checkpoint));
        CHECK(ward.run({"bundle", bundle, "--vkey", vkey, "--paper", paper}) == 0);
        auto wrong = published.checkpoint;
        wrong.root[0] ^= 1;
        const auto forged = ward.put("forged", ledger::note::to_paper(wrong));
        CHECK(ward.run({"bundle", bundle, "--vkey", vkey, "--paper", forged}) == kNotVerified);
        const auto older = ward.put("older", published.note.whole());
        const auto newer = ward.put("newer", publish(db, publisher()).note.whole());
        const auto steps = ward.put("steps", request(db, publisher(), 600));
        CHECK(ward.run({"consistency", older, newer, "--proof", steps, "--vkey", vkey}) == 0);
        CHECK(ward.run({"consistency", newer, older, "--proof", steps, "--vkey", vkey}) == kNotVerified);
    });
}
