#include "infra/seal/keystore/ceremony.h"

#include "base/fault.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/seal/keystore/passphrase_provider.h"
#include "infra/seal/keystore/pkcs11_provider.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace azukari;
using namespace azukari::seal;

namespace {

constexpr PasswordCost kLight{8, 1};
const Instant kNoon{1'700'000'000'000'000};
const EntrustmentId kEntrustment{IdBytes{1}};

struct Room {
    Room()
    {
        char pattern[] = "/tmp/azk-ceremony-XXXXXX";
        base = mkdtemp(pattern);
        options.directory = base / "keys";
        options.keys_in_memory = 64;
    }
    ~Room() { std::filesystem::remove_all(base); }
    std::filesystem::path base;
    KeystoreOptions options;
    SystemEntropy entropy;
};

PassphraseProvider passphrase(const char* text = "春はあけぼのやうやう白くなりゆく")
{
    return PassphraseProvider(SecretText(text), kLight);
}

std::vector<std::string> typed(const PrintedShares& shares, std::initializer_list<std::size_t> which)
{
    std::vector<std::string> out;
    for (const auto i : which) out.push_back(shares[i].reveal());
    return out;
}

Kid mark_of(Keystore& keystore)
{
    REQUIRE(keystore.add_entrustment(kEntrustment));
    return keystore.entrustment_key(kEntrustment, kNoon).value().kid();
}

struct Stopped {};

// SoftHSM with a token of its own in `base`; false when SoftHSM is not installed.
bool make_token(const std::filesystem::path& base)
{
    const auto tokens = base / "tokens";
    std::filesystem::create_directories(tokens);
    std::ofstream(base / "softhsm2.conf") << "directories.tokendir = " << tokens.string() << "\nlog.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", (base / "softhsm2.conf").c_str(), 1);
    return std::system("softhsm2-util --init-token --free --label azukari --so-pin 12345678 --pin 246810 "
                       ">/dev/null 2>&1") == 0;
}

TokenPlace token_place()
{
    return {"/usr/lib/softhsm/libsofthsm2.so", "azukari", "azukari root"};
}

} // namespace

TEST_CASE("two holders of shares open the keystore when the passphrase is lost")
{
    Room room;
    auto forgotten = passphrase();
    auto fresh = passphrase("月日は百代の過客にして行かふ年も");
    auto [kid, shares] = [&] {
        auto guarded = init_keystore(room.options, forgotten, room.entropy).value();
        return std::pair(mark_of(guarded.keystore), std::move(guarded.shares));
    }();
    CHECK(recover_keystore(room.options, typed(shares, {1}), fresh, room.entropy).error().is(kTooFewShares));
    auto recovered = recover_keystore(room.options, typed(shares, {0, 2}), fresh, room.entropy).value();
    CHECK(mark_of(recovered.keystore) == kid);
    const auto again = std::move(recovered.shares);
    {
        const auto closing = std::move(recovered.keystore);
    }
    CHECK(
        recover_keystore(room.options, typed(shares, {0, 2}), fresh, room.entropy).error().is(kSharesOfOtherKeystore));
    CHECK(recover_keystore(room.options, typed(again, {1, 2}), fresh, room.entropy));
    CHECK(Keystore::open(room.options, forgotten, room.entropy).error().is(kWrongPassphrase));
    CHECK(Keystore::open(room.options, fresh, room.entropy));
}

TEST_CASE("a key file guards the keystore, and a rotation makes the old key file useless")
{
    Room room;
    const auto path = room.base / "usb.key";
    CHECK(KeyFileProvider::at(path).error().is(kNoKeyFile));
    auto provider = KeyFileProvider::fresh(path).value();
    const auto kid = [&] {
        auto guarded = init_keystore(room.options, provider, room.entropy).value();
        return mark_of(guarded.keystore);
    }();
    std::filesystem::copy_file(path, room.base / "old.key");
    std::filesystem::copy_file(room.options.directory / "keystore.azk", room.base / "old.azk");
    CHECK(KeyFileProvider::fresh(path).error().is(kKeyFileExists));
    {
        auto file = KeyFileProvider::at(path).value();
        auto keystore = Keystore::open(room.options, file, room.entropy).value();
        CHECK(mark_of(keystore) == kid);
        CHECK(rotate_keystore(keystore, file, nullptr, room.entropy));
    }
    auto old = KeyFileProvider::at(room.base / "old.key").value();
    CHECK(Keystore::open(room.options, old, room.entropy).error().is(kWrongKeyFile));
    auto file = KeyFileProvider::at(path).value();
    {
        auto keystore = Keystore::open(room.options, file, room.entropy).value();
        CHECK(mark_of(keystore) == kid);
    }
    // And an old copy of the keystore does not open with what guards the living one.
    std::filesystem::copy_file(room.base / "old.azk", room.options.directory / "keystore.azk",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(Keystore::open(room.options, file, room.entropy).error().is(kWrongKeyFile));
    auto other = passphrase();
    CHECK(Keystore::open(room.options, other, room.entropy).error().is(kOtherProvider));
}

TEST_CASE("a key file that others could read is refused")
{
    Room room;
    const auto path = room.base / "usb.key";
    auto provider = KeyFileProvider::fresh(path).value();
    (void)init_keystore(room.options, provider, room.entropy).value();
    struct stat found {};
    REQUIRE(stat(path.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0400);
    for (const auto loose : std::to_array<mode_t>({0600, 0440, 0404, 0500})) {
        chmod(path.c_str(), loose);
        CHECK(KeyFileProvider::at(path).error().is(kLooseKeyFile));
    }
    chmod(path.c_str(), 0400);
    if (geteuid() == 0) {
        REQUIRE(chown(path.c_str(), 65534, 65534) == 0);
        CHECK(KeyFileProvider::at(path).error().is(kForeignKeyFile));
        REQUIRE(chown(path.c_str(), 0, 0) == 0);
    }
    CHECK(KeyFileProvider::at(path));
    std::ofstream(room.base / "text") << "not a key\n";
    chmod((room.base / "text").c_str(), 0400);
    CHECK(KeyFileProvider::at(room.base / "text").error().is(kNotKeyFile));
    std::filesystem::create_symlink(path, room.base / "link");
    CHECK_FALSE(KeyFileProvider::at(room.base / "link"));
}

TEST_CASE("a rotation of the key file that is interrupted anywhere leaves a keystore that opens")
{
    const auto act = [](int stop_at) {
        Room room;
        const auto path = room.base / "usb.key";
        int step = -1000;
        room.options.before_step = [&](std::string_view) {
            if (step++ == stop_at) throw Stopped{};
        };
        auto provider = KeyFileProvider::fresh(path).value();
        auto guarded = std::make_optional(init_keystore(room.options, provider, room.entropy).value());
        const auto kid = mark_of(guarded->keystore);
        step = 0;
        if (stop_at < 0)
            REQUIRE(guarded->keystore.rotate_root(provider));
        else
            REQUIRE_THROWS_AS((void)guarded->keystore.rotate_root(provider), Stopped);
        const int steps = std::exchange(step, -1000);
        guarded.reset();

        auto file = KeyFileProvider::at(path).value();
        auto keystore = Keystore::open(room.options, file, room.entropy).value();
        CHECK(mark_of(keystore) == kid);
        for (const auto* left : {".next", ".former"}) CHECK_FALSE(std::filesystem::exists(path.string() + left));
        CHECK(KeyFileProvider::at(path));
        return steps;
    };
    const int steps = act(-1);
    CHECK(steps >= 4);
    for (int stop_at = 0; stop_at < steps; ++stop_at) act(stop_at);
}

TEST_CASE("a cryptographic device guards the keystore with a key that never leaves it")
{
    Room room;
    if (!make_token(room.base)) {
        MESSAGE("softhsm2 is not installed: the PKCS#11 provider was not tested");
        return;
    }
    CHECK(Pkcs11Provider::open(token_place(), SecretText("0000")).error().is(kWrongPin));
    auto elsewhere = token_place();
    elsewhere.token = "nobody";
    CHECK(Pkcs11Provider::open(elsewhere, SecretText("246810")).error().is(kNoToken));
    CHECK_THROWS_AS((void)Pkcs11Provider::open({"/nonexistent.so", "", ""}, SecretText("246810")), Fault);
    CHECK(Pkcs11Provider::fresh(token_place(), SecretText("0000")).error().is(kWrongPin));

    const auto old = room.base / "old.azk";
    Kid kid{};
    {
        auto provider = Pkcs11Provider::fresh(token_place(), SecretText("246810")).value();
        auto guarded = init_keystore(room.options, provider, room.entropy).value();
        kid = mark_of(guarded.keystore);
        std::filesystem::copy_file(room.options.directory / "keystore.azk", old);
    }
    CHECK(Pkcs11Provider::fresh(token_place(), SecretText("246810")).error().is(kTokenKeyExists));
    auto provider = Pkcs11Provider::open(token_place(), SecretText("246810")).value();
    {
        auto keystore = Keystore::open(room.options, provider, room.entropy).value();
        CHECK(mark_of(keystore) == kid);
        CHECK(rotate_keystore(keystore, provider, nullptr, room.entropy));
        CHECK(mark_of(keystore) == kid);
    }
    {
        auto keystore = Keystore::open(room.options, provider, room.entropy).value();
        CHECK(mark_of(keystore) == kid);
        auto next = passphrase(); // leaving the device for a passphrase destroys the device's key
        CHECK(rotate_keystore(keystore, next, &provider, room.entropy));
    }
    CHECK(Keystore::open(room.options, provider, room.entropy).error().is(kOtherProvider));
    CHECK(Pkcs11Provider::fresh(token_place(), SecretText("246810"))); // retired: its name is free again
    std::filesystem::copy_file(old, room.options.directory / "keystore.azk",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(Keystore::open(room.options, provider, room.entropy).error().is(kNoTokenKey));
}
