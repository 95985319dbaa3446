#include "base/bytes.h"

#include <doctest/doctest.h>

using namespace azukari;

TEST_CASE("RFC 4648 test vectors print and read back")
{
    const std::pair<std::string_view, std::string_view> vectors[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, printed] : vectors) {
        CHECK(base64(as_bytes(plain)) == printed);
        CHECK(from_base64(printed).value() == to_bytes(plain));
    }
    CHECK(base32(as_bytes("foobar")) == "MZXW6YTBOI");
    CHECK(hex(as_bytes("fo\xff")) == "666fff");
    CHECK(from_hex("666fff").value() == to_bytes("fo\xff"));
    CHECK(base64url(as_bytes("\xfb\xff")) == "-_8");
    CHECK(from_base64url("-_8").value() == to_bytes("\xfb\xff"));
}

TEST_CASE("what is not canonical is not accepted")
{
    for (const auto* bad : {"Zg=", "Zh==", "Zg==Zg==", "Z g=", "====", "Zm9vYg=a"}) CHECK_FALSE(from_base64(bad));
    CHECK_FALSE(from_hex("6"));
    CHECK_FALSE(from_hex("6G"));
}

TEST_CASE("comparison in constant time is still a comparison")
{
    CHECK(equal_in_constant_time(as_bytes("abc"), as_bytes("abc")));
    CHECK_FALSE(equal_in_constant_time(as_bytes("abc"), as_bytes("abd")));
    CHECK_FALSE(equal_in_constant_time(as_bytes("abc"), as_bytes("ab")));
}
