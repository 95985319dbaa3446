#include "infra/text/notation/name_folding.h"

#include "infra/text/definition_file.h"
#include "infra/text/notation/reading.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::text;

namespace {

const NameFolding& folding()
{
    static const NameFolding table(
        KanjiVariants::of(Definition::read(AZK_SOURCE_DIR "/definitions/names/kanji_variants.toml").value()).value());
    return table;
}

bool same(std::string_view a, std::string_view b)
{
    return folding().fold_name(a) == folding().fold_name(b);
}

bool contains(const std::vector<std::u16string>& all, std::u16string_view wanted)
{
    return std::ranges::find(all, wanted) != all.end();
}

} // namespace

TEST_CASE("a name is the same in every form of its kanji")
{
    CHECK(same("髙橋", "高橋"));
    CHECK(same("山﨑", "山崎"));
    CHECK(same("山嵜", "山崎"));
    CHECK(same("渡邉 渡邊", "渡辺 渡辺"));
    CHECK(same("德川", "徳川"));
    CHECK(same("濵田 濱田", "浜田 浜田"));
    CHECK(same("𠮷野", "吉野"));
    CHECK(same("國分 澤 廣瀨", "国分 沢 広瀬"));
    CHECK(same("辻\U000E0100本", "辻本")); // a variation sequence
    CHECK(same("\uFA10本", "塚本"));       // a compatibility ideograph of CP932
    CHECK(same("佐々木", "佐佐木"));
    CHECK(same("鬼ヶ島 霞が関 龍ケ崎", "鬼ケ島 霞ヶ関 竜ヶ崎"));
}

TEST_CASE("斎 and 斉 stay two characters, which are near to each other")
{
    CHECK(same("齋藤", "斎藤"));
    CHECK(same("齊藤", "斉藤"));
    CHECK_FALSE(same("斎藤", "斉藤"));
    CHECK(folding().near(folding().fold("齋藤")) == folding().near(folding().fold("齊藤")));
    CHECK(folding().near(folding().fold("安部")) == folding().near(folding().fold("阿部")));
    CHECK(folding().near_spellings(u"斎藤") == std::vector<std::u16string>{u"斉藤", u"斎籐", u"斉籐"});
    CHECK(folding().near(folding().fold("佐藤")) != folding().near(folding().fold("斎藤")));
}

TEST_CASE("a reading is the same in hiragana, katakana and half width, with small kana or large")
{
    CHECK(same("さとう　ゆうこ", "サトウ ユウコ"));
    CHECK(same("ｻﾄｳ ｹﾞﾝｼﾞ", "サトウ ゲンジ"));
    CHECK(same("ﾊﾟｰｸ", "パーク"));
    CHECK(same("ハットリ キョウコ", "ハツトリ キヨウコ"));
    CHECK(same("サトー ユーコ", "サトウ ユウコ"));
    CHECK(same("サト- ﾕｰｺ", "サトウ ユウコ"));
    CHECK(same("かつ゛こ", "カヅコ")); // a mark typed on its own
    CHECK(same("カズオ", "カヅヲ"));
    CHECK_FALSE(same("サトウ", "サト"));
    CHECK(folding().fold_name("ハラ　マリコ") == u"ハラ マリコ");
}

TEST_CASE("Latin names are the same in any case, width and with any marks")
{
    CHECK(same("NGUYỄN VĂN ĐỨC", "nguyen van duc"));
    CHECK(same("Ｍüller, Ｊosé", "MULLER JOSE"));
    CHECK(same("O'Brien", "OBRIEN"));
    CHECK(same("JEAN-PIERRE", "Jean Pierre"));
    CHECK(same("マリア・ロペス", "マリア　ロペス"));
}

TEST_CASE("long vowels are looked for in each way they are spelt")
{
    CHECK(contains(spellings_of(u"オウノ"), u"オオノ"));
    CHECK(contains(spellings_of(u"ケエコ"), u"ケイコ"));
    CHECK(spellings_of(u"サクラ") == std::vector<std::u16string>{u"サクラ"});
    CHECK(spellings_of(u"オオオオオオオオオオ").size() == kMostSpellings);
}

TEST_CASE("Latin letters are read as kana where they can be")
{
    CHECK(contains(readings_of_romaji(u"sato yuko"), u"サトウ ユウコ"));
    CHECK(contains(readings_of_romaji(u"satoh"), u"サトウ"));
    CHECK(readings_of_romaji(u"hattori") == std::vector<std::u16string>{u"ハツトリ", u"ハツトウリ"});
    CHECK(contains(readings_of_romaji(u"shinji"), u"シンジ"));
    CHECK(contains(readings_of_romaji(u"sinzi"), u"シンジ"));
    CHECK(contains(readings_of_romaji(u"namba"), u"ナンバ"));
    CHECK(contains(readings_of_romaji(u"ryunosuke"), u"リユウノスケ"));
    CHECK(readings_of_romaji(u"smith").empty());
    CHECK(readings_of_romaji(u"nguyen").empty());
}

TEST_CASE("a table of variants with a character in two groups is refused with its line")
{
    const auto variants = [](const char* toml) { return KanjiVariants::of(Definition::parse(toml, "a.toml").value()); };
    CHECK(variants("same = ['高髙']\nnear = ['斎斉']").has_value());
    CHECK(variants("same = ['高髙', '隆髙']").error().sentence().starts_with("a.toml:1行目: same の「隆髙」"));
    CHECK(variants("same = ['高']").error().is(kBadDefinition));
    CHECK(variants("same = ['高a']").error().is(kBadDefinition));
    CHECK(variants("same = ['高髙']\nnear = ['髙橋']").error().is(kBadDefinition));
    CHECK(variants("seme = ['高髙']").error().is(kBadDefinition));
}
