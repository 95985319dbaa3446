#include "programmes/guidance/letters/display_number.h"

#include <doctest/doctest.h>

using namespace azukari::guidance;

namespace {

std::string number(std::string_view address, std::string_view building = "")
{
    return address_display_number(address, building).value_or("none");
}

} // namespace

TEST_CASE("the examples of Japan Post's manual give its own numbers [G3]")
{
    CHECK(number("見本県架空市宮田町6丁目7-14", "ABCビル2F") == "6-7-14-2");
    CHECK(number("見本県架空市幕張町3丁目30番8号", "見本マンション403号室") == "3-30-8-403");
    CHECK(number("見本府架空市東三国ケ丘３－２０－５", "Ｂ６０４") == "3-20-5B604");
    CHECK(number("見本県架空市新田町3丁目80", "25J1・2B") == "3-80-25J12B");
    CHECK(number("見本県架空市新田町3丁目80 25J1-2B") == "3-80-25J1-2B");
    CHECK(number("北海道札幌市中央区南四条西２９丁目１５２４番地２３号", "第2見本ハイツ501") == "29-1524-23-2-501");
    CHECK(number("東京都千代田区架空1丁目3番2号", "見本ビル 503") == "1-3-2-503");
}

TEST_CASE("Chinese numerals before a number's own words are numbers, others are names [G3]")
{
    CHECK(number("東京都新宿区四谷三丁目2番1号") == "3-2-1");
    CHECK(number("東京都新宿区四谷三栄町四十番地二十七号") == "40-27");
    CHECK(number("東京都新宿区二十騎町5番24号", "第二見本荘") == "5-24");
    CHECK(number("東京都新宿区百人町二丁目三〇番一〇五号") == "2-30-105");
    CHECK(number("東京都新宿区西五軒町３の１２") == "3-12");
    CHECK(number("東京都新宿区西新宿八丁目百二番五号", "八号棟千一号室") == "8-102-5-8-1001");
    CHECK(number("架空県見本市三の町二の三番地") == "2-3");
}

TEST_CASE("a town's name that looks like a number is not taken for one [G3]")
{
    CHECK(number("東京都中央区八丁堀二丁目3番4号") == "2-3-4");
    CHECK(number("東京都千代田区一番町12番地") == "12");
    CHECK(number("見本県架空市四番丁12") == "12");
    CHECK(number("見本県架空市三の丸一丁目2番3号") == "1-2-3");
    CHECK(number("見本府架空市宿院町東三丁2-1") == "3-2-1");
    CHECK(number("見本県架空町字一の沢第２地割３番地５") == "2-3-5");
}

TEST_CASE("floors, letters and signs follow the manual's rules [G3]")
{
    CHECK(number("東京都新宿区箪笥町15番地", "メゾン・ド・見本 Ａ棟２０１") == "15A201");
    CHECK(number("東京都新宿区箪笥町15番地", "ABハイツ c-5") == "15C5");
    CHECK(number("東京都新宿区箪笥町15番地", "見本・架空ビル 3F") == "15-3");
    CHECK(number("東京都新宿区箪笥町15番地", "見本ビル B1F") == "15B1");
    CHECK(number("東京都新宿区箪笥町15ー2", "コーポ仮名Ⅱ 102") == "15-2-102");
    CHECK(number("東京都新宿区箪笥町15−2−") == "15-2");
    CHECK(number("東京都新宿区箪笥町18-1/2") == "18-12");
}

TEST_CASE("an address whose town cannot be told from its number gives none [G3]")
{
    for (const auto* address :
         {"", "1丁目2番3号", "東京都新宿区神楽河岸", "京都市下京区四条通寺町東入二丁目5番地",
          "京都市中京区烏丸通御池上る二条殿町552", "札幌市中央区北1条西3丁目2", "上川郡見本町西3線北15号",
          "上川郡見本町西三線北15号", "東京都千代田区1番町12", "見本県架空市大三一丁目2番地",
          "東京都新宿区箪笥町15番地一", "見本県架空市大三百一丁目2番地", "見本県架空市20世紀町3番地"})
        CHECK_MESSAGE(number(address) == "none", address);
}

TEST_CASE("no barcode under a postcode that names no town or a single building [G3]")
{
    CHECK(names_a_town("160-0022"));
    CHECK(names_a_town("1620801"));
    for (const auto* postcode : {"160-0000", "163-0201", "160-8484", "107-6001", "969-1100", "160-002", ""})
        CHECK_FALSE_MESSAGE(names_a_town(postcode), postcode);
}
