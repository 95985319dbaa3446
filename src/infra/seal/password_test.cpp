#include "infra/seal/password.h"

#include <atomic>
#include <doctest/doctest.h>
#include <sodium.h>
#include <thread>

using namespace azukari;
using namespace azukari::seal;

namespace {

constexpr PasswordCost kLight{64, 1};

SecretText word(const char* text)
{
    return SecretText(text);
}

} // namespace

TEST_CASE("a password is known again, and no other is [K13]")
{
    SystemEntropy entropy;
    Passwords passwords(kLight, 2);
    const auto stored = passwords.hash(word("見本太郎の長い合言葉です"), entropy);
    CHECK(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    CHECK(passwords.verify(stored, word("見本太郎の長い合言葉です")));
    CHECK_FALSE(passwords.verify(stored, word("見本太郎の長い合言葉で")));
    CHECK_FALSE(passwords.verify(stored, word("")));
    CHECK(stored != passwords.hash(word("見本太郎の長い合言葉です"), entropy));
}

TEST_CASE("an account that does not exist is refused after the same work")
{
    Passwords passwords(kLight, 2);
    CHECK_FALSE(passwords.verify(std::nullopt, word("anything")));
    for (const auto* broken : {"", "$argon2id$v=19$m=64,t=1,p=1$", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA",
                               "$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "plain"})
        CHECK_FALSE(passwords.verify(broken, word("")));
}

TEST_CASE("the stored form is the one every Argon2 library reads")
{
    SystemEntropy entropy;
    Passwords passwords(kLight, 2);
    REQUIRE(sodium_init() >= 0);
    const auto ours = passwords.hash(word("correct horse battery"), entropy);
    CHECK(crypto_pwhash_argon2id_str_verify(ours.c_str(), "correct horse battery", 21) == 0);
    char theirs[crypto_pwhash_argon2id_STRBYTES];
    REQUIRE(crypto_pwhash_argon2id_str(theirs, "correct horse battery", 21, 1, 64 * 1024) == 0);
    CHECK(passwords.verify(theirs, word("correct horse battery")));
}

TEST_CASE("a hash made at another cost asks to be made again")
{
    SystemEntropy entropy;
    Passwords light(kLight, 1);
    Passwords heavier({128, 1}, 1);
    const auto stored = light.hash(word("x"), entropy);
    CHECK_FALSE(light.outdated(stored));
    CHECK(heavier.outdated(stored));
    CHECK(heavier.verify(stored, word("x")));
}

TEST_CASE("many sign-ins at once all get their answer through one place")
{
    Passwords passwords(kLight, 1);
    SystemEntropy entropy;
    const auto stored = passwords.hash(word("x"), entropy);
    std::atomic<int> known = 0;
    std::vector<std::thread> people;
    for (int i = 0; i < 8; ++i) people.emplace_back([&] { known += passwords.verify(stored, word("x")) ? 1 : 0; });
    for (auto& person : people) person.join();
    CHECK(known == 8);
}
