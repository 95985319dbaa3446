#include "access/webauthn/cbor.h"

#include "access/webauthn/cose.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::webauthn;

namespace {

bool reads(const char* hexadecimal)
{
    const auto bytes = from_hex(hexadecimal);
    REQUIRE(bytes);
    return parse_cbor(*bytes).has_value();
}

} // namespace

TEST_CASE("CBOR of RFC 8949, appendix A, is read as far as authenticators speak it")
{
    for (const char* good :
         {"00",   "17",         "1818", "1903e8",   "1a000f4240", "1b000000e8d4a51000", "20",
          "3863", "3903e7",     "f4",   "f5",       "40",         "4401020304",         "60",
          "6161", "64f0908591", "80",   "83010203", "a0",         "a201020304",         "a26161016162820203"})
        CHECK_MESSAGE(reads(good), good);
    for (const char* bad : {"f6", "f7", "f90000", "fa47c35000", "c074323031332d30332d32315432303a30343a30305a",
                            "5f42010243030405ff", "9fff", "bfff", "1bffffffffffffffff", "3bffffffffffffffff"})
        CHECK_MESSAGE(!reads(bad), bad);
}

TEST_CASE("CBOR that could be written shorter, twice or without end is malformed")
{
    CHECK_FALSE(reads("1817"));       // 23 in two bytes
    CHECK_FALSE(reads("190018"));     // 24 in three
    CHECK_FALSE(reads("580100"));     // a string of one byte with a long length
    CHECK_FALSE(reads("a201020102")); // the key 1 twice
    CHECK_FALSE(reads("a2616101616102"));
    CHECK_FALSE(reads("a1f501")); // a key that is neither number nor text
    CHECK_FALSE(reads("8181818181"
                      "80"));   // five deep
    CHECK_FALSE(reads("0000")); // something behind
    CHECK_FALSE(reads(""));
    CHECK_FALSE(reads("5bffffffffffffffff"));
    CHECK_FALSE(reads("9bffffffffffffffff"));
    CHECK_FALSE(reads("bb7fffffffffffffff"));
}

TEST_CASE("members of a map are found by number and by name")
{
    const auto bytes = *from_hex("a2012063666d74646e6f6e65");
    const auto item = parse_cbor(bytes);
    REQUIRE(item);
    CHECK(*item->member(std::int64_t{1})->as<std::int64_t>() == -1);
    CHECK(*item->member("fmt")->as<std::string_view>() == "none");
    CHECK(item->member("other") == nullptr);
}

TEST_CASE("keys on no curve, of unknown algorithms or with too much in them are refused")
{
    const auto answer = [](const std::string& hexadecimal) {
        const auto checked = check_cose_key(*from_hex(hexadecimal));
        return checked ? std::string_view("accepted") : checked.error().code();
    };
    const std::string x = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"; // the base point of P-256
    const std::string y = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
    CHECK(answer("a5010203262001215820" + x + "225820" + y) == "accepted");
    CHECK(answer("a5010203262001215820" + x + "225820" + x) == "webauthn.key");
    CHECK(answer("a5010203382220012158"
                 "20" +
                 x + "225820" + y) == "webauthn.algorithm"); // ES384
    CHECK(answer("a6010203262001215820" + x + "225820" + y + "2300") == "webauthn.malformed");
    CHECK(answer("a40101032720062158"
                 "20" +
                 x) == "accepted");
    CHECK(answer("a401030339010020412021430100"
                 "01")
              .starts_with("webauthn."));
    CHECK(answer("00") == "webauthn.malformed");
}
