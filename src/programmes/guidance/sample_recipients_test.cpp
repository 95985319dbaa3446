#include "programmes/guidance/sample_recipients.h"

#include <doctest/doctest.h>
#include <set>

using namespace azukari;
using namespace azukari::guidance;

namespace {

const RecipientLayout& layout()
{
    static const auto read =
        RecipientLayout::read(AZK_SOURCE_DIR "/definitions/layouts/guidance/recipients.toml").value();
    return read;
}

std::string sample(std::size_t count, std::uint64_t seed = 20220401)
{
    std::string bytes;
    write_sample_recipients(layout(), {.count = count, .seed = seed}, [&](std::string_view more) { bytes += more; });
    return bytes;
}

} // namespace

TEST_CASE("4,413 fictitious recipients have the source document's shares, and every cell is right [G1] [G2]")
{
    const auto bytes = sample(4413);
    text::TextSource source(bytes);
    auto file = RecipientFile::open(source, layout()).value();
    CHECK(file.encoding() == text::Encoding::cp932);
    std::vector<BadCell> bad;
    Recipient recipient;
    SerialNumbers serials;
    while (file.next(recipient, bad).value())
        serials.next(
            classify(recipient.value(layout().kind_column()), recipient.value(layout().level_column())).value());
    CHECK(bad.empty());
    CHECK(serials.count(Category::active_support) == 613);
    CHECK(serials.count(Category::motivational_support) == 1130);
    CHECK(serials.count(Category::lean_guidance) == 2387);
    CHECK(serials.count(Category::referral) == 283);
}

TEST_CASE("the same seed gives the same file, another seed another")
{
    CHECK(sample(50) == sample(50));
    CHECK(sample(50) != sample(50, 7));
}

TEST_CASE("a person's age is the one he has at the end of the fiscal year")
{
    const auto bytes = sample(200);
    text::TextSource source(bytes);
    auto file = RecipientFile::open(source, layout()).value();
    std::vector<BadCell> bad;
    Recipient recipient;
    while (file.next(recipient, bad).value()) {
        const auto born = std::string(recipient.value(*layout().index_of("born")));
        const auto date = CivilDate::parse(born.substr(0, 4) + "-" + born.substr(4, 2) + "-" + born.substr(6)).value();
        CHECK(recipient.value(*layout().index_of("age")) ==
              std::to_string(age_at_fiscal_year_end(date, FiscalYear(2021))));
    }
}
