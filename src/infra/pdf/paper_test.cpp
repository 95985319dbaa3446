#include "infra/pdf/paper.h"

#include <doctest/doctest.h>

namespace azukari::pdf {
namespace {

struct Printed {
    std::string bytes;
    std::size_t pages = 0;
    std::vector<std::string> missing;
};

Printed print(const std::function<void(Paper&)>& write)
{
    const FontBook fonts;
    TextSink sink;
    Paper paper(sink, fonts, {.title = "試験"});
    write(paper);
    paper.finish();
    return {sink.bytes(), paper.pages(), paper.missing()};
}

std::string sentences(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i) text += "個人情報を施錠できる保管庫に保管する。";
    return text;
}

} // namespace

TEST_CASE("a paper without text is one empty page")
{
    CHECK(print([](Paper&) {}).pages == 1);
}

TEST_CASE("a cell longer than a page runs on over the pages that it needs")
{
    const auto printed = print([](Paper& paper) {
        paper.table({.columns = {40, 0}, .rows = {{{"対策", Align::left, true}, {sentences(200)}}}});
    });
    // 3,800 characters, about 31 a line, 42 lines a page
    CHECK(printed.pages >= 3);
    CHECK(printed.pages <= 4);
}

TEST_CASE("a table repeats its header, and a row of two lines is not torn apart")
{
    const auto printed = print([](Paper& paper) {
        std::vector<TableRow> rows;
        for (int i = 0; i < 60; ++i) rows.push_back({{"見本 太郎"}, {"取扱者\n窓口"}});
        paper.table({.columns = {60, 0}, .header = {"氏名", "区分"}, .rows = rows});
    });
    CHECK(printed.pages >= 3);
    CHECK(printed.missing.empty());
}

TEST_CASE("the same paper is the same bytes, and a character no font holds is reported")
{
    const auto write = [](Paper& paper) {
        paper.heading("表題");
        paper.paragraph(Runs({{"変わらない。", false, false}, {"変わった。", true, true}}));
        paper.paragraph("1 一つ目\n(1) その中\n①さらに中\n※2…注");
    };
    CHECK(print(write).bytes == print(write).bytes);
    CHECK(print([](Paper& paper) { paper.paragraph("a\xF4\x8F\xBF\xBF"); }).missing.size() == 1);
}

} // namespace azukari::pdf
