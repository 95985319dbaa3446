#include "party/name_rules.h"

#include <doctest/doctest.h>

using namespace azukari;

namespace {

std::string_view refusal(const Result<void>& result)
{
    return result ? std::string_view("accepted") : result.error().code();
}

} // namespace

TEST_CASE("a name is any text a person would write on one line")
{
    CHECK(refusal(party::check_name("見本 太郎", "name")) == "accepted");
    CHECK(refusal(party::check_name("髙𠮷 﨑", "name")) == "accepted");
    CHECK(refusal(party::check_name("", "name")) == "party.name_missing");
    CHECK(refusal(party::check_name(" \u3000", "name")) == "party.name_missing");
    CHECK(refusal(party::check_name("見本\n太郎", "name")) == "party.name_unprintable");
    CHECK(refusal(party::check_name("見本\u202E太郎", "name")) == "party.name_unprintable");
    CHECK(refusal(party::check_name("\xE3\x81", "name")) == "party.name_unprintable");
    CHECK(refusal(party::check_name("\xC0\xAF", "name")) == "party.name_unprintable");
    CHECK(refusal(party::check_name(std::string(81, 'a'), "name")) == "party.name_too_long");
}

TEST_CASE("kana is full-width katakana")
{
    CHECK(refusal(party::check_kana("ミホン タロウ", "kana")) == "accepted");
    CHECK(refusal(party::check_kana("ヴァン・スミス ジョー", "kana")) == "accepted");
    CHECK(refusal(party::check_kana("みほん たろう", "kana")) == "party.kana_expected");
    CHECK(refusal(party::check_kana("ﾐﾎﾝ", "kana")) == "party.kana_expected");
}
