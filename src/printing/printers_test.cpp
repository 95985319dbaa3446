#include "printing/printers.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::printing;

TEST_CASE("what keeps a printer from printing is told in words a clerk knows [K57]")
{
    using enum wire::PrinterState;
    CHECK(trouble_of({idle, true, {}, 0}).empty());
    CHECK(trouble_of({busy, true, {"cups-waiting-for-job-completed", "toner-low-report"}, 0}).empty());
    CHECK(trouble_of({idle, true, {"media-empty-error"}, 1}) == "用紙がありません");
    CHECK(trouble_of({stopped, true, {"media-jam", "cover-open-warning"}, 1}) == "紙づまりです、カバーが開いています");
    CHECK(trouble_of({stopped, true, {}, 0}) == "プリンターが止まっています");
    CHECK(trouble_of({idle, false, {}, 0}) == "プリンターが新しい印刷を受け付けていません");
    CHECK(words_of_reason("vendor-unknown-error") == "プリンターからの知らせ: vendor-unknown-error");
}

TEST_CASE("a printer is found by the name that the settings give it")
{
    const std::vector<Printer> printers{{"1号機", "ipp://a/printers/x"}, {"2号機", "ipp://a/printers/y"}};
    CHECK(find_printer(printers, "2号機")->uri == "ipp://a/printers/y");
    CHECK(find_printer(printers, "3号機") == nullptr);
}
