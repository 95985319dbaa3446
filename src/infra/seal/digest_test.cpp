#include "infra/seal/digest.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::seal;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4")
{
    CHECK(hex(sha256(ByteView())) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex(sha256(as_bytes("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256({as_bytes("a"), as_bytes("bc")}) == sha256(as_bytes("abc")));
}

TEST_CASE("HMAC-SHA-256 gives the codes of RFC 4231")
{
    CHECK(hex(hmac_sha256(Bytes(20, 0x0b), as_bytes("Hi There"))) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(hex(hmac_sha256(Bytes(131, 0xaa), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("HKDF-SHA-256 gives the keys of RFC 5869")
{
    std::array<std::uint8_t, 42> out{};
    hkdf_sha256(Bytes(22, 0x0b), *from_hex("000102030405060708090a0b0c"), *from_hex("f0f1f2f3f4f5f6f7f8f9"), out);
    CHECK(hex(out) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    hkdf_sha256(Bytes(22, 0x0b), {}, {}, out);
    CHECK(hex(out) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST_CASE("keys derived for two purposes differ")
{
    const Key256 key;
    CHECK(derive_key(key, "session-token").reveal() != derive_key(key, "csrf").reveal());
    CHECK(derive_key(key, "csrf").reveal() == derive_key(key, "csrf").reveal());
}
