#include "access/signin/door.h"

#include "access/session_store.h"
#include "access/signin/attempt_store.h"
#include "access/signin/passkey_door.h"
#include "access/signin/totp_store.h"
#include "access/testing.h"
#include "access/webauthn/testing.h"
#include "infra/storage/testing.h"
#include "party/party_store.h"

#include <doctest/doctest.h>
#include <thread>

using namespace azukari;
using namespace azukari::access;

namespace {

const char* kPassword = "correct horse battery";
const Bytes kTotp = to_bytes("12345678901234567890");
const Key256 kKey{std::array<std::uint8_t, 32>{7}};

// A town, a door, and a further person who signs in with password and code.
struct Hall {
    explicit Hall(storage::Db& database)
        : db(database), town(db), passwords({.memory_kib = 64, .passes = 1}, 2), door(db, passwords, entropy, kKey)
    {
        const auto staff = db.write([&](storage::Tx& tx) {
            IdSource ids(town.moment.at, entropy);
            return *party::record_staff(
                tx, ids, town.moment, "system",
                {.organisation = town.contractor, .name = "仮名 六実", .kana = "カメイ ムツミ"});
        });
        const SecretText password(kPassword);
        account = door.create({{staff, "mutsumi", Role::handler}, password, kTotp}, "system", town.moment).value();
    }
    std::string code(Instant at) const { return totp_code(kTotp, totp_step(at)); }
    std::string_view try_in(std::string_view login, std::string password, std::string code, Moment at,
                            std::string_view address = "192.0.2.1")
    {
        const SecretText secret(std::move(password));
        const auto entered = door.sign_in(login, {secret, code, address}, at);
        return entered ? std::string_view("entered") : entered.error().code();
    }
    std::string_view enter(Moment at) { return try_in("mutsumi", kPassword, code(at.at), at); }
    Session session(Moment at)
    {
        const SecretText secret(kPassword);
        const auto token = door.sign_in("mutsumi", {secret, code(at.at), "192.0.2.1"}, at).value();
        return db.read([&](const storage::Snapshot& s) { return *find_session(s, token, at, {}); });
    }
    std::int64_t told(std::string_view act)
    {
        return db.read([&](const storage::Snapshot& s) {
            return s.integer("select count(*) from ledger_entry where act = ?", {act});
        });
    }
    Moment later(std::int64_t seconds) const { return Moment(town.moment.at + Duration::seconds(seconds)); }

    storage::Db& db;
    testing::Town town;
    SeededEntropy entropy{11};
    seal::Passwords passwords;
    Door door;
    AccountId account{IdBytes{}};
};

void in_hall(const std::function<void(Hall&)>& test)
{
    storage::testing::on_every_store(testing::migrations(), [&](storage::Db& db) {
        INFO(db.engine());
        Hall hall(db);
        test(hall);
    });
}

} // namespace

TEST_CASE("password and code open the door, and the ledger tells of it by ids [K13]")
{
    in_hall([](Hall& hall) {
        const auto before = hall.told("access.signed_in");
        const auto session = hall.session(hall.town.moment);
        CHECK(session.account == hall.account);
        CHECK(session.name == "仮名 六実");
        CHECK(hall.told("access.signed_in") == before + 1);
    });
}

TEST_CASE("wrong password, wrong code, no code and no such person are told the same [K13]")
{
    in_hall([](Hall& hall) {
        const auto now = hall.town.moment;
        const auto code = hall.code(now.at);
        CHECK(hall.try_in("mutsumi", "wrong horse battery", code, now, "192.0.2.1") == "signin.refused");
        CHECK(hall.try_in("mutsumi", kPassword, "000000", now, "192.0.2.2") == "signin.refused");
        CHECK(hall.try_in("mutsumi", kPassword, "", now, "192.0.2.3") == "signin.refused");
        CHECK(hall.try_in("nobody", kPassword, code, now, "192.0.2.4") == "signin.refused");
        CHECK(hall.told("access.sign_in_refused") == 4);
    });
}

TEST_CASE("a code works once, even for two who come with it at the same moment [K13]")
{
    in_hall([](Hall& hall) {
        CHECK(hall.enter(hall.town.moment) == "entered");
        CHECK(hall.enter(hall.town.moment) == "signin.refused");
        const auto next = hall.later(30);
        std::atomic<int> entered{0};
        std::vector<std::thread> people;
        for (int i = 0; i < 4; ++i) people.emplace_back([&] { entered += hall.enter(next) == "entered"; });
        for (auto& person : people) person.join();
        CHECK(entered == 1);
    });
}

TEST_CASE("who mistypes again and again has to wait, also when there is no such person [K13]")
{
    in_hall([](Hall& hall) {
        const auto now = hall.town.moment;
        for (const char* login : {"mutsumi", "nobody"}) {
            for (int i = 0; i < 3; ++i) CHECK(hall.try_in(login, "wrong", "", now) == "signin.refused");
            CHECK(hall.try_in(login, "wrong", "", now) == "signin.wait");
            CHECK(hall.try_in(login, "wrong", "", hall.later(1)) == "signin.refused");
            CHECK(hall.try_in(login, "wrong", "", hall.later(2)) == "signin.wait");
        }
        CHECK(hall.enter(hall.later(60)) == "entered");
        CHECK(hall.try_in("mutsumi", "wrong", "", hall.later(60)) == "signin.refused"); // counted anew
    });
}

TEST_CASE("somebody else's tries from elsewhere do not delay the person [K13]")
{
    in_hall([](Hall& hall) {
        const auto now = hall.town.moment;
        for (int i = 0; i < 5; ++i) hall.try_in("mutsumi", "wrong", "", now, "198.51.100.9");
        CHECK(hall.enter(now) == "entered");
    });
}

TEST_CASE("after a hundred failures in a row the name is locked until somebody unlocks it [K13]")
{
    in_hall([](Hall& hall) {
        for (const char* login : {"mutsumi", "nobody"}) {
            int answered = 0;
            for (int i = 0; i < 130; ++i) {
                const auto address = "192.0.2." + std::to_string(i);
                answered += hall.try_in(login, "wrong", "", hall.town.moment, address) == "signin.refused";
            }
            CHECK(answered == kMostFailures);
            CHECK(hall.try_in(login, kPassword, hall.code(hall.town.moment.at), hall.town.moment) == "signin.locked");
        }
        CHECK(hall.told("access.locked") == 2);
        hall.db.write([](storage::Tx& tx) { forget_failures(tx, "mutsumi"); });
        CHECK(hall.enter(hall.later(30)) == "entered");
    });
}

TEST_CASE("a suspended account is told so only to who proves to be its person [K13]")
{
    in_hall([](Hall& hall) {
        hall.db.write([&](storage::Tx& tx) {
            set_account_state(tx, hall.town.moment, "system", hall.account, AccountState::suspended);
        });
        CHECK(hall.try_in("mutsumi", "wrong", "", hall.town.moment) == "signin.refused");
        CHECK(hall.enter(hall.town.moment) == "signin.stopped");
    });
}

TEST_CASE("an initial password lets the person in to enrol, and nothing else [K13]")
{
    in_hall([](Hall& hall) {
        const SecretText initial("initial horse battery");
        REQUIRE(hall.door.reset(hall.account, initial, "system", hall.town.moment));
        const auto token = hall.door.sign_in("mutsumi", {initial, "", "192.0.2.1"}, hall.town.moment);
        REQUIRE(token);
        const auto find = [&](const Moment& at) {
            return hall.db.read([&](const storage::Snapshot& s) { return *find_session(s, *token, at, {}); });
        };
        const auto session = find(hall.town.moment);
        const auto ask = [&](const Action& action) {
            const auto scope = admit(hall.db, session, action, std::nullopt, hall.town.moment);
            return scope ? std::string_view("allowed") : scope.error().code();
        };
        CHECK(ask(actions::kHome) == "access.enrol_first");
        CHECK(ask(actions::kOwnAccount) == "allowed");
        REQUIRE(hall.door.change_password(session, initial, SecretText("quiet river stones"), "192.0.2.1",
                                          hall.town.moment));
        CHECK(ask(actions::kHome) == "access.enrol_first");
        hall.db.write([&](storage::Tx& tx) {
            const auto key = offer_totp(tx, hall.entropy, kKey, hall.account, hall.town.moment);
            CHECK_FALSE(confirm_totp(tx, hall.entropy, kKey, hall.account, "000000", hall.town.moment));
            const auto code = totp_code(key, totp_step(hall.town.moment.at));
            CHECK(confirm_totp(tx, hall.entropy, kKey, hall.account, code, hall.town.moment));
        });
        CHECK(ask(actions::kHome) == "allowed");
    });
}

TEST_CASE("a changed password ends the other sessions and must be a good one [K13]")
{
    in_hall([](Hall& hall) {
        const auto other = hall.session(hall.town.moment);
        const auto mine = hall.session(hall.later(30));
        const auto change = [&](const char* current, const char* fresh) {
            const auto changed =
                hall.door.change_password(mine, SecretText(current), SecretText(fresh), "192.0.2.1", hall.later(40));
            return changed ? std::string_view("changed") : changed.error().code();
        };
        CHECK(change("wrong", "quiet river stones") == "password.wrong");
        CHECK(change(kPassword, "short") == "password.short");
        CHECK(change(kPassword, "mutsumi no heya desu") == "password.guessable");
        CHECK(change(kPassword, kPassword) == "password.same");
        CHECK(change(kPassword, "quiet river stones") == "changed");
        const auto left =
            hall.db.read([&](const storage::Snapshot& s) { return sessions_of(s, hall.account, hall.later(40), {}); });
        REQUIRE(left.size() == 1);
        CHECK(left[0].id == mine.id);
        CHECK(other.id != mine.id);
    });
}

TEST_CASE("what is grave waits for the person to prove who they are again [K13]")
{
    in_hall([](Hall& hall) {
        const auto session = hall.session(hall.town.moment);
        const auto after = hall.later(360);
        const auto ask = [&] {
            const auto scope = admit(hall.db, session, actions::kTakeGuidance, hall.town.entrustment, after);
            return scope ? std::string_view("allowed") : scope.error().code();
        };
        hall.db.write([&](storage::Tx& tx) { touch_session(tx, session.id, after); });
        CHECK(ask() == "roster.absent");
        const SecretText password(kPassword);
        CHECK_FALSE(hall.door.reauthenticate(session, {password, "000000", "192.0.2.1"}, after));
        REQUIRE(hall.door.reauthenticate(session, {password, hall.code(after.at), "192.0.2.1"}, after));
        const auto again = hall.db.read([&](const storage::Snapshot& s) { return find_standing(s, session, {}); });
        CHECK(again->authenticated == after.at);
        CHECK(hall.told("access.reauthenticated") == 1);
    });
}

TEST_CASE("a session is found by its token, not by its digest, and ends after idle time [K13]")
{
    in_hall([](Hall& hall) {
        const SecretText password(kPassword);
        const auto now = hall.town.moment;
        const auto token = hall.door.sign_in("mutsumi", {password, hall.code(now.at), "192.0.2.1"}, now).value();
        const auto find = [&](std::string_view presented, const Moment& at) {
            return hall.db.read([&](const storage::Snapshot& s) {
                const auto found = find_session(s, presented, at, {});
                return found ? std::string_view("found") : found.error().code();
            });
        };
        CHECK(find(token, now) == "found");
        CHECK(find(token, hall.later(899)) == "found");
        CHECK(find(token, hall.later(900)) == "access.session_over");
        CHECK(find("", now) == "access.no_session");
        CHECK(find(token + "A", now) == "access.no_session");
        auto forged = token;
        forged[0] = forged[0] == 'A' ? 'B' : 'A';
        CHECK(find(forged, now) == "access.no_session");
        const bool kept_plain = hall.db.read([&](const storage::Snapshot& s) {
            return s.exists("select 1 from access_session where token = ?", {*from_base64url(token)});
        });
        CHECK_FALSE(kept_plain);
    });
}

TEST_CASE("keys of authenticator applications rest sealed, each in its own place [K13]")
{
    in_hall([](Hall& hall) {
        hall.db.read([&](const storage::Snapshot& s) {
            const auto stored = s.one("select secret from access_totp where account = ?", {hall.account},
                                      [](const storage::Row& row) { return row.bytes(0); });
            REQUIRE(stored);
            CHECK(as_text(*stored).find(as_text(kTotp)) == std::string_view::npos);
            CHECK(totp_key(s, kKey, hall.account)->key == kTotp);
            CHECK_THROWS(totp_key(s, Key256{}, hall.account));
        });
    });
}

TEST_CASE("a passkey opens the door, once per challenge, and only for its own session's questions [K13]")
{
    in_hall([](Hall& hall) {
        PasskeyDoor passkeys(hall.door, {"localhost", "http://localhost:8080", "預かり"});
        const testing::Authenticator authenticator;
        const auto now = hall.town.moment;
        const auto session = hall.session(now);
        const auto other = hall.town.session(Role::handler);

        const auto question = passkeys.challenge(Asking::enrol, &session, now);
        const auto made = authenticator.enrol(question);
        const auto enrol = [&](const Session& who) {
            const auto enrolled = passkeys.enrol(who, "職場", {made.client_data, made.attestation_object}, now);
            return enrolled ? std::string_view("enrolled") : enrolled.error().code();
        };
        CHECK(enrol(other) == "webauthn.challenge");
        CHECK(enrol(session) == "enrolled");
        CHECK(enrol(session) == "webauthn.challenge");

        const auto prove = [&](const Bytes& challenge, const Moment& at, const testing::Manner& manner = {}) {
            const auto told = authenticator.prove(challenge, manner);
            const auto entered =
                passkeys.sign_in({authenticator.id, told.client_data, told.authenticator_data, told.signature}, at);
            return entered ? std::string_view("entered") : entered.error().code();
        };
        const auto challenge = passkeys.challenge(Asking::sign_in, nullptr, now);
        CHECK(prove(challenge, now, {.flags = 0x01}) == "passkey.refused"); // and the challenge is spent
        CHECK(prove(challenge, now) == "passkey.refused");
        const auto fresh = passkeys.challenge(Asking::sign_in, nullptr, now);
        CHECK(prove(fresh, hall.later(300)) == "passkey.refused");
        CHECK(prove(fresh, hall.later(299)) == "entered");
        CHECK(prove(fresh, hall.later(299)) == "passkey.refused");
        CHECK(prove(passkeys.challenge(Asking::reauthenticate, &session, now), now) == "passkey.refused");
        CHECK(prove(Bytes(40, 1), now) == "passkey.refused");
        CHECK(hall.told("access.sign_in_refused") == 6);
    });
}

TEST_CASE("the last way to sign in cannot be removed [K13]")
{
    in_hall([](Hall& hall) {
        PasskeyDoor passkeys(hall.door, {"localhost", "http://localhost:8080", "預かり"});
        const testing::Authenticator authenticator;
        const auto session = hall.session(hall.town.moment);
        const auto made = authenticator.enrol(passkeys.challenge(Asking::enrol, &session, hall.town.moment));
        const auto id = passkeys.enrol(session, "職場", {made.client_data, made.attestation_object}, hall.town.moment);
        REQUIRE(id);
        hall.db.write(
            [&](storage::Tx& tx) { tx.execute("delete from access_totp where account = ?", {hall.account}); });
        CHECK(passkeys.remove(session, *id, hall.town.moment).error().is(kLastFactor));
        CHECK(hall.try_in("mutsumi", kPassword, "", hall.town.moment) == "signin.refused"); // not with a password alone
    });
}
