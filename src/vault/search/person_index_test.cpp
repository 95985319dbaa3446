#include "vault/search/person_index.h"

#include "infra/text/definition_file.h"
#include "vault/search/search_refusals.h"
#include "vault/search/townspeople.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::search;

namespace {

const text::NameFolding& folding()
{
    static const text::NameFolding table(
        text::KanjiVariants::of(text::Definition::read(AZK_SOURCE_DIR "/definitions/names/kanji_variants.toml").value())
            .value());
    return table;
}

Person person(std::size_t place, std::string name, std::string reading, std::string birth, std::string telephone,
              std::string address)
{
    return {id_of_place(place),
            {{Facet::name, std::move(name)},
             {Facet::reading, std::move(reading)},
             {Facet::birth, std::move(birth)},
             {Facet::telephone, std::move(telephone)},
             {Facet::address, std::move(address)}}};
}

struct Cabinet {
    Cabinet()
    {
        index.add(person(1, "髙橋　見本", "タカハシ　ミホン", "1965-04-03", "03-0123-4567",
                         "見本区見本台2-8-1 コーポ若葉 201号室"));
        index.add(person(2, "斎藤　架空", "サイトウ　カクウ", "昭和40年4月4日", "09000001111", "見本区見本台2-8-11"));
        index.add(
            person(3, "斉藤　試験", "サイトー　シケン", "S64.1.7", "(03)0123-9999", "東京都見本区架空町一丁目2番3号"));
        index.add(person(4, "大野　原子", "オオノ　ゲンコ", "1940-02-29", "+81 90 0000 2222", "見本区六番町7"));
        index.add(person(5, "NGUYEN VAN MIHON", "グエン バン ミホン", "1999-12-31", "080-0000-3333", "見本町3-2-1"));
        index.add(person(6, "原　見本子", "ハラ　ミホコ", "1970-01-01", "", ""));
        index.settle();
    }
    Finding find(std::string_view words, Page page = {}) const
    {
        return index.find(read_query(words, folding()).value(), page);
    }
    // Places of who was found, best first.
    std::vector<std::size_t> places(std::string_view words) const
    {
        std::vector<std::size_t> found;
        for (const auto& hit : find(words).hits) found.push_back(hit.person.bytes()[15]);
        return found;
    }
    PersonIndex index{folding()};
};

using Places = std::vector<std::size_t>;

} // namespace

TEST_CASE("a person is found by parts of the name, in any form of its kanji and any kana")
{
    const Cabinet cabinet;
    for (const auto* words : {"高橋", "髙橋", "高橋見本", "髙橋　見本", "たかはし", "ﾀｶﾊｼ", "タカハシ ミホン",
                              "takahashi", "TAKAHASHI Mihon", "橋見"})
        CHECK_MESSAGE(cabinet.places(words) == Places{1}, std::string(words));
    CHECK(cabinet.places("おおの") == Places{4});
    CHECK(cabinet.places("オウノ") == Places{4});
    CHECK(cabinet.places("ohno") == Places{4});
    CHECK(cabinet.places("ono genko") == Places{4});
    CHECK(cabinet.places("nguyen") == Places{5});
    CHECK(cabinet.places("ぐえん ばん") == Places{5});
    CHECK(cabinet.places("原") == Places{6, 4}); // as a whole word first
    CHECK(cabinet.places("ハ ミ") == Places{6}); // readings of one kana are whole names: リ, チ
    CHECK(cabinet.places("みほん") == Places{5, 1});
    CHECK(cabinet.places("大 野原 子") == Places{4}); // blanks where the name has none
    CHECK(cabinet.places("佐藤").empty());
}

TEST_CASE("斎藤 does not find 斉藤 while there is a 斎藤, and finds it as near when there is none")
{
    Cabinet cabinet;
    CHECK(cabinet.places("齋藤") == Places{2});
    CHECK_FALSE(cabinet.find("齋藤").near);
    CHECK(cabinet.places("サイトウ") == Places{2, 3});
    CHECK(cabinet.index.remove(id_of_place(2)));
    CHECK(cabinet.places("斎藤") == Places{3});
    CHECK(cabinet.find("斎藤").near);
}

TEST_CASE("one mistyped kana still leads to the person, as near")
{
    const Cabinet cabinet;
    for (const auto* words : {"タカハツ", "タカバシ", "タハシ", "タカハハシ"}) {
        CHECK_MESSAGE(cabinet.places(words) == (std::string_view(words) == "タハシ" ? Places{} : Places{1}),
                      std::string(words));
        CHECK(cabinet.find(words).near == (std::string_view(words) != "タハシ"));
    }
}

TEST_CASE("a person is found by the telephone number in any notation, and by its last four digits")
{
    const Cabinet cabinet;
    for (const auto* words :
         {"03-0123-4567", "(03)0123-4567", "０３０１２３４５６７", "+81 3 0123 4567", "03 0123 4567",
          "＋８１ ３ ０１２３ ４５６７", "（０３） ０１２３ ４５６７", "+81 (0)3 0123 4567", "4567", "0123-4567"})
        CHECK_MESSAGE(cabinet.places(words) == Places{1}, std::string(words));
    CHECK(cabinet.places("09000002222") == Places{4});
    CHECK(cabinet.places("0123") == Places{3, 1});
}

TEST_CASE("a person is found by the birth date in any notation, by year, by month")
{
    const Cabinet cabinet;
    for (const auto* words :
         {"昭和40年4月3日", "S40.4.3", "㍼40.4.3", "1965/4/3", "19650403", "昭和 40年 4月 3日", "4月3日"})
        CHECK_MESSAGE(cabinet.places(words) == Places{1}, std::string(words));
    CHECK(cabinet.places("S40.4").size() == 2);
    CHECK(cabinet.places("昭和40年").size() == 2);
    CHECK(cabinet.places("S64.1.7") == Places{3});
    CHECK(cabinet.places("昭和15年2月29日") == Places{4});
    CHECK(cabinet.places("サイトウ S40") == Places{2});
}

TEST_CASE("a person is found by the address in any notation, and numbers are whole")
{
    const Cabinet cabinet;
    for (const auto* words : {"見本台2-8-1", "見本台二丁目8番1号", "見本区見本台２－８－１",
                              "東京都見本区見本台2-8-1 コーポ若葉", "こーぽ若葉", "若葉 201"})
        CHECK_MESSAGE(cabinet.places(words) == Places{1}, std::string(words));
    CHECK(cabinet.places("見本台2-8") == Places{2, 1}); // in the order of their readings
    CHECK(cabinet.places("架空町1-2-3") == Places{3});
    CHECK(cabinet.places("六番町") == Places{4});
    CHECK(cabinet.places("東京都見本区見本町3-2-1") == Places{5}); // written there without the ward
    CHECK(cabinet.places("東京都架空区見本台2-8-1").empty());
}

TEST_CASE("what matched is said word by word")
{
    const Cabinet cabinet;
    const auto finding = cabinet.find("高橋 4567 S40");
    REQUIRE(finding.total == 1);
    const auto& matches = finding.hits[0].matches;
    REQUIRE(matches.size() == 3);
    CHECK((matches[0].facet == Facet::name && matches[0].extent == Extent::word));
    CHECK((matches[1].facet == Facet::telephone && matches[1].extent == Extent::word));
    CHECK(matches[2].facet == Facet::birth);
}

TEST_CASE("a person who is erased is found no more, and a changed one only as changed [K61]")
{
    Cabinet cabinet;
    CHECK(cabinet.index.remove(id_of_place(1)));
    CHECK_FALSE(cabinet.index.remove(id_of_place(1)));
    for (const auto* words : {"高橋", "4567", "若葉", "S40.4.3", "takahashi"}) CHECK(cabinet.places(words).empty());
    CHECK(cabinet.index.size() == 5);
    cabinet.index.put(person(2, "見本　架空", "ミホン　カクウ", "1965-04-04", "", ""));
    CHECK(cabinet.places("齋藤") == Places{3});
    CHECK(cabinet.places("見本 架空").front() == 2);
    CHECK(cabinet.index.size() == 5);
    cabinet.index.put(person(7, "見本　架空", "ミホン　カクウ", "", "", ""));
    CHECK(cabinet.places("見本架空") == Places{2, 7});
}

TEST_CASE("results come in pages that do not overlap")
{
    PersonIndex index(folding());
    const auto town = townspeople(500, 7);
    for (std::size_t i = 0; i < town.people.size(); ++i) index.add(as_person(town.people[i], i));
    index.settle();
    const auto query = read_query("見本区", folding()).value();
    const auto all = index.find(query, {0, 1000});
    std::vector<SubjectId> paged;
    for (std::size_t first = 0; first < all.total; first += 50)
        for (const auto& hit : index.find(query, {first, 50}).hits) paged.push_back(hit.person);
    REQUIRE(paged.size() == all.total);
    for (std::size_t i = 0; i < paged.size(); ++i) CHECK(paged[i] == all.hits[i].person);
    CHECK(index.find(query, {all.total + 1, 50}).hits.empty());
}

TEST_CASE("everybody in town is found by name, reading, telephone and birth as they wrote them")
{
    PersonIndex index(folding());
    const auto town = townspeople(2000, 11);
    for (std::size_t i = 0; i < town.people.size(); ++i) index.add(as_person(town.people[i], i));
    index.settle();
    for (std::size_t i = 0; i < town.people.size(); i += 7) {
        const auto& somebody = town.people[i];
        for (const auto& words :
             {somebody.name, somebody.reading + " " + somebody.birth, somebody.telephone, somebody.address}) {
            const auto finding = index.find(read_query(words, folding()).value(), {0, 2000});
            CHECK_MESSAGE(
                std::ranges::any_of(finding.hits, [&](const Hit& hit) { return hit.person == id_of_place(i); }), words);
            CHECK_FALSE(finding.near);
        }
    }
}

TEST_CASE("what cannot be looked for is refused with what to type instead")
{
    CHECK(read_query("", folding()).error().is(kNothingToFind));
    CHECK(read_query("　 ", folding()).error().is(kNothingToFind));
    CHECK(read_query("a", folding()).error().is(kWordTooShort));
    CHECK(read_query("1 2 3 4 5 6 7 8 9", folding()).error().is(kQueryTooLong));
    CHECK(read_query(std::string(400, 'a'), folding()).error().is(kQueryTooLong));
    CHECK(read_query("!?", folding()).error().is(kWordTooShort));
}
