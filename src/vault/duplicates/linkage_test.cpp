#include "vault/duplicates/linkage.h"

#include "infra/text/definition_file.h"
#include "vault/search/townspeople.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

using namespace azukari;
using namespace azukari::duplicates;

namespace {

const text::NameFolding& folding()
{
    static const text::NameFolding table(
        text::KanjiVariants::of(text::Definition::read(AZK_SOURCE_DIR "/definitions/names/kanji_variants.toml").value())
            .value());
    return table;
}

using Places = std::set<std::pair<std::uint32_t, std::uint32_t>>;

std::vector<Identity> identities_of(const search::Town& town)
{
    std::vector<Identity> identities;
    for (const auto& of : town.people)
        identities.push_back(
            {search::id_of_place(identities.size()), of.name, of.reading, of.birth, of.sex, of.address, of.telephone});
    return identities;
}

// A small town in which two entries are looked at, so that names have frequencies.
std::vector<Pair> among_others(Identity a, Identity b)
{
    auto identities = identities_of(search::townspeople(2000, 5));
    a.id = search::id_of_place(identities.size());
    b.id = search::id_of_place(identities.size() + 1);
    const auto first = static_cast<std::uint32_t>(identities.size());
    identities.push_back(a);
    identities.push_back(b);
    auto pairs = possible_duplicates(identities, folding());
    std::erase_if(pairs, [&](const Pair& pair) { return pair.place_a != first || pair.place_b != first + 1; });
    return pairs;
}

const Identity kMihon{search::id_of_place(0), "見本　花子",  "ミホン　ハナコ", "1965-04-03", "女",
                      "見本区見本台2-8-1",    "03-0123-4567"};

bool has(const std::vector<Reason>& reasons, std::string_view wanted)
{
    return std::ranges::find(reasons, wanted, &Reason::japanese) != reasons.end();
}

// The pairs of a town in which nobody else lives than these, and so many strangers.
std::vector<Pair> in_small_town(std::vector<Identity> identities, std::size_t strangers)
{
    const auto others = identities_of(search::townspeople(100, 7));
    for (std::size_t at = 0; at < strangers; ++at) identities.push_back(others[at * 3]);
    for (std::size_t at = 0; at < identities.size(); ++at) identities[at].id = search::id_of_place(at);
    auto pairs = possible_duplicates(identities, folding());
    std::erase_if(pairs, [](const Pair& pair) { return pair.place_a != 0 || pair.place_b != 1; });
    return pairs;
}

} // namespace

TEST_CASE("a person who applied twice is found, however it was written")
{
    const auto pairs = among_others(kMihon, {kMihon.id, "見本花子", "みほんはなこ", "S40.4.3", "女",
                                             "東京都見本区見本台二丁目8番1号 コーポ架空101", "+81 3 0123 4567"});
    REQUIRE(pairs.size() == 1);
    CHECK(pairs[0].probability > 0.999);
    const auto reasons = reasons_of(pairs[0].comparison);
    for (const auto* wanted : {"姓が同じ", "名が同じ", "生年月日が同じ", "住所が同じ", "電話番号が同じ", "性別が同じ"})
        CHECK_MESSAGE(has(reasons, wanted), std::string(wanted));
}

TEST_CASE("a person who moved, married or slipped is found, and the reasons say what differs")
{
    auto moved = kMihon;
    moved.address = "見本区架空町1-1-1";
    moved.telephone = "090-0111-2222";
    auto pairs = among_others(kMihon, moved);
    REQUIRE(pairs.size() == 1);
    CHECK(has(reasons_of(pairs[0].comparison), "住所が違う"));

    auto married = kMihon;
    married.name = "架空　花子";
    married.reading = "カクウ　ハナコ";
    pairs = among_others(kMihon, married);
    REQUIRE(pairs.size() == 1);
    CHECK(has(reasons_of(pairs[0].comparison), "姓が違う"));

    auto slipped = kMihon;
    slipped.birth = "1965-03-04";
    slipped.reading = "ミホン　ハナユ";
    pairs = among_others(kMihon, slipped);
    REQUIRE(pairs.size() == 1);
    CHECK(has(reasons_of(pairs[0].comparison), "生年月日の月と日が逆"));
    CHECK(has(reasons_of(pairs[0].comparison), "名の漢字が同じ(読みは違う)"));
}

TEST_CASE("members of a family are not one person, twins neither")
{
    auto sister = kMihon;
    sister.name = "見本　陽子";
    sister.reading = "ミホン　ヨウコ";
    CHECK(among_others(kMihon, sister).empty()); // a twin: the same birth date, address and telephone
    sister.birth = "1968-10-10";
    CHECK(among_others(kMihon, sister).empty());
    auto brother = kMihon;
    brother.name = "見本　太郎";
    brother.reading = "ミホン　タロウ";
    brother.sex = "男";
    CHECK(among_others(kMihon, brother).empty());
}

TEST_CASE("an equal name, birth date and address make a candidate, however small the town")
{
    auto again = kMihon;
    again.name = "見本花子"; // the other's name tells where to part it
    again.reading = again.telephone = again.sex = "";
    for (const std::size_t strangers : {0, 1, 2, 10, 30}) {
        CAPTURE(strangers);
        const auto pairs = in_small_town({kMihon, again}, strangers);
        REQUIRE(pairs.size() == 1);
        CHECK(pairs[0].probability > 0.95);
        auto sister = kMihon;
        sister.name = "見本　陽子";
        sister.reading = "ミホン　ヨウコ";
        CHECK(in_small_town({kMihon, sister}, strangers).empty()); // not even a twin
        auto namesake = kMihon;
        namesake.birth = "1999-01-01";
        namesake.address = "見本区架空町1-1-1";
        namesake.telephone = "090-0111-2222";
        CHECK(in_small_town({kMihon, namesake}, strangers).empty());
    }
}

TEST_CASE("a name in kana, or nowhere parted, is compared with what it may be")
{
    Identity kanji = kMihon, kana = kMihon;
    kana.name = "見本　はなこ";
    kana.reading = "";
    auto pairs = in_small_town({kanji, kana}, 3);
    REQUIRE(pairs.size() == 1);
    CHECK(has(reasons_of(pairs[0].comparison), "名が同じ"));
    kanji.reading = "";
    kana.name = "見本　はな子";
    pairs = in_small_town({kanji, kana}, 3);
    REQUIRE(pairs.size() == 1);
    CHECK(has(reasons_of(pairs[0].comparison), "名が1字違い・似た字"));
    kanji.name = kana.name = "架空見本";
    CHECK(in_small_town({kanji, kana}, 0).size() == 1);
    CHECK(kana_for_kanji(u"花子", u"ハナ子"));
    CHECK(kana_for_kanji(u"ハナ子", u"花子"));
    CHECK_FALSE(kana_for_kanji(u"花子", u"陽子"));
    CHECK_FALSE(kana_for_kanji(u"花", u"ハナ"));
    CHECK_FALSE(kana_for_kanji(u"花子", u"花子"));
    CHECK_FALSE(kana_for_kanji(u"", u"子"));
}

TEST_CASE("a common name alone does not make two people one, a rare one says more")
{
    const Comparison same{NameAgreement::same,       NameAgreement::same,           BirthAgreement::same_month,
                          PlaceAgreement::different, TelephoneAgreement::different, SexAgreement::same};
    Frequencies common{0.02, 0.01}, rare{0.00002, 0.00005};
    CHECK(bits_of(same, rare, true, 100'000) > bits_of(same, common, true, 100'000) + 10);
    CHECK(probability_of(bits_of(same, common, true, 100'000)) < 0.01);
}

TEST_CASE("what is unknown speaks neither for nor against")
{
    const Comparison nothing;
    auto sex = nothing;
    sex.sex = SexAgreement::different;
    CHECK(bits_of(sex, {}, false, 1000) < bits_of(nothing, {}, false, 1000));
    CHECK(reasons_of(nothing).empty());
    auto nameless = kMihon;
    nameless.name = nameless.reading = nameless.telephone = "";
    CHECK(among_others(kMihon, nameless).size() <= 1);
}

TEST_CASE("one slip is a character replaced, left out, added or exchanged with its neighbour")
{
    CHECK(one_slip_apart(u"ハナコ", u"ハナユ"));
    CHECK(one_slip_apart(u"ハナコ", u"ハコ"));
    CHECK(one_slip_apart(u"ハナコ", u"ハンナコ"));
    CHECK(one_slip_apart(u"ハナコ", u"ナハコ"));
    CHECK_FALSE(one_slip_apart(u"ハナコ", u"ヨウコ"));
    CHECK_FALSE(one_slip_apart(u"", u"コ"));
}

TEST_CASE("among thousands, nearly everybody who is there twice is found, and nearly every pair is right")
{
    const auto town = search::townspeople(20'000, 97);
    const auto pairs = possible_duplicates(identities_of(town), folding());
    const Places truth(town.twice.begin(), town.twice.end());
    const auto right = std::ranges::count_if(pairs, [&](const Pair& pair) {
        return truth.contains({pair.place_a, pair.place_b});
    });
    CHECK(double(right) / double(truth.size()) >= 0.985);
    CHECK(double(right) / double(pairs.size()) >= 0.98);
    CHECK(std::ranges::is_sorted(pairs, [](const Pair& a, const Pair& b) { return a.probability > b.probability; }));
}
