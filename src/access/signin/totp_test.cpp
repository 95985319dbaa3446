#include "access/signin/totp.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::access;

namespace {

const Bytes kKey = to_bytes("12345678901234567890"); // the RFCs' own

Instant at(std::int64_t second)
{
    return {second * 1'000'000};
}

} // namespace

TEST_CASE("one-time codes are those of RFC 6238, appendix B [K13]")
{
    const std::pair<std::int64_t, const char*> vectors[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
    };
    for (const auto& [second, code] : vectors) CHECK(totp_code(kKey, totp_step(at(second)), 8) == code);
}

TEST_CASE("one-time codes are those of RFC 4226, appendix D [K13]")
{
    const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                           "254676", "287922", "162583", "399871", "520489"};
    for (int step = 0; step < 10; ++step) CHECK(totp_code(kKey, step) == codes[step]);
}

TEST_CASE("a code is accepted in its own thirty seconds and ten more, then no longer [K13]")
{
    const std::int64_t begin = 1'800'000'000; // a multiple of thirty
    const auto code = totp_code(kKey, begin / 30);
    CHECK(matching_step(kKey, code, at(begin), 0) == begin / 30);
    CHECK(matching_step(kKey, code, at(begin + 29), 0) == begin / 30);
    CHECK(matching_step(kKey, code, at(begin + 39), 0) == begin / 30);
    CHECK_FALSE(matching_step(kKey, code, at(begin + 40), 0));
    CHECK_FALSE(matching_step(kKey, code, at(begin - 1), 0));
}

TEST_CASE("a code that was used is refused, also when the clock is set back [K13]")
{
    const std::int64_t begin = 1'800'000'000;
    const auto step = begin / 30;
    CHECK_FALSE(matching_step(kKey, totp_code(kKey, step), at(begin + 5), step));
    CHECK_FALSE(matching_step(kKey, totp_code(kKey, step - 1), at(begin + 5), step));
    CHECK_FALSE(matching_step(kKey, totp_code(kKey, step - 20), at(begin - 600), step));
    CHECK(matching_step(kKey, totp_code(kKey, step + 1), at(begin + 30), step) == step + 1);
}

TEST_CASE("what is not six digits is no code")
{
    for (const char* code : {"", "12345", "1234567", "abcdef", "１２３４５６"})
        CHECK_FALSE(matching_step(kKey, code, at(1'800'000'000), 0));
}

TEST_CASE("the address in the QR code names service, account and key")
{
    CHECK(totp_uri(kKey, "預かり", "taro.mihon") ==
          "otpauth://totp/%E9%A0%90%E3%81%8B%E3%82%8A:taro.mihon?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
          "&issuer=%E9%A0%90%E3%81%8B%E3%82%8A&algorithm=SHA1&digits=6&period=30");
}
