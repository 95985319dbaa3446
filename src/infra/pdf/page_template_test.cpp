#include "infra/pdf/page_template.h"

#include "infra/pdf/document.h"
#include "infra/pdf/pdf_refusals.h"

#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

using namespace azukari;
using namespace azukari::pdf;

namespace {

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

// Runs a program that is not ours over a file: {in} is the bytes, {out} what it leaves.
struct Outside {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / fmt::format("azukari-template-{}", ::getpid());
    Outside() { std::filesystem::create_directories(folder); }
    ~Outside() { std::filesystem::remove_all(folder); }
    std::string in(const std::string& bytes) const
    {
        const auto path = (folder / "in.pdf").string();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    std::string remade(const std::string& bytes, const std::string& how) const
    {
        const auto out = (folder / "out.pdf").string();
        CHECK(output_of("qpdf " + how + " " + in(bytes) + " " + out + " 2>&1") == "[exit 0]");
        std::ostringstream made;
        made << std::ifstream(out, std::ios::binary).rdbuf();
        return made.str();
    }
};

const FontBook& fonts()
{
    static const FontBook book;
    return book;
}

// The ward's form as a designer would send it: fonts embedded, a rule and a title.
std::string wards_form()
{
    TextSink sink;
    Document paper(sink, fonts(), {.title = "様式"});
    Canvas page(paper.shaper());
    page.text(105, 40, "架空区の様式", {.face = Style::gothic, .size = 20}, Align::centre);
    page.fill(20, 50, 170, 2, {});
    paper.add_page(page);
    paper.finish();
    return std::move(sink).take();
}

std::string letters_on(const PageTemplate& ground, int count)
{
    TextSink sink;
    Document paper(sink, fonts(), {.title = "見本"});
    Canvas page(paper.shaper());
    page.text(20, 280, "下の文", {});
    const auto form = paper.add_form(page, &ground);
    for (int i = 0; i < count; ++i) {
        page.clear();
        page.form(form);
        page.text(20, 80, fmt::format("見本 {}郎 様", i + 1), {});
        paper.add_page(page);
    }
    paper.finish();
    return std::move(sink).take();
}

// A PDF of one page from the objects that matter: 1 is the catalog, 2 the pages, 3 the page.
std::string handmade(const std::string& page = "", const std::string& catalog = "", const std::string& more = "",
                     const std::string& kids = "3 0 R", const std::string& box = "0 0 595.28 841.89")
{
    const std::vector<std::string> objects{
        fmt::format("<</Type/Catalog/Pages 2 0 R{}>>", catalog),
        fmt::format("<</Type/Pages/Count {}/Kids[{}]/MediaBox[{}]>>", kids.empty() ? 0 : 1, kids, box),
        fmt::format("<</Type/Page/Parent 2 0 R/Contents 4 0 R{}>>", page),
        "<</Length 16>>stream\n10 10 50 50 re f\nendstream", more.empty() ? "null" : more};
    std::string bytes = "%PDF-1.7\n";
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
    for (std::size_t i = 0; i < objects.size(); ++i) {
        table += fmt::format("{:010} 00000 n \n", bytes.size());
        bytes += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    const auto at = bytes.size();
    return bytes + table +
           fmt::format("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, at);
}

// A page as pdftoppm draws it, a dot to the millimetre or a hair more (a width of 211 is as good as one of 210).
struct Dots {
    std::string file;
    std::size_t width = 0, height = 0, begin = 0;

    explicit Dots(std::string pgm) : file(std::move(pgm))
    {
        REQUIRE(std::sscanf(file.c_str(), "P5 %zu %zu 255", &width, &height) == 2);
        begin = file.find("255\n") + 4;
    }
    unsigned from_above(std::size_t right, std::size_t down) const
    {
        return static_cast<unsigned char>(file[begin + down * width + right]);
    }
    unsigned from_below(std::size_t right, std::size_t up) const { return from_above(right, height - 1 - up); }
};

std::string refused(const std::string& bytes)
{
    const auto page = PageTemplate::parse(bytes, "form.pdf");
    return page ? "taken" : std::string(page.error().code());
}

} // namespace

TEST_CASE("a ward's own form lies under every page, is in the file once, and its text can be copied [G3]")
{
    const auto ground = PageTemplate::parse(wards_form(), "form.pdf").value();
    const auto bytes = letters_on(ground, 40);
    const Outside outside;
    const auto path = outside.in(bytes);
    CHECK(output_of("qpdf --check " + path + " 2>&1").find("No syntax or stream encoding errors found") !=
          std::string::npos);
    const auto text = output_of("pdftotext -f 40 -l 40 -enc UTF-8 " + path + " - 2>&1");
    CHECK(text.find("架空区の様式") != std::string::npos);
    CHECK(text.find("見本 40郎 様") != std::string::npos);
    CHECK(text.find("下の文") != std::string::npos);
    CHECK(bytes.size() < letters_on(ground, 1).size() + 40 * 600);
    CHECK(bytes.find("pdfaid") == std::string::npos); // what others made we do not vouch for
    // The rule of the form, on the last page, where it is in the form.
    const Dots dots(output_of("pdftoppm -gray -r 25.4 -f 40 -l 40 " + path));
    CHECK(dots.from_above(100, 51) < 80);
    CHECK(dots.from_above(100, 55) > 200);
}

TEST_CASE("forms that other programs packed or cut to size are taken as well [G3]")
{
    const Outside outside;
    CHECK(refused(outside.remade(wards_form(), "--object-streams=generate")) == "taken");
    CHECK(refused(outside.remade(wards_form(), "--linearize")) == "taken");
    CHECK(refused(handmade()) == "taken");
    // With bleed around it: what counts is the trimmed page, its corner comes to ours.
    const auto bled = handmade("/TrimBox[20 20 615.28 861.89]", "", "", "3 0 R", "0 0 640 880");
    const auto ground = PageTemplate::parse(bled, "form.pdf").value();
    const Dots dots(output_of("pdftoppm -gray -r 25.4 -f 1 -l 1 " + outside.in(letters_on(ground, 1))));
    CHECK(dots.from_below(2, 2) < 80); // the square begins in the bleed and ends 14 mm into the page
    CHECK(dots.from_below(12, 12) < 80);
    CHECK(dots.from_below(16, 16) > 200);
}

TEST_CASE("a form that is torn, encrypted, without a page or of another size is refused by name [G3]")
{
    const Outside outside;
    const auto whole = wards_form();
    CHECK(refused("") == kTemplateTorn.code);
    CHECK(refused("見本,1\n") == kTemplateTorn.code);
    CHECK(refused(whole.substr(0, whole.size() / 2)) == kTemplateTorn.code);
    CHECK(refused(whole.substr(0, whole.size() - 200)) == kTemplateTorn.code);
    CHECK(refused(outside.remade(whole, "--encrypt secret owner 256 --")) == kTemplateEncrypted.code);
    CHECK(refused(outside.remade(whole, "--encrypt '' owner 256 --")) == kTemplateEncrypted.code);
    CHECK(refused(handmade("", "", "", "")) == kTemplateWithoutPage.code);
    CHECK(refused(handmade("", "", "", "3 0 R", "0 0 612 792")) == kTemplateSize.code);
    CHECK(refused(handmade("/UserUnit 2")) == kTemplateSize.code);
    CHECK(refused(handmade("/Rotate 90")) == kTemplateTurned.code);
    CHECK(PageTemplate::read("/nonexistent/form.pdf").error().is(kTemplateAbsent));
    const auto letter = PageTemplate::parse(handmade("", "", "", "3 0 R", "0 0 612 792"), "form.pdf").error();
    CHECK(letter.sentence() == "様式のPDF form.pdf の用紙が216×279mmです。210×297mmで書き出し直してください。");
}

TEST_CASE("a form that acts, points outside, or would look different elsewhere is refused [G3]")
{
    const std::string script = "<</S/JavaScript/JS(app.alert\\(1\\))>>";
    CHECK(refused(handmade("", "/OpenAction" + script)) == kTemplateScript.code);
    CHECK(refused(handmade("", "/Names<</JavaScript 5 0 R>>", "<</Names[]>>")) == kTemplateScript.code);
    CHECK(refused(handmade("/AA<</O 5 0 R>>", "", script)) == kTemplateScript.code);
    CHECK(refused(handmade("", "", "<</S/URI/URI(http://example.invalid/)>>")) == kTemplateOutside.code);
    CHECK(refused(handmade("", "", "<</Type/Action/S/Launch/F(a.exe)>>")) == kTemplateOutside.code);
    CHECK(refused(handmade("", "", "<</Type/Filespec/F(a.pdf)>>")) == kTemplateOutside.code);
    CHECK(refused(handmade("/Resources<</XObject<</A 5 0 R>>>>", "",
                           "<</Subtype/Image/F(a.jpg)/Length 0>>stream\n\nendstream")) == kTemplateOutside.code);
    CHECK(refused(handmade("/Annots[<</Subtype/Text/Rect[0 0 9 9]>>]")) == kTemplateAnnotated.code);
    CHECK(refused(handmade("", "/AcroForm<</Fields[]>>")) == kTemplateAnnotated.code);
    CHECK(refused(handmade("", "/OCProperties<</OCGs[]>>")) == kTemplateLayers.code);
    const std::string loose = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    CHECK(refused(handmade("/Resources<</Font<</F1 5 0 R>>>>", "", loose)) == kTemplateFont.code);
    CHECK(refused(handmade("/Resources<</Font<</F1" + loose + ">>>>")) == kTemplateFont.code);
}
