#include "infra/text/encoding.h"

#include "infra/text/folding.h"

#include <doctest/doctest.h>

using namespace azukari::text;

TEST_CASE("a file's encoding is told from its first bytes")
{
    CHECK(guess_encoding("\xEF\xBB\xBF"
                         "a") == Encoding::utf8);
    CHECK(guess_encoding("氏名,住所") == Encoding::utf8);
    CHECK(guess_encoding(std::string_view("氏名").substr(0, 5)) == Encoding::utf8); // cut within a character
    CHECK(guess_encoding("\x8E\x81\x96\xBC") == Encoding::cp932);
    CHECK(guess_encoding("only ascii") == Encoding::cp932);
}

TEST_CASE("overlong forms and surrogates are no UTF-8")
{
    std::size_t bad = 0;
    for (const auto* wrong :
         {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80"})
        CHECK_FALSE(is_utf8(wrong, bad));
    CHECK(is_utf8("見本 太郎 \xEF\xBF\xBD", bad));
}

TEST_CASE("headers that a clerk would call the same have one key")
{
    CHECK(comparison_key("ＨｂＡ１ｃ（ＮＧＳＰ）") == comparison_key("HbA1c(NGSP)"));
    CHECK(comparison_key("γ－ＧＴ（γ－ＧＴＰ）") == comparison_key("γ-GT(γ-GTP)"));
    CHECK(comparison_key("ＧＯＴ　（ＡＳＴ）") == comparison_key("GOT（ＡＳＴ）"));
    CHECK(comparison_key("氏名") != comparison_key("氏名カナ"));
}

TEST_CASE("white space of any kind and signs without a shape are blank, a single sign that shows is not")
{
    for (const auto* text :
         {"", " ", "　", " 　\t\r\n", "\xC2\xA0", "\xE2\x80\x83", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\x01", "\xFF\xFE"}) {
        CAPTURE(std::string(text));
        CHECK(is_blank(text));
    }
    for (const auto* text : {"理由", "　あ　", "-", "。", "0"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(is_blank(text));
    }
}
