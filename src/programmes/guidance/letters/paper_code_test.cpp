#include "programmes/guidance/letters/paper_code.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

PaperCode a_code()
{
    return {.category = Category::lean_guidance,
            .page = 2,
            .pages = 2,
            .edition = 1,
            .serial = 283,
            .voucher = "21300000283",
            .ticket = "21100000009",
            .name = check_digits_of("架空　花子"),
            .address = check_digits_of("見本区架空町一丁目1番1号"),
            .batch_mark = 77};
}

} // namespace

TEST_CASE("a paper says in forty-nine digits whose it is and which page of how many [G4]")
{
    const auto text = text_of(a_code());
    CHECK(text.size() == 49);
    CHECK(text.substr(0, 33) == "232210002832130000028321100000009");
    CHECK(text.substr(45) == "0077");
    CHECK(read_paper_code(text) == a_code());
}

TEST_CASE("the digits of name and address are those of CRC-32, so that another program can check them [G4]")
{
    CHECK(check_digits_of("123456789") == 0xCBF43926u % 1'000'000); // the check value of the standard
    CHECK(check_digits_of("架空　花子") != check_digits_of("架空　華子"));
}

TEST_CASE("what is no code of ours is not taken for one [G4]")
{
    const auto text = text_of(a_code());
    CHECK_FALSE(read_paper_code(""));
    CHECK_FALSE(read_paper_code("4901234567894")); // an article number
    CHECK_FALSE(read_paper_code("https://example.jp/voucher"));
    CHECK_FALSE(read_paper_code(text + "0"));
    CHECK_FALSE(read_paper_code("1" + text.substr(1)));                     // an older version
    CHECK_FALSE(read_paper_code(text.substr(0, 1) + "9" + text.substr(2))); // no such category
    CHECK_FALSE(read_paper_code(text.substr(0, 2) + "3" + text.substr(3))); // page 3 of 2
    CHECK_FALSE(read_paper_code(text.substr(0, 48) + "x"));
}
