#include "infra/text/notation/address.h"

#include "infra/text/definition_file.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::text;

namespace {

Address read(std::string_view text)
{
    static const NameFolding folding(
        KanjiVariants::of(Definition::read(AZK_SOURCE_DIR "/definitions/names/kanji_variants.toml").value()).value());
    return read_address(text, folding);
}

} // namespace

TEST_CASE("an address is the same in any notation")
{
    const Address wanted{u"", u"", u"西新宿", u"2-8-1", u"コウポ若葉", u"201"};
    for (const auto* notation :
         {"西新宿2-8-1 コーポ若葉 201号室", "西新宿二丁目8番1号　コーポ若葉201", "西新宿２－８－１　コーポ若葉　２０１",
          "西新宿２ー８ー１ コーポ若葉-201", "西新宿2丁目8番地1 コーポ若葉201号", "西新宿2の8の1コーポ若葉201号室",
          "西新宿二ノ八ノ一　コーポ若葉 201室", "西新宿二丁目八番一号 コーポ若葉 201", "西新宿 2-8-1-コーポ若葉201",
          "西新宿２丁目８番地の１ コーポ若葉201"}) {
        CAPTURE(std::string(notation));
        CHECK(read(notation) == wanted);
    }
    const auto whole = read("〒160-0023 東京都新宿区西新宿2-8-1 コーポ若葉 201号室");
    CHECK(whole.prefecture == u"東京都");
    CHECK(whole.municipality == u"新宿区");
    CHECK(same_place(whole, wanted));
}

TEST_CASE("numerals that belong to a town's name stay in it")
{
    CHECK(read("東京都千代田区六番町7-1") == Address{u"東京都", u"千代田区", u"六番町", u"7-1", u"", u""});
    CHECK(read("四谷三栄町12番3号") == Address{u"", u"", u"四谷三栄町", u"12-3", u"", u""});
    CHECK(read("二十騎町1-2").town == u"二十騎町");
    CHECK(read("中央区八丁堀2-3").town == u"八丁堀");
    CHECK(read("札幌市中央区南3条西4丁目") == read("札幌市中央区南三条西四丁目"));
}

TEST_CASE("municipalities are told from towns")
{
    CHECK(read("新宿区市谷加賀町1-2-3").municipality == u"新宿区");
    CHECK(read("市谷加賀町1-2-3") == Address{u"", u"", u"市谷加賀町", u"1-2-3", u"", u""});
    CHECK(read("三重県四日市市諏訪町1-5").municipality == u"四日市市");
    CHECK(read("神奈川県横浜市中区日本大通1").municipality == u"横浜市中区");
    CHECK(read("東京都西多摩郡瑞穂町箱根ケ崎2335").town == u"箱根ケ崎");
    CHECK(read("奈良県大和郡山市北郡山町248-4").municipality == u"大和郡山市");
    CHECK(read("東京都新宿区大字見本字架空12番地").town == u"見本架空");
    CHECK(read("霞が丘町1-2") == read("霞ヶ丘町1番2号"));
}

TEST_CASE("two addresses are one place when one only says more")
{
    CHECK(same_place(read("新宿区戸山2-8-1"), read("戸山二丁目8番")));
    CHECK(same_place(read("戸山2-8-1"), read("戸山2-8-1-203")));
    CHECK_FALSE(same_place(read("戸山2-8"), read("戸山2-81")));
    CHECK_FALSE(same_place(read("戸山2"), read("戸山2-8-1"))); // a whole town's block is no place
    CHECK_FALSE(same_place(read("新宿区若葉1-2"), read("見本市若葉1-2")));
    CHECK_FALSE(same_place(read("戸山"), read("戸山")));
}

TEST_CASE("an address is one line to look in")
{
    CHECK(line_of(read("新宿区西新宿二丁目8番1号 コーポ若葉201号室")) == u"新宿区西新宿 2-8-1 コウポ若葉 201");
    CHECK(line_of(read("")).empty());
    CHECK(line_of(read("見本方")) == u"見本方");
}
