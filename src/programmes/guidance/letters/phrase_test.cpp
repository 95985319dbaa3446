#include "programmes/guidance/letters/phrase.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

struct Fixture {
    RecipientLayout columns =
        RecipientLayout::read(AZK_SOURCE_DIR "/definitions/layouts/guidance/recipients.toml").value();
    Vocabulary vocabulary{
        &columns, {{"office", "見本課"}, {"issued", "20220516"}}, {{"answer", {{"1", "はい"}, {"", "－"}}}}};
    Addressee to;

    Fixture()
    {
        to.recipient.clear(2);
        for (const auto& column : columns.columns())
            to.recipient.add(column.id == "name"      ? "見本　太郎"
                             : column.id == "born"    ? "19890107"
                             : column.id == "smoking" ? "1"
                                                      : "");
        to.category = Category::referral;
        to.serial = 283;
    }
    std::string filled(std::string_view text)
    {
        std::string scratch;
        return std::string(Phrase::parse(text, vocabulary).value().fill(to, 1, 2, scratch));
    }
};

} // namespace

TEST_CASE_FIXTURE(Fixture, "places in a form are filled with the person's own values")
{
    CHECK(filled("{name}　様") == "見本　太郎　様");
    CHECK(filled("{name}") == "見本　太郎");
    CHECK(filled("{born|era}生") == "昭和64年1月7日生");
    CHECK(filled("喫煙 {smoking|answer} {glucose|answer}") == "喫煙 はい －");
    CHECK(filled("{serial} ({page}／{pages}) {category}") == "E-00283 (1／2) 受診勧奨通知");
    CHECK(filled("{building}").empty());
}

TEST_CASE_FIXTURE(Fixture, "values of the run are fixed text")
{
    const auto phrase = Phrase::parse("{office} {issued|era}", vocabulary).value();
    CHECK(phrase.is_literal());
    CHECK(phrase.literal_text() == "見本課 令和4年5月16日");
    const auto footer = Phrase::parse("{page}／{pages} {category}", vocabulary).value();
    CHECK(footer.is_fixed());
    CHECK_FALSE(footer.is_literal());
    CHECK(footer.fixed_text(Category::referral, 1, 2) == "1／2 受診勧奨通知");
    CHECK_FALSE(Phrase::parse("{name}", vocabulary).value().is_fixed());
}

TEST_CASE_FIXTURE(Fixture, "a place nobody knows is named")
{
    CHECK(Phrase::parse("{nmae}様", vocabulary).error().find("{nmae}") != std::string::npos);
    CHECK(Phrase::parse("{name|yes}", vocabulary).error().find("[words.yes]") != std::string::npos);
    CHECK(Phrase::parse("{name", vocabulary).error().find("閉じられていません") != std::string::npos);
}
