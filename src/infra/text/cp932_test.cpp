#include "infra/text/cp932.h"

#include "infra/text/text_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::text;

TEST_CASE("both code points of one kanji, NEC's and IBM's, are the same kanji")
{
    CHECK(decode_cp932("\xFB\xFC\x8B\xB4").value() == "髙橋");
    CHECK(decode_cp932("\xEE\xE0\x8B\xB4").value() == "髙橋");
    CHECK(decode_cp932("\xFA\xB1\xED\x95").value() == "﨑﨑");
    CHECK(encode_cp932("髙橋﨑").value() == "\xFB\xFC\x8B\xB4\xFA\xB1");
}

TEST_CASE("numbers in circles, Roman numbers and company signs are read")
{
    const std::string text = "①㈱Ⅳ№℡㎜彅德";
    CHECK(decode_cp932(encode_cp932(text).value()).value() == text);
}

TEST_CASE("the wave dash of Unix and that of Windows are written alike, and read as Windows reads them")
{
    CHECK(encode_cp932("〜−—‖").value() == encode_cp932("～－―∥").value());
    CHECK(decode_cp932("\x81\x60\x81\x7C").value() == "～－");
}

TEST_CASE("half-width kana and ASCII keep their single byte")
{
    CHECK(decode_cp932("\xD4\xCF\xC0\xDE Taro\\").value() == "ﾔﾏﾀﾞ Taro\\");
    CHECK(encode_cp932("ﾔﾏﾀﾞ Taro\\").value() == "\xD4\xCF\xC0\xDE Taro\\");
}

TEST_CASE("the ward's own characters come as private use, to be stopped before print")
{
    CHECK(decode_cp932("\xF0\x40\xF9\xFC").value() == "\uE000\uE757");
}

TEST_CASE("a byte that is no CP932 is refused with its place")
{
    for (const auto* bad : {"\x80", "\xA0", "\xFD", "\xFF", "\x81", "\x81,", "\x85\x40", "\x88\x7F"}) {
        const auto refused = decode_cp932(std::string("ab") + bad);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().is(kNotCp932));
        CHECK(refused.error().sentence().starts_with("3バイト目"));
    }
}

TEST_CASE("what CP932 cannot hold is refused by name, never replaced")
{
    CHECK(encode_cp932("𠮷田").error().sentence().find("「𠮷」") != std::string::npos);
    CHECK_FALSE(encode_cp932("葛\U000E0100").has_value());
    CHECK_FALSE(encode_cp932("¥").has_value());
}

TEST_CASE("every two-byte code that is read is written back with the same meaning")
{
    int read = 0;
    for (unsigned lead = 0x81; lead <= 0xFC; ++lead) {
        for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
            const std::string code = {static_cast<char>(lead), static_cast<char>(trail)};
            if (lead >= 0xA0 && lead <= 0xDF) continue;
            const auto character = decode_cp932(code);
            if (!character) continue;
            ++read;
            REQUIRE(decode_cp932(encode_cp932(*character).value()).value() == *character);
        }
    }
    CHECK(read == 9604); // 7,724 of JIS, NEC and IBM, and 1,880 user-defined
}
