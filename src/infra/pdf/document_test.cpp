#include "infra/pdf/document.h"

#include "infra/pdf/paragraph.h"

#include <cstdio>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

using namespace azukari;
using namespace azukari::pdf;

namespace {

// Papers are judged by programs that are not ours: qpdf for the structure, poppler for the text.
std::string output_of(const std::string& command)
{
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    text += fmt::format("[exit {}]", pclose(pipe));
    return text;
}

class Paper {
public:
    explicit Paper(const std::string& bytes)
        : path_(fmt::format("{}/azukari-paper-{}.pdf", std::filesystem::temp_directory_path().string(), ::getpid()))
    {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~Paper() { std::filesystem::remove(path_); }
    const std::string& path() const { return path_; }
    std::string check() const { return output_of("qpdf --check " + path_ + " 2>&1"); }
    std::string text() const { return output_of("pdftotext -raw -enc UTF-8 " + path_ + " - 2>&1"); }

private:
    std::string path_;
};

const FontBook& fonts()
{
    static const FontBook book;
    return book;
}

std::string one_page(const std::string& text, Style face = Style::mincho)
{
    TextSink sink;
    Document paper(sink, fonts(), {.title = "見本"});
    Canvas page(paper.shaper());
    page.text(20, 30, text, {.face = face, .size = 12});
    paper.add_page(page);
    paper.finish();
    return std::move(sink).take();
}

} // namespace

TEST_CASE("a paper is well formed and its text can be copied exactly")
{
    // poppler shows the ideographic space as an ordinary one.
    const Paper paper(one_page("令和5年4月3日　髙橋 﨑山 様（日月子田方）Tel. 03-1234-5678 AVATAR"));
    CHECK(paper.check().find("No syntax or stream encoding errors found") != std::string::npos);
    CHECK(paper.text() == "令和5年4月3日 髙橋 﨑山 様（日月子田方）Tel. 03-1234-5678 AVATAR\n\f[exit 0]");
}

TEST_CASE("two characters drawn by one glyph are still two characters when copied")
{
    // 〜 and ～, − and －, the ideograph 文 and the radical ⽂
    CHECK(Paper(one_page("〜～−－文⽂")).text() == "〜～−－文⽂\n\f[exit 0]");
}

TEST_CASE("rare characters and variation sequences come from the third font")
{
    const std::string name = "𠮷田 葛\U000E0100城 葛\U000E0102城 辻\U000E0101";
    CHECK(Paper(one_page(name)).text() == name + "\n\f[exit 0]");
}

TEST_CASE("a variation sequence has its own shape, and says which one also without the mark beside it [G3]")
{
    const auto dots = [](const std::string& text) {
        return output_of("pdftoppm -gray -r 300 -x 200 -y 280 -W 200 -H 100 " + Paper(one_page(text)).path());
    };
    const auto usual = dots("葛");
    CHECK(dots("葛\U000E0102") != usual);
    CHECK(dots("葛\U000E0102") != dots("葛\U000E0100"));
    CHECK(dots("葛") == usual);
    // What a viewer reads that does not know ActualText: the font's own way back to text.
    const Paper paper(one_page("葛\U000E0102"));
    const auto plain = output_of("qpdf --qdf --object-streams=disable " + paper.path() + " -");
    CHECK(plain.find("<845BDB40DD02>") != std::string::npos);
}

TEST_CASE("what no font holds is reported and not drawn")
{
    Shaper shaper(fonts());
    Canvas page(shaper);
    page.text(20, 30, "見本\uE000太郎\u0378", {});
    CHECK(page.missing() == std::vector<std::string>{"\uE000", "\u0378"});
}

TEST_CASE("the same calls give the same bytes")
{
    CHECK(one_page("見本 太郎") == one_page("見本 太郎"));
    CHECK(one_page("見本 太郎") != one_page("見本 次郎"));
}

// No program of Debian judges PDF/A: these are its demands on the structure that are ours to keep.
TEST_CASE("a paper is made for the archive: PDF/A-2b by its structure [G3]")
{
    TextSink sink;
    Document made(sink, fonts(), {.title = "名簿 <A&B>", .author = "架空区", .made = Instant{1'680'484'500'000'000}});
    Canvas page(made.shaper());
    page.text(20, 30, "見本 太郎 葛\U000E0102城", {});
    page.fill(20, 40, 10, 10, {200, 30, 30});
    made.add_page(page);
    made.finish();
    const auto& bytes = sink.bytes();
    CHECK(bytes.find("/S/GTS_PDFA1") != std::string::npos);
    CHECK(bytes.find("<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>") != std::string::npos);
    CHECK(bytes.find(">名簿 &lt;A&amp;B&gt;</rdf:li>") != std::string::npos);
    // The date of the one is the date of the other.
    const auto date = bytes.find("/CreationDate(D:");
    const auto xmp = bytes.find("<xmp:CreateDate>");
    REQUIRE(date != std::string::npos);
    REQUIRE(xmp != std::string::npos);
    auto digits = bytes.substr(xmp + 16, 19);
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    CHECK(bytes.substr(date + 16, 14) == digits);
    // Every "obj" and "endobj" ends its line; fonts are embedded; nothing is see-through.
    for (std::size_t at = 0; (at = bytes.find(" 0 obj", at)) != std::string::npos; ++at) CHECK(bytes[at + 6] == '\n');
    const Paper paper(bytes);
    const auto plain = output_of("qpdf --qdf --object-streams=disable " + paper.path() + " -");
    for (const auto* no : {"/SMask", "/ca ", "/CA ", "/BM ", "/JavaScript", "/Encrypt", "/LZWDecode"})
        CHECK_MESSAGE(plain.find(no) == std::string::npos, no);
    const auto listed = output_of("pdffonts " + paper.path() + " | tail -n +3 | awk '{print $(NF-4) $(NF-3) $(NF-2)}'");
    CHECK(listed == "yesyesyes\nyesyesyes\n[exit 0]");
    CHECK(paper.check().find("No syntax or stream encoding errors found") != std::string::npos);
}

TEST_CASE("a long paper keeps its page tree shallow and whole")
{
    TextSink sink;
    Document paper(sink, fonts(), {.title = "長い紙"});
    Canvas page(paper.shaper());
    for (int i = 0; i < 4200; ++i) {
        page.clear();
        page.text(20, 30, fmt::format("{}頁", i + 1), {});
        paper.add_page(page);
    }
    paper.finish();
    const Paper written(sink.bytes());
    CHECK(written.check().find("No syntax or stream encoding errors found") != std::string::npos);
    const auto text = written.text();
    CHECK(text.starts_with("1頁\n\f2頁\n\f"));
    CHECK(text.find("4199頁\n\f4200頁\n\f[exit 0]") != std::string::npos);
}

TEST_CASE("plain setting and HarfBuzz agree on every character of every font")
{
    for (const Face number : {Face{0}, Face{1}}) {
        const auto& face = fonts().face(number);
        std::size_t plain = 0;
        for (char32_t c = 0x20; c < 0x10000; ++c) {
            if (!face.is_plain(c)) continue;
            ++plain;
            std::string text;
            // Between two neighbours, so that kerning and ligatures would show.
            for (const char32_t neighbour : {U'、', c, U'一'})
                text += neighbour < 0x80    ? std::string(1, static_cast<char>(neighbour))
                        : neighbour < 0x800 ? std::string{static_cast<char>(0xC0 | neighbour >> 6),
                                                          static_cast<char>(0x80 | (neighbour & 63))}
                                            : std::string{static_cast<char>(0xE0 | neighbour >> 12),
                                                          static_cast<char>(0x80 | (neighbour >> 6 & 63)),
                                                          static_cast<char>(0x80 | (neighbour & 63))};
            const auto placed = face.shape(text);
            REQUIRE(placed.size() == 3);
            REQUIRE(placed[1].glyph == face.glyph_of(face.cid_of(c)));
            REQUIRE(placed[1].advance == face.advance_of(face.cid_of(c)));
            REQUIRE(placed[1].x_offset == 0);
        }
        CHECK(plain > 10'000);
    }
}

TEST_CASE("lines never begin with a comma nor end with an opening bracket")
{
    Shaper shaper(fonts());
    const TextStyle style{.size = 10};
    const double ten = 10 * 10 / kPointsPerMm; // ten characters
    const auto lines = break_lines(shaper, "あいうえおかきくけこ、さしすせそたちつ「て」となに", style, ten);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].text == "あいうえおかきくけ");
    CHECK(lines[1].text == "こ、さしすせそたちつ");
    CHECK(lines[2].text == "「て」となに");
    CHECK(lines[2].last);
}
