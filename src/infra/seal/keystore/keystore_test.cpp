#include "infra/seal/keystore/keystore.h"

#include "base/fault.h"
#include "infra/seal/keystore/passphrase_provider.h"
#include "infra/seal/sealed_value.h"

#include <atomic>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace azukari;
using namespace azukari::seal;

namespace {

constexpr PasswordCost kLight{8, 1};
const Instant kNoon{1'700'000'000'000'000};

class Desk { // a directory of its own, with a passphrase
public:
    Desk()
    {
        // In memory where there is such a place: these tests sync often and power does not fail.
        const bool memory = std::filesystem::exists("/dev/shm");
        std::string pattern = std::string(memory ? "/dev/shm" : "/tmp") + "/azk-keystore-XXXXXX";
        base_ = mkdtemp(pattern.data());
        options.directory = base_ / "keys";
        options.keys_in_memory = 64;
    }
    ~Desk() { std::filesystem::remove_all(base_); }

    std::filesystem::path file() const { return options.directory / "keystore.azk"; }
    Bytes bytes() const
    {
        std::ifstream in(file(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        return to_bytes(text);
    }
    void put(ByteView content) const
    {
        std::ofstream out(file(), std::ios::binary | std::ios::trunc);
        out << as_text(content);
    }
    Keystore created() { return Keystore::create(options, provider, entropy).value(); }
    Result<Keystore> open() { return Keystore::open(options, provider, entropy); }
    Keystore opened() { return open().value(); }
    template <class Noun>
    Id<Noun> id()
    {
        return IdSource(kNoon, entropy).next<Noun>();
    }
    std::vector<SubjectId> people(std::size_t count)
    {
        std::vector<SubjectId> ids;
        for (std::size_t i = 0; i < count; ++i) ids.push_back(id<SubjectNoun>());
        return ids;
    }

    SystemEntropy entropy;
    PassphraseProvider provider{SecretText("春はあけぼのやうやう白くなりゆく"), kLight};
    KeystoreOptions options;

private:
    std::filesystem::path base_;
};

struct Written { // an entrustment with people, each with a sealed name
    EntrustmentId entrustment;
    std::vector<SubjectId> people;
    std::vector<Bytes> names;
};

Context name_of(EntrustmentId entrustment, const SubjectId& subject)
{
    return {"person", subject.bytes(), "name", entrustment};
}

Written write_people(Desk& desk, Keystore& keystore, std::size_t count)
{
    Written written{desk.id<EntrustmentNoun>(), desk.people(count), {}};
    REQUIRE(keystore.add_entrustment(written.entrustment));
    REQUIRE(keystore.add_subjects(written.entrustment, written.people));
    for (const auto& person : written.people)
        written.names.push_back(seal_value(keystore.subject_key(written.entrustment, person, kNoon).value(),
                                           name_of(written.entrustment, person), as_bytes("架空 次郎"), desk.entropy));
    return written;
}

bool all_readable(Keystore& keystore, const Written& written)
{
    for (std::size_t i = 0; i < written.people.size(); ++i) {
        const auto key = keystore.subject_key(written.entrustment, written.people[i], kNoon);
        if (!key) return false;
        const auto opened = open_value(*key, name_of(written.entrustment, written.people[i]), written.names[i]);
        if (!opened || as_text(*opened) != "架空 次郎") return false;
    }
    return true;
}

struct Stopped {};

} // namespace

TEST_CASE("what was sealed before a restart is read after it [K31]")
{
    Desk desk;
    Written written{desk.id<EntrustmentNoun>(), {}, {}};
    PublicKey ledger{};
    Kid csrf{}, whole{};
    {
        auto keystore = desk.created();
        written = write_people(desk, keystore, 20);
        ledger = keystore.ledger_key().value().public_key();
        csrf = keystore.service_key("csrf").kid();
        whole = keystore.entrustment_key(written.entrustment, kNoon).value().kid();
    }
    auto keystore = desk.opened();
    CHECK(all_readable(keystore, written));
    CHECK(keystore.ledger_key().value().public_key() == ledger);
    CHECK(keystore.service_key("csrf").kid() == csrf);
    CHECK(keystore.entrustment_key(written.entrustment, kNoon).value().kid() == whole);
    CHECK(keystore.count_subjects(written.entrustment) == 20);
    struct stat found {};
    REQUIRE(stat(desk.file().c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("each wrong way of opening a keystore says what is wrong")
{
    Desk desk;
    CHECK(desk.open().error().is(kNoKeystore));
    desk.created();
    PassphraseProvider wrong(SecretText("いづれの御時にか女御更衣あまた"), kLight);
    CHECK(Keystore::open(desk.options, wrong, desk.entropy).error().is(kWrongPassphrase));
    CHECK(Keystore::create(desk.options, desk.provider, desk.entropy).error().is(kKeystoreExists));
    {
        const auto keystore = desk.opened();
        CHECK(desk.open().error().is(kKeystoreInUse));
    }
    chmod(desk.options.directory.c_str(), 0750);
    CHECK(desk.open().error().is(kLooseKeystore));
    chmod(desk.options.directory.c_str(), 0700);
    CHECK(Keystore::recover(desk.options, Key256{}, desk.entropy).error().is(kSharesOfOtherKeystore));
    std::filesystem::remove(desk.options.directory / "ledger.key");
    CHECK(desk.opened().ledger_key().error().is(kNoLedgerKey));
    desk.put(as_bytes("SQLite format 3"));
    CHECK(desk.open().error().is(kKeystoreForeign));
    std::filesystem::remove(desk.file());
    CHECK(desk.open().error().is(kNoKeystore));
    CHECK(desk.open().error().sentence().find("keystore.azk") != std::string::npos);

    Desk other;
    PassphraseProvider brief(SecretText("短い合言葉"), kLight);
    CHECK(Keystore::create(other.options, brief, other.entropy).error().is(kShortPassphrase));
}

TEST_CASE("a first setting up that was interrupted is either whole or says that it was not finished")
{
    const auto act = [](int stop_at) {
        Desk desk;
        int step = 0;
        desk.options.before_step = [&](std::string_view) {
            if (step++ == stop_at) throw Stopped{};
        };
        if (stop_at < 0)
            desk.created();
        else
            REQUIRE_THROWS_AS((void)desk.created(), Stopped);
        const int steps = std::exchange(step, -1000);
        if (auto keystore = desk.open())
            CHECK(keystore->ledger_key());
        else
            CHECK(keystore.error().is(kNoKeystore));
        const auto again = Keystore::create(desk.options, desk.provider, desk.entropy);
        CHECK((again || again.error().is(kLedgerKeyAlone) || again.error().is(kKeystoreExists)));
        return steps;
    };
    const int steps = act(-1);
    for (int stop_at = 0; stop_at < steps; ++stop_at) act(stop_at);
}

TEST_CASE("many hands at once: everybody finds their key, and the erased stay erased")
{
    Desk desk;
    auto keystore = desk.created();
    const auto written = write_people(desk, keystore, 8);
    const auto erased = write_people(desk, keystore, 8);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> hands;
    for (int hand = 0; hand < 3; ++hand)
        hands.emplace_back([&] {
            for (int round = 0; round < 20; ++round) wrong += all_readable(keystore, written) ? 0 : 1;
        });
    hands.emplace_back([&] {
        for (const auto& person : erased.people)
            if (!keystore.destroy_subjects(erased.entrustment, std::span(&person, 1))) ++wrong;
    });
    hands.emplace_back([&] {
        SystemEntropy entropy;
        for (int i = 0; i < 8; ++i)
            if (!keystore.add_entrustment(IdSource(kNoon, entropy).next<EntrustmentNoun>())) ++wrong;
    });
    for (auto& hand : hands) hand.join();
    CHECK(wrong == 0);
    for (const auto& person : erased.people) CHECK(keystore.is_destroyed(erased.entrustment, person));
}

TEST_CASE("four thousand people receive their keys in one commit")
{
    Desk desk;
    auto keystore = desk.created();
    const auto entrustment = desk.id<EntrustmentNoun>();
    const auto people = desk.people(4413);
    CHECK(keystore.add_subjects(entrustment, people).error().is(kNoSuchEntrustment));
    REQUIRE(keystore.add_entrustment(entrustment));
    const auto before = keystore.mark();
    REQUIRE(keystore.add_subjects(entrustment, people));
    CHECK(keystore.mark().generation == before.generation + 1);
    const auto kid = keystore.subject_kid(entrustment, people[4412]).value();
    REQUIRE(keystore.add_subjects(entrustment, people)); // again: nothing changes
    CHECK(keystore.mark().generation == before.generation + 1);
    CHECK(keystore.subject_kid(entrustment, people[4412]).value() == kid);
    for (const auto& person : people) REQUIRE(keystore.subject_key(entrustment, person, kNoon));
    CHECK(keystore.count_subjects(entrustment) == 4413);
}

TEST_CASE("an erased person's key is gone at once, and for good; the others stay readable [K61]")
{
    Desk desk;
    const auto gone_of = [](const Written& written) { return std::span(written.people).first(2); };
    Written written{desk.id<EntrustmentNoun>(), {}, {}};
    {
        auto keystore = desk.created();
        written = write_people(desk, keystore, 5);
        const auto before = desk.bytes();
        const auto epoch = keystore.mark().epoch;
        REQUIRE(keystore.destroy_subjects(written.entrustment, gone_of(written)));
        CHECK(keystore.mark().epoch == epoch + 1);
        CHECK(keystore.subject_key(written.entrustment, written.people[0], kNoon).error().is(kErased));
        CHECK(keystore.subject_kid(written.entrustment, written.people[0]).error().is(kErased));
        CHECK(keystore.add_subjects(written.entrustment, gone_of(written)).error().is(kErased));
        CHECK(keystore.is_destroyed(written.entrustment, written.people[1]));
        CHECK_FALSE(keystore.is_destroyed(written.entrustment, written.people[2]));
        CHECK(keystore.destroy_subjects(written.entrustment, desk.people(1)).error().is(kNoSuchSubject));
        // No wrapped key of before stands in the file any more, neither of those erased nor of
        // those kept.
        const auto after = desk.bytes();
        // (48 bytes are longer than the names of a key, which stay, and shorter than a wrapped
        // key.)
        for (std::size_t at = 300; at + 48 < before.size(); at += 12)
            REQUIRE(as_text(after).find(as_text(before).substr(at, 48)) == std::string_view::npos);
    }
    auto keystore = desk.opened();
    CHECK(keystore.subject_key(written.entrustment, written.people[0], kNoon).error().is(kErased));
    CHECK(keystore.count_subjects(written.entrustment) == 3);
    written.people.erase(written.people.begin(), written.people.begin() + 2);
    written.names.erase(written.names.begin(), written.names.begin() + 2);
    CHECK(all_readable(keystore, written));
}

TEST_CASE("an entrustment that has ended cannot be opened or begun again [K61]")
{
    Desk desk;
    auto keystore = desk.created();
    const auto ended = write_people(desk, keystore, 3);
    const auto running = write_people(desk, keystore, 3);
    REQUIRE(keystore.destroy_entrustment(ended.entrustment));
    CHECK(keystore.is_destroyed(ended.entrustment));
    CHECK(keystore.is_destroyed(ended.entrustment, ended.people[0]));
    CHECK(keystore.entrustment_key(ended.entrustment, kNoon).error().is(kErased));
    CHECK(keystore.subject_key(ended.entrustment, ended.people[0], kNoon).error().is(kErased));
    CHECK(keystore.add_entrustment(ended.entrustment).error().is(kErased));
    CHECK(all_readable(keystore, running));
}

TEST_CASE("rotating keys leaves every value readable, and the old passphrase useless")
{
    Desk desk;
    Written written{desk.id<EntrustmentNoun>(), {}, {}};
    PassphraseProvider next(SecretText("月日は百代の過客にして行かふ年も"), kLight);
    {
        auto keystore = desk.created();
        written = write_people(desk, keystore, 5);
        const auto ledger = keystore.ledger_key().value().public_key();
        keystore.rotate_epoch();
        CHECK(all_readable(keystore, written));
        REQUIRE(keystore.rotate_root(next));
        CHECK(all_readable(keystore, written));
        CHECK(keystore.ledger_key().value().public_key() == ledger);
    }
    CHECK(desk.open().error().is(kWrongPassphrase));
    auto keystore = Keystore::open(desk.options, next, desk.entropy).value();
    CHECK(all_readable(keystore, written));
}

TEST_CASE("keys leave memory when their time is over")
{
    Desk desk;
    desk.options.forget_after = Duration::minutes(10);
    auto keystore = desk.created();
    const auto written = write_people(desk, keystore, 200); // more than the arena has places
    const auto kid = keystore.subject_key(written.entrustment, written.people[0], kNoon).value().kid();
    CHECK(all_readable(keystore, written));
    keystore.forget(kNoon + Duration::minutes(11));
    keystore.forget(std::nullopt);
    CHECK(keystore.subject_key(written.entrustment, written.people[0], kNoon).value().kid() == kid);
}

TEST_CASE("a change interrupted at any step leaves everything readable [K61]")
{
    const std::pair<const char*, std::function<void(Keystore&, KeyProvider&, const Written&)>> changes[] = {
        {"epoch", [](Keystore& keystore, KeyProvider&, const Written&) { keystore.rotate_epoch(); }},
        {"root", [](Keystore& keystore, KeyProvider& next, const Written&) { (void)keystore.rotate_root(next); }},
        {"erase", [](Keystore& keystore, KeyProvider&,
                     const Written& extra) { (void)keystore.destroy_subjects(extra.entrustment, extra.people); }},
        {"add", [](Keystore& keystore, KeyProvider&, const Written&) {
             SystemEntropy entropy;
             (void)keystore.add_entrustment(IdSource(kNoon, entropy).next<EntrustmentNoun>());
         }}};
    // One change, stopped before the given step, or not at all. Returns how many steps it has.
    const auto act = [](const auto& change, int stop_at) {
        Desk desk;
        PassphraseProvider next(SecretText("月日は百代の過客にして行かふ年も"), kLight);
        int step = -1000;
        desk.options.before_step = [&](std::string_view) {
            if (step++ == stop_at) throw Stopped{};
        };
        auto keystore = std::make_optional(desk.created());
        const auto written = write_people(desk, *keystore, 3);
        const auto extra = write_people(desk, *keystore, 2);
        step = 0;
        if (stop_at < 0)
            change(*keystore, next, extra);
        else
            REQUIRE_THROWS_AS(change(*keystore, next, extra), Stopped);
        const int steps = std::exchange(step, -1000);
        REQUIRE(all_readable(*keystore, written));
        keystore.reset();

        auto again = desk.open();
        if (!again) again = Keystore::open(desk.options, next, desk.entropy);
        REQUIRE(again);
        CHECK(all_readable(*again, written));
        CHECK(again->ledger_key());
        again->rotate_epoch(); // and writing goes on
        for (const auto* left : {"keystore.azk.new", "keystore.azk.old"})
            CHECK_FALSE(std::filesystem::exists(desk.options.directory / left));
        return steps;
    };
    for (const auto& [name, change] : changes) {
        CAPTURE(name);
        const int steps = act(change, -1);
        CHECK(steps >= 4);
        for (int stop_at = 0; stop_at < steps; ++stop_at) act(change, stop_at);
    }
}

TEST_CASE("after a write that may or may not have reached the disk, nothing more is written until the next start")
{
    Desk desk;
    bool stop = false;
    desk.options.before_step = [&](std::string_view step) {
        if (stop && step == "sync frame") throw Stopped{};
    };
    auto keystore = desk.created();
    stop = true;
    CHECK_THROWS_AS((void)keystore.add_entrustment(desk.id<EntrustmentNoun>()), Stopped);
    stop = false;
    CHECK_THROWS_AS((void)keystore.add_entrustment(desk.id<EntrustmentNoun>()), Fault);
}

TEST_CASE("a keystore cut off by a power failure keeps what was acknowledged")
{
    Desk desk;
    const auto written = [&] {
        auto keystore = desk.created();
        return write_people(desk, keystore, 3);
    }();
    const auto whole = desk.bytes();
    {
        auto keystore = desk.opened();
        REQUIRE(keystore.add_subjects(written.entrustment, desk.people(2)));
    }
    const auto more = desk.bytes();
    for (auto size = whole.size(); size < more.size(); ++size) {
        desk.put(ByteView(more).first(size));
        auto keystore = desk.open();
        CAPTURE(size);
        REQUIRE(keystore);
        REQUIRE(all_readable(*keystore, written));
        REQUIRE(keystore->add_subjects(written.entrustment, desk.people(1)));
    }
    auto zeros = whole; // blocks allocated, never written
    zeros.resize(more.size() + 100);
    desk.put(zeros);
    auto keystore = desk.opened();
    CHECK(all_readable(keystore, written));
}

TEST_CASE("every single changed byte of the keystore is noticed, or changes nothing")
{
    Desk desk;
    const auto written = [&] {
        auto keystore = desk.created();
        return write_people(desk, keystore, 2);
    }();
    const auto whole = desk.bytes();
    std::size_t harmless = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto changed = whole;
        changed[i] ^= 0x20;
        desk.put(changed);
        auto keystore = desk.open();
        if (!keystore) continue;
        ++harmless;
        CAPTURE(i);
        REQUIRE(keystore->mark().generation == 3);
        REQUIRE(all_readable(*keystore, written));
    }
    CHECK(harmless <= 20); // the last stamp, which is written again
    desk.put(whole);
    auto keystore = desk.opened();
    CHECK(all_readable(keystore, written));
}
