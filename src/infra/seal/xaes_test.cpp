#include "infra/seal/xaes.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <openssl/evp.h>

using namespace azukari;
using namespace azukari::seal;

namespace {

Key256 key_of(std::uint8_t byte)
{
    Key256 key;
    key.writable().fill(byte);
    return key;
}

Bytes sealed(const Key256& key, const Nonce& nonce, ByteView aad, ByteView plaintext)
{
    Bytes out(plaintext.size() + kTagSize);
    xaes_seal(key, nonce, aad, plaintext, out);
    return out;
}

Nonce spec_nonce()
{
    Nonce nonce;
    const auto text = as_bytes("ABCDEFGHIJKLMNOPQRSTUVWX");
    std::copy(text.begin(), text.end(), nonce.begin());
    return nonce;
}

// SHAKE-128 read as an endless tape, as the accumulated test of the specification does.
class Tape {
public:
    Tape() : bytes_(10000 * (32 + 24 + 2 + 512))
    {
        auto* const context = EVP_MD_CTX_new();
        EVP_DigestInit_ex(context, EVP_shake128(), nullptr);
        EVP_DigestFinalXOF(context, bytes_.data(), bytes_.size());
        EVP_MD_CTX_free(context);
    }
    ByteView take(std::size_t count)
    {
        const auto view = ByteView(bytes_).subspan(at_, count);
        at_ += count;
        return view;
    }

private:
    Bytes bytes_;
    std::size_t at_ = 0;
};

} // namespace

TEST_CASE("XAES-256-GCM seals as the two vectors of C2SP do")
{
    CHECK(hex(sealed(key_of(1), spec_nonce(), {}, as_bytes("XAES-256-GCM"))) ==
          "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
    CHECK(hex(sealed(key_of(3), spec_nonce(), as_bytes("c2sp.org/XAES-256-GCM"), as_bytes("XAES-256-GCM"))) ==
          "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
}

TEST_CASE("ten thousand random seals accumulate to the digest C2SP gives")
{
    Tape tape;
    auto* const context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(context, EVP_shake128(), nullptr);
    for (int i = 0; i < 10000; ++i) {
        Key256 key;
        Nonce nonce;
        std::ranges::copy(tape.take(32), key.writable().begin());
        std::ranges::copy(tape.take(24), nonce.begin());
        const auto plaintext = tape.take(tape.take(1)[0]);
        const auto aad = tape.take(tape.take(1)[0]);
        const auto out = sealed(key, nonce, aad, plaintext);
        EVP_DigestUpdate(context, out.data(), out.size());
        Bytes back(plaintext.size());
        REQUIRE(xaes_open(key, nonce, aad, out, back));
        REQUIRE(std::ranges::equal(back, plaintext));
    }
    std::array<std::uint8_t, 32> digest{};
    EVP_DigestFinalXOF(context, digest.data(), digest.size());
    EVP_MD_CTX_free(context);
    CHECK(hex(digest) == "e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
}

TEST_CASE("a wrapped key opens only under its own key, name and bytes")
{
    SeededEntropy entropy(1);
    const auto wrapped = wrap_key(key_of(1), key_of(7), as_bytes("ksk 3"), entropy);
    CHECK(unwrap_key(key_of(1), wrapped, as_bytes("ksk 3"))->reveal() == key_of(7).reveal());
    CHECK_FALSE(unwrap_key(key_of(2), wrapped, as_bytes("ksk 3")));
    CHECK_FALSE(unwrap_key(key_of(1), wrapped, as_bytes("ksk 4")));
    CHECK_FALSE(unwrap_key(key_of(1), ByteView(wrapped).first(kWrappedSize - 1), as_bytes("ksk 3")));
    for (std::size_t i = 0; i < wrapped.size(); ++i) {
        auto changed = wrapped;
        changed[i] ^= 0x80;
        CHECK_FALSE(unwrap_key(key_of(1), changed, as_bytes("ksk 3")));
    }
}
