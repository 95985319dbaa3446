#include "programmes/guidance/letters/proof/proof.h"

#include "programmes/guidance/letters/press.h"
#include "programmes/guidance/letters/proof/longest_values.h"

#include <algorithm>
#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

const std::string kLayouts = AZK_SOURCE_DIR "/definitions/layouts/guidance";

const RecipientLayout& columns()
{
    static const auto read = RecipientLayout::read(kLayouts + "/recipients.toml").value();
    return read;
}
const pdf::FontBook& fonts()
{
    static const pdf::FontBook book;
    return book;
}

// The layout with another 受診勧奨通知, and more in letters.toml.
LetterLayout with_referral(const std::string& page, const std::string& more = "")
{
    const auto copy = std::filesystem::temp_directory_path() / fmt::format("azukari-proof-{}", ::getpid());
    std::filesystem::copy(kLayouts, copy);
    std::ofstream(copy / "referral.toml") << page;
    std::ofstream(copy / "letters.toml", std::ios::app) << more;
    auto read = LetterLayout::read(copy.string(), columns());
    std::filesystem::remove_all(copy);
    return std::move(read).value();
}

std::vector<ProofFinding> findings_on_referral(const std::string& page, const std::string& more = "")
{
    const auto layout = with_referral(page, more);
    pdf::TextSink sink;
    auto findings = write_proof(fonts(), layout, columns(), sink).findings;
    std::erase_if(findings, [](const auto& finding) { return finding.page != "対象者区分Eの1枚目"; });
    return findings;
}

std::string field(double x, double y, const std::string& text, const std::string& more = "")
{
    return fmt::format("[[text]]\nat = [{}, {}]\ntext = \"{}\"\nstyle = \"value\"\n{}\n", x, y, text, more);
}

// Whether the press prints somebody with these values, or holds him back.
bool is_printed(const LetterLayout& layout, Addressee to)
{
    pdf::TextSink sink;
    PressSettings settings;
    settings.open = [&](Category) -> pdf::Sink& { return sink; };
    bool given = false;
    const Supply supply = [&](Addressee& next) -> Result<bool> {
        if (given) return false;
        next = to;
        return given = true;
    };
    return compose(fonts(), layout, supply, settings).value().letters() == 1;
}

std::string text_of(const std::string& bytes, std::size_t& pages)
{
    const auto path =
        fmt::format("{}/azukari-proof-{}.pdf", std::filesystem::temp_directory_path().string(), ::getpid());
    std::ofstream(path, std::ios::binary) << bytes;
    FILE* pipe = popen(("qpdf --check " + path + " >/dev/null && pdftotext -enc UTF-8 " + path + " -").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    CHECK(pclose(pipe) == 0);
    std::filesystem::remove(path);
    pages = static_cast<std::size_t>(std::ranges::count(text, '\f'));
    return text;
}

} // namespace

TEST_CASE("the proof shows every page of every category with its fields and a list in front [G3]")
{
    const auto layout = LetterLayout::read(kLayouts, columns()).value();
    pdf::TextSink sink;
    const auto proof = write_proof(fonts(), layout, columns(), sink);
    CHECK(proof.pages == 9);
    CHECK(proof.fields > 9 * 8);
    std::size_t pages = 0;
    const auto text = text_of(sink.bytes(), pages);
    CHECK(pages == proof.pages + 1);
    CHECK(text.starts_with("校正紙"));
    CHECK(text.find(fmt::format("確かめた紙 9枚、欄 {}か所、直すところ {}か所", proof.fields, proof.findings.size())) !=
          std::string::npos);
    for (const auto* field :
         {"{checkup_ticket}", "{born|era}", "カスタマバーコードと余白", "二次元コード", "{urine_sugar}"})
        CHECK_MESSAGE(text.find(field) != std::string::npos, field);
    for (const auto& finding : proof.findings) CHECK(text.find(finding.page) != std::string::npos);
}

TEST_CASE("what the proof says of the ward's forms is what the press does [G3]")
{
    const auto layout = LetterLayout::read(kLayouts, columns()).value();
    pdf::TextSink sink;
    for (const auto& finding : write_proof(fonts(), layout, columns(), sink).findings) {
        const auto at = finding.what.find("字までなら収まります");
        REQUIRE_MESSAGE(at != std::string::npos, finding.what);
        auto begin = at;
        while (begin > 0 && finding.what[begin - 1] >= '0' && finding.what[begin - 1] <= '9') --begin;
        const auto limit = std::stoul(finding.what.substr(begin, at - begin));
        CHECK(limit >= 10);
        const auto category =
            finding.page.find('E') != std::string::npos ? Category::referral : Category::lean_guidance;
        CHECK_FALSE(is_printed(layout, longest_addressee(columns(), category, limit + 1)));
    }
    CHECK_FALSE(is_printed(layout, longest_addressee(columns(), Category::referral, 1000)));
    CHECK(is_printed(layout, longest_addressee(columns(), Category::referral, 10)));
    CHECK(is_printed(layout, longest_addressee(columns(), Category::lean_guidance, 10)));
}

TEST_CASE("a field too narrow for the longest value is found, with how much fits [G3]")
{
    const auto found =
        findings_on_referral(field(20, 30, "{name} 様", "most = 60") + field(20, 50, "{checkup_ticket}"));
    REQUIRE(found.size() == 1);
    CHECK(found[0].field == "{name} 様");
    const auto layout = with_referral(field(20, 30, "{name} 様", "most = 60"));
    std::size_t fits = 0;
    while (is_printed(layout, longest_addressee(columns(), Category::referral, fits + 1))) ++fits;
    CHECK(found[0].what ==
          fmt::format("氏名(40字まで): {}字までなら収まります。それより長い人の通知は作成されません。", fits));
}

TEST_CASE("a character no font holds in a table of words is found although nobody has that value yet [G3]")
{
    const std::string words = "\n[words.mark]\n\"男\" = \"\uE000\"\n\"女\" = \"女性\"\n";
    const auto found = findings_on_referral(field(20, 30, "{sex|mark}"), words);
    REQUIRE(found.size() == 1);
    CHECK(found[0] == ProofFinding{"対象者区分Eの1枚目", "{sex|mark}", "印刷できない文字(外字など)があります: U+E000"});
}

TEST_CASE("fields that lie over each other or leave the paper are found [G3]")
{
    const auto over =
        findings_on_referral(field(20, 30, "{checkup_ticket}", "most = 60") + field(60, 31, "{sex}", "most = 20"));
    REQUIRE(over.size() == 1);
    CHECK(over[0].what == "「{checkup_ticket}」の欄と重なります。");
    const auto out = findings_on_referral(field(190, 30, "{checkup_ticket}", "most = 60"));
    REQUIRE(out.size() == 1);
    CHECK(out[0].what == "紙の外に出ます。");
    CHECK(findings_on_referral(field(20, 30, "{checkup_ticket}", "most = 60") + field(81, 30, "{sex}", "most = 20"))
              .empty());
}

TEST_CASE("the ward's own text is looked at, too [G3]")
{
    const auto found = findings_on_referral(field(20, 30, "受診勧奨\uE000通知") + field(20, 60, "{name}"));
    REQUIRE(found.size() == 1);
    CHECK(found[0].field == "全員に同じ文");
}
