#include "infra/seal/signature.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::seal;

namespace {

struct Vector {
    std::string_view seed, public_key, message, signature;
};
// RFC 8032 section 7.1, tests 1 to 3.
const Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
     "655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
     "b00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
     "c027beceea1ec40a"},
};

Key256 key_of(std::string_view text)
{
    Key256 key;
    const auto bytes = from_hex(text);
    std::copy(bytes->begin(), bytes->end(), key.writable().begin());
    return key;
}

} // namespace

TEST_CASE("Ed25519 gives the signatures of RFC 8032")
{
    for (const auto& vector : kVectors) {
        const SigningKey key(key_of(vector.seed));
        const auto message = *from_hex(vector.message);
        CHECK(hex(key.public_key()) == vector.public_key);
        CHECK(hex(key.sign(message)) == vector.signature);
        CHECK(verify_signature(key.public_key(), message, key.sign(message)));
    }
}

TEST_CASE("a signature holds for its own message, key and bytes only")
{
    SeededEntropy entropy(8032);
    const auto key = SigningKey::create(entropy);
    const auto other = SigningKey::create(entropy);
    const auto message = to_bytes("azukari.example/ledger\n3\n");
    auto signature = key.sign(message);
    CHECK_FALSE(verify_signature(other.public_key(), message, signature));
    CHECK_FALSE(verify_signature(key.public_key(), to_bytes("azukari.example/ledger\n4\n"), signature));
    CHECK_FALSE(verify_signature(key.public_key(), message, ByteView(signature).first(63)));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        signature[i] ^= 1;
        CHECK_FALSE(verify_signature(key.public_key(), message, signature));
        signature[i] ^= 1;
    }
}
