// 印刷: asking for a print job, agreeing to it, printing it, telling what became of the paper, and the log for the ward.
#pragma once

#include "infra/pdf/type/font_book.h"
#include "office/shell/visit.h"
#include "printing/print_run.h"

namespace azukari::printing::pages {

// What the pages are lent. The references outlive the routes.
struct Rooms {
    const Means& means;
    PrintRun& run;
    const pdf::FontBook& fonts;
    std::map<std::string, std::string> computers;                  // address to 印刷元コンピュータ名
    std::function<Result<std::string>(const access::Scope&)> name; // 件名
};

std::vector<office::Route> routes(const Rooms& rooms);

} // namespace azukari::printing::pages
