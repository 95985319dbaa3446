#include "access/signin/password_rules.h"

#include <doctest/doctest.h>
#include <vector>

using namespace azukari;
using namespace azukari::access;

namespace {

std::string_view answer(std::string password, std::vector<std::string> own = {"taro.mihon", "見本", "株式会社見本印刷"})
{
    const auto checked = check_password(normalised(SecretText(std::move(password))), own, "password");
    return checked ? std::string_view("accepted") : checked.error().code();
}

} // namespace

TEST_CASE("a long sentence is a good password, whatever it is written in [K13]")
{
    CHECK(answer("correct horse battery") == "accepted");
    CHECK(answer("雨の日はみんなで温かいうどんを食べる") == "accepted");
    CHECK(answer("tsukue no ue no ringo") == "accepted");
}

TEST_CASE("fewer than fifteen characters are refused, counted after normalisation [K13]")
{
    CHECK(answer("fourteen chars") == "password.short");
    CHECK(answer("fifteen  chars!") == "accepted");
    CHECK(answer(std::string(129, 'x')) == "password.long");
}

TEST_CASE("words that everybody would guess are refused in any width and case [K13]")
{
    CHECK(answer("Azukari de hataraku") == "password.guessable");
    CHECK(answer("ＡＺＵＫＡＲＩ no heya desu") == "password.guessable");
    CHECK(answer("わたしは新宿区で働いています") == "password.short");
    CHECK(answer("わたしは毎日新宿区で働いています") == "password.guessable");
    CHECK(answer("株式会社見本印刷の門の前の桜") == "password.short");
    CHECK(answer("株式会社見本印刷の門の前の大きな桜") == "password.guessable");
    CHECK(answer("TARO.MIHON wa genki") == "password.guessable");
}

TEST_CASE("repeated characters and rows of the alphabet are refused [K13]")
{
    CHECK(answer("aaaaaaaaaaaaaaaa") == "password.simple");
    CHECK(answer("tokyo1tokyo1tokyo1") == "password.simple");
    CHECK(answer("ghijklmnopqrstuv") == "password.simple");
    CHECK(answer("98765432109876543") == "password.guessable");
    CHECK(answer("あああああああああああああああ") == "password.simple");
}

TEST_CASE("the same password typed in full and half width is one password [K13]")
{
    CHECK(normalised(SecretText("ｐａｓｓ１２３")).reveal() == normalised(SecretText("pass123")).reveal());
    CHECK(normalised(SecretText("が")).reveal() == normalised(SecretText("が")).reveal());
}
