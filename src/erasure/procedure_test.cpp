#include "erasure/procedure.h"

#include "approval/approval_refusals.h"
#include "erasure/erasure_refusals.h"
#include "erasure/replay.h"
#include "erasure/testing.h"
#include "infra/storage/testing.h"
#include "retention/hold_store.h"
#include "retention/retention_refusals.h"

#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <sys/wait.h>
#include <unistd.h>

using namespace azukari;
using namespace azukari::erasure;
using namespace azukari::erasure::testing;
using enum access::Role;
namespace actions = access::actions;

namespace {

void on_every_store(const std::function<void(Archive&)>& test)
{
    storage::testing::on_every_store(std::span<const storage::Migration>(), [&](storage::Db& db) {
        CAPTURE(db.engine());
        const TemporaryFolder folder;
        migrate(db);
        Archive archive(folder.path(), &db);
        test(archive);
    });
}

std::string content(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Whether the bytes stand in any file below the folder.
bool stands_somewhere(const std::filesystem::path& folder, std::string_view bytes)
{
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && content(entry.path()).find(bytes) != std::string::npos) return true;
    return false;
}

void put_back(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

} // namespace

TEST_CASE("a batch is erased by what three persons agreed to, and a fourth step finds nothing that opens [K61]")
{
    on_every_store([](Archive& archive) {
        const auto batch = archive.take_in(20, "見本太郎");
        const auto other = archive.take_in(5, "試験花子");
        CHECK(archive.open_letter(batch.persons[3]).value() == "見本太郎-3");
        const auto id = archive.planned({TargetKind::batch, batch.id});
        CHECK(archive.find(id).scale.subjects == 20);
        CHECK(archive.find(id).scale.keys == 20);
        CHECK(archive.find(id).scale.rows ==
              std::map<std::string, std::int64_t>{{"shelf_letter", 20}, {"shelf_note", 20}});
        CHECK(archive.carry_out(id).error().is(approval::kNotGranted));
        REQUIRE(agree(archive.means, archive.scope(actions::kAgreeErasure, security_officer), id));
        REQUIRE(agree(archive.means, archive.scope(actions::kAgreeErasure, handling_supervisor), id));
        CHECK(archive.check(id).error().is(kNotBegun));
        REQUIRE(archive.carry_out(id));
        CHECK(state_of(archive.find(id)) == State::unchecked);
        CHECK(archive.letters() == 5);
        CHECK_FALSE(archive.open_letter(batch.persons[3]));
        CHECK(archive.open_letter(other.persons[4]).value() == "試験花子-4");

        const auto own = check(archive.means, archive.scope(actions::kCheckErasure, handler), id,
                               [](storage::Tx&, const Erasure&, const Findings&) {});
        CHECK(own.error().is(kOperatorChecks));
        const auto found = archive.check(id);
        REQUIRE(found);
        CHECK(found->probes == 16);
        CHECK(found->wrong() == 0);
        CHECK(state_of(archive.find(id)) == State::carried_out);
        CHECK(archive.carry_out(id).error().is(kAlreadyBegun));
    });
}

TEST_CASE("one person is erased and the others of the batch stay readable [K61]")
{
    on_every_store([](Archive& archive) {
        const auto batch = archive.take_in(3, "架空次郎");
        const auto id = archive.approved({TargetKind::person, batch.persons[1].text()});
        REQUIRE(archive.carry_out(id));
        REQUIRE(archive.check(id));
        CHECK_FALSE(archive.open_letter(batch.persons[1]));
        CHECK(archive.open_letter(batch.persons[0]).value() == "架空次郎-0");
        CHECK(archive.open_letter(batch.persons[2]).value() == "架空次郎-2");
        CHECK(plan(archive.means, archive.scope(actions::kPlanErasure, handler),
                   {TargetKind::person, batch.persons[1].text()}, Cause::no_longer_needed)
                  .error()
                  .is(kNothingToErase));
    });
}

TEST_CASE("when the entrustment ends nothing can be taken in any more; when everybody is erased it goes on [K61]")
{
    on_every_store([](Archive& archive) {
        archive.take_in(4, "x");
        const auto everyone = archive.approved({TargetKind::everyone, archive.town->entrustment.text()});
        REQUIRE(archive.carry_out(everyone));
        CHECK(archive.check(everyone).value().wrong() == 0);
        const auto next_year = archive.take_in(2, "y");
        CHECK(archive.open_letter(next_year.persons[0]).value() == "y-0");
        const auto whole = archive.approved(archive.whole());
        REQUIRE(archive.carry_out(whole));
        CHECK(archive.check(whole).value().wrong() == 0);
        CHECK(archive.letters() == 0);
        CHECK(archive.keystore->is_destroyed(archive.town->entrustment));
        CHECK_FALSE(archive.keystore->add_entrustment(archive.town->entrustment));
    });
}

TEST_CASE("whatever comes in after the approval makes it void: nobody agreed to erase that [K61]")
{
    on_every_store([](Archive& archive) {
        archive.take_in(4, "x");
        const auto id = archive.approved(archive.whole());
        archive.take_in(1, "y");
        CHECK(archive.carry_out(id).error().is(approval::kChanged));
        CHECK(archive.letters() == 5);
        CHECK(plan(archive.means, archive.scope(actions::kPlanErasure, handler), archive.whole(), Cause::period_over)
                  .error()
                  .is(kAlreadyPlanned));
        REQUIRE(withdraw(archive.means, archive.scope(actions::kPlanErasure, handler), id));
        CHECK(state_of(archive.find(id)) == State::withdrawn);
        REQUIRE(archive.carry_out(archive.approved(archive.whole())));
        CHECK(archive.letters() == 0);
    });
}

TEST_CASE("a hold stops every erasure that touches what is held, at every stage [K63] [A-10]")
{
    on_every_store([](Archive& archive) {
        const auto batch = archive.take_in(3, "x");
        const auto other = archive.take_in(3, "y");
        IdSource ids(archive.town->moment.at, archive.entropy);
        const auto held = [&](const std::string& object) {
            return archive.db.write([&](storage::Tx& tx) {
                return retention::hold(tx, ids, archive.scope(actions::kHoldEnding, ward_officer), object, "立入調査");
            });
        };
        const auto may = [&](const Target& target) {
            const auto planned =
                plan(archive.means, archive.scope(actions::kPlanErasure, handler), target, Cause::period_over);
            if (!planned) return std::string(planned.error().code());
            CHECK(withdraw(archive.means, archive.scope(actions::kPlanErasure, handler), *planned));
            return std::string("may");
        };
        const Target first{TargetKind::batch, batch.id}, second{TargetKind::batch, other.id};
        const Target person{TargetKind::person, batch.persons[0].text()};
        const auto approved = archive.approved(first);
        const auto hold = held(batch.persons[1].text());
        REQUIRE(hold);
        CHECK(archive.carry_out(approved).error().is(retention::kHeld));
        REQUIRE(withdraw(archive.means, archive.scope(actions::kPlanErasure, handler), approved));
        CHECK(may(first) == "retention.held");
        CHECK(may(archive.whole()) == "retention.held");
        CHECK(may(second) == "may");
        CHECK(may(person) == "may");
        REQUIRE(held(batch.id));
        CHECK(may(person) == "retention.held");
        REQUIRE(held(""));
        CHECK(may(second) == "retention.held");
        CHECK(archive.letters() == 6);
    });
}

TEST_CASE("an erasure that left something is called incomplete, and is done again [K61]")
{
    on_every_store([](Archive& archive) {
        const auto batch = archive.take_in(2, "x");
        const auto id = archive.approved(archive.whole());
        // Somebody puts a row in while keys are being destroyed.
        archive.means.before_step = [&](std::string_view step) {
            if (step != "scrub") return;
            archive.db.write([&](storage::Tx& tx) {
                tx.execute("insert into shelf_note values (?, ?, ?)",
                           {archive.town->entrustment, batch.persons[0], Bytes{1}});
            });
        };
        REQUIRE(archive.carry_out(id));
        archive.means.before_step = nullptr;
        CHECK(archive.check(id).value().rows_left == 1);
        CHECK(state_of(archive.find(id)) == State::failed);
        CHECK(archive.find(id).certificates.empty());
        REQUIRE(repeat(archive.means, archive.scope(actions::kCarryOutErasure, handler), id));
        CHECK(archive.check(id).value().wrong() == 0);
        CHECK(state_of(archive.find(id)) == State::carried_out);
    });
}

// A process that is killed (kill -9) at one step after another; the next process finds a clear state and goes on.
TEST_CASE(
    "the house makes an erasure final by itself when nothing of it is left anywhere, and not a night before [K61]")
{
    on_every_store([](Archive& archive) {
        const auto batch = archive.take_in(3, "MARKER");
        const Instant now{1'800'000'000'000'000};
        IdSource ids(now, archive.entropy);
        ledger::Entry own;
        own.at = now;
        own.actor = "system";
        own.outcome = "done";
        const BackupSet keys{BackupSetId(IdBytes{}), BackupKind::keystore, "azukari-keys", Instant{1}, now, 1};
        const auto set =
            archive.db.write([&](storage::Tx& tx) { return record_backup(tx, ids, keys, std::nullopt, own); });
        const auto id = archive.approved({TargetKind::batch, batch.id});
        const auto night = [&] { return confirm_what_can_be(archive.means, archive.publisher, now); };
        REQUIRE(archive.carry_out(id));
        CHECK(night().waiting == 0); // not before somebody else has checked it
        REQUIRE(archive.check(id));
        CHECK(night().now == 0);
        CHECK(night().waiting == 1);
        REQUIRE(archive.db.write([&](storage::Tx& tx) { return record_destruction(tx, set, "上書き", own); }));
        archive.copies.push_back({"copy", "print", Instant{1}});
        CHECK(night().waiting == 1); // a copy is out
        archive.copies.clear();
        CHECK(night().now == 1);
        CHECK(state_of(archive.find(id)) == State::confirmed);
        CHECK(night().now + night().waiting == 0);

        // What the second stage says of the entrustment is what the first said.
        const auto erasure = archive.find(id);
        const auto first = erasure.find(Stage::carried_out)->note, second = erasure.find(Stage::confirmed)->note;
        const auto named = "entrustment " + erasure.entrustment.text() + " 見本の委託\n";
        CHECK(first.find(named) != std::string::npos);
        CHECK(second.find(named) != std::string::npos);
        CHECK(second.find("clause toku21 12\n") != std::string::npos);
        const auto file = archive.certificate(id, Stage::confirmed);
        const auto read = read_certificate(file, archive.publisher.key());
        REQUIRE(read);
        CHECK(read->target == Target{TargetKind::batch, batch.id});
        CHECK_FALSE(read_certificate(file.substr(0, 200), archive.publisher.key()));
        auto forged = file;
        forged[forged.find(batch.id)] ^= 1;
        CHECK_FALSE(read_certificate(forged, archive.publisher.key()));
    });
}

TEST_CASE("killed at any step, an erasure is never called erased before it is, and the next start ends it [K61] [D-1]")
{
    for (int stop = 0; stop < 80; ++stop) {
        CAPTURE(stop);
        const TemporaryFolder folder;
        ErasureId id{IdBytes{}};
        EntrustmentId entrustment{IdBytes{}};
        std::vector<SubjectId> persons;
        {
            Archive archive(folder.path());
            persons = archive.take_in(6, "MARKER").persons;
            archive.take_in(2, "OTHER");
            entrustment = archive.town->entrustment;
            const Target batch{TargetKind::person, persons[0].text()};
            id = archive.approved(stop % 2 == 0 ? batch : archive.whole());
        }
        const auto child = fork();
        if (child == 0) {
            int step = -1000000;
            const auto die_here = [&](std::string_view) {
                if (step++ == stop / 2) ::raise(SIGKILL);
            };
            Archive archive(folder.path(), nullptr, die_here); // the keystore's own steps on the disk count too
            archive.means.before_step = die_here;
            step = 0;
            (void)archive.carry_out(id);
            ::_exit(0);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        Archive archive(folder.path());
        const auto find = [&] {
            return archive.db.read([&](const storage::Snapshot& data) { return find_erasure(data, entrustment, id); })
                .value();
        };
        const auto before = state_of(find());
        CHECK((before == State::planned || before == State::under_way || before == State::unchecked));
        CHECK((killed || before == State::unchecked));
        CHECK(find().certificates.empty());
        const auto told = replay(archive.means, Instant{1'800'000'000'000'000});
        REQUIRE(told);
        CHECK(told->resumed == (before == State::under_way ? 1 : 0));
        const auto after = state_of(find());
        CHECK(after == (before == State::planned ? State::planned : State::unchecked));
        const auto letters = archive.letters();
        if (after == State::planned)
            CHECK(letters == 8);
        else
            CHECK(letters == (stop % 2 == 0 ? 7 : 0));
        CHECK(archive.keystore->is_destroyed(entrustment, persons[0]) == (after == State::unchecked));
        if (!killed) break;
        CHECK(stop < 78);
    }
}

TEST_CASE("a copy put back from before an erasure is emptied of it before anything is served [K-5] [L-5]")
{
    for (const bool old_keys : {false, true})
        for (const bool old_store : {false, true}) {
            CAPTURE(old_keys);
            CAPTURE(old_store);
            const TemporaryFolder folder, backup;
            std::vector<SubjectId> persons;
            EntrustmentId entrustment{IdBytes{}};
            ErasureId id{IdBytes{}};
            {
                Archive archive(folder.path());
                persons = archive.take_in(4, "MARKER").persons;
                entrustment = archive.town->entrustment;
                id = archive.approved({TargetKind::person, persons[2].text()});
            }
            put_back(folder.path(), backup.path());
            {
                Archive archive(folder.path());
                REQUIRE(archive.carry_out(id));
            }
            if (old_keys) put_back(backup.path() / "keys", folder.path() / "keys");
            if (old_store)
                std::filesystem::copy(backup.path() / "store.db", folder.path() / "store.db",
                                      std::filesystem::copy_options::overwrite_existing);
            Archive archive(folder.path());
            CHECK(archive.letters() == (old_store ? 4 : 3));
            CHECK(archive.keystore->is_destroyed(entrustment, persons[2]) == !old_keys);
            const auto told = replay(archive.means, Instant{1'800'000'000'000'000});
            REQUIRE(told);
            CHECK(told->keys_again == (old_keys ? 1 : 0));
            CHECK(told->persons_again == (old_store ? 1 : 0));
            CHECK(archive.letters() == 3);
            CHECK(archive.keystore->is_destroyed(entrustment, persons[2]));
            CHECK(archive.keystore->subject_kid(entrustment, persons[1]));
            CHECK(replay(archive.means, Instant{1'800'000'000'000'000})->keys_again == 0);
        }
}

TEST_CASE("after an erasure no byte of the folder holds what was sealed, and old keys open nothing that is left [K-4]")
{
    const TemporaryFolder folder, stolen;
    std::vector<Bytes> sealed;
    {
        Archive archive(folder.path());
        const auto batch = archive.take_in(50, "MARKER-PLANTED");
        CHECK_FALSE(stands_somewhere(folder.path(), "MARKER-PLANTED")); // never in clear, not even before
        sealed = archive.db.read([](const storage::Snapshot& data) {
            return data.all("select sealed from shelf_letter", {},
                            [](const storage::Row& row) { return row.bytes(0); });
        });
        REQUIRE(sealed.size() == 50);
        CHECK(stands_somewhere(folder.path(), as_text(sealed[7]))); // the search would find it
        put_back(folder.path() / "keys", stolen.path() / "keys");
        std::filesystem::copy(folder.path() / "root.key", stolen.path() / "root.key");
        const auto id = archive.approved({TargetKind::batch, batch.id});
        REQUIRE(archive.carry_out(id));
        REQUIRE(archive.check(id));
        for (const auto& value : sealed) CHECK_FALSE(stands_somewhere(folder.path(), as_text(value)));
    }
    for (const auto& value : sealed) CHECK_FALSE(stands_somewhere(folder.path(), as_text(value)));
    CHECK_FALSE(stands_somewhere(folder.path(), "MARKER-PLANTED"));
    // The keystore as it was before the erasure, with the root's secret: nothing is left that it could open.
    CHECK(std::filesystem::file_size(stolen.path() / "keys" / "keystore.azk") > 0);
    CHECK(content(stolen.path() / "keys" / "keystore.azk") != content(folder.path() / "keys" / "keystore.azk"));
}
