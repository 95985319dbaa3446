#include "ledger/note/signed_note.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::ledger::note;

namespace {

// The example of C2SP signed-note v1.
constexpr std::string_view kKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view kNote =
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

} // namespace

TEST_CASE("the published example of a signed note verifies [K79]")
{
    const auto key = VerifierKey::parse(kKey);
    REQUIRE(key);
    CHECK(key->text() == kKey);
    const auto note = SignedNote::parse(kNote);
    REQUIRE(note);
    CHECK(is_signed_by(*note, *key));
    CHECK(note->whole() == kNote);
    CHECK(note->text == "This is an example message.\n");
}

TEST_CASE("a flipped bit anywhere in a note or key is noticed [K79]")
{
    const auto key = VerifierKey::parse(kKey).value();
    for (std::size_t i = 0; i < kNote.size() * 8; ++i) {
        std::string note(kNote);
        note[i / 8] = static_cast<char>(note[i / 8] ^ (1 << i % 8));
        const auto parsed = SignedNote::parse(note);
        REQUIRE_FALSE((parsed && is_signed_by(*parsed, key)));
    }
    for (std::size_t i = 0; i < kKey.size() * 8; ++i) {
        std::string text(kKey);
        text[i / 8] = static_cast<char>(text[i / 8] ^ (1 << i % 8));
        const auto parsed = VerifierKey::parse(text);
        REQUIRE_FALSE((parsed && is_signed_by(*SignedNote::parse(kNote), *parsed)));
    }
}

TEST_CASE("signatures of strangers are ignored, but a wrong one under a known name refuses the note")
{
    SeededEntropy entropy(1);
    const auto ours = seal::SigningKey::create(entropy), theirs = seal::SigningKey::create(entropy);
    const VerifierKey key{"azukari.example/ledger", KeyType::ed25519, ours.public_key()};
    SignedNote note{"text\n", {sign("stranger.example", theirs, "text\n"), sign(key.name, ours, "text\n")}};
    CHECK(is_signed_by(SignedNote::parse(note.whole()).value(), key));
    note.signatures.push_back(note.signatures.back());
    note.signatures.back().signature[3] ^= 1;
    CHECK_FALSE(is_signed_by(note, key));
    note.signatures = {sign(key.name, theirs, "text\n")}; // another id: a stranger who took our name
    CHECK_FALSE(is_signed_by(note, key));
}

TEST_CASE("sixteen signatures are read, and what is no note is not")
{
    SeededEntropy entropy(2);
    const auto key = seal::SigningKey::create(entropy);
    SignedNote note{"text\n", {}};
    for (int i = 0; i < 16; ++i) note.signatures.push_back(sign("s.example/" + std::to_string(i), key, note.text));
    CHECK(SignedNote::parse(note.whole()).value().signatures.size() == 16);
    const std::string line = note.signatures[0].text();
    CHECK(SignedNote::parse("a\n\nb\n\n" + line).value().text == "a\n\nb\n");
    for (const auto& bad : {std::string(), std::string("text\n"), std::string("text\n\n"), "text\n" + line,
                            "text\n\n" + line.substr(0, line.size() - 1), "te\txt\n\n" + line, "te\xff\n\n" + line,
                            "te\xc0\x80\n\n" + line, "te\xed\xa0\x80\n\n" + line, std::string("text\n\n\u2014 a b\n"),
                            std::string("text\n\n\u2014 a+b AAAAAAA=\n"),
                            std::string("text\n\n\u2014 a\u3000b AAAAAAA=\n"), std::string("text\n\n- a AAAAAAA=\n")})
        CHECK_FALSE(SignedNote::parse(bad));
}
