// 名簿 and 研修: who may handle the personal information of an entrustment, and whether they have been taught.
#pragma once

#include "base/random.h"
#include "infra/pdf/type/font_book.h"
#include "infra/storage/db.h"
#include "office/shell/visit.h"

namespace azukari::access::people_pages {

// What the register says of an entrustment, as far as these pages print it.
struct Entrusted {
    std::string name;        // 件名 or 事業名
    int roster_clause = 0;   // the 項 of the provisions that asks for the roster: 13, 22; 0 when none does
    int training_clause = 0; // and the one that asks for training: 18, 26
};

// What the pages are lent. The references outlive the routes.
struct Rooms {
    storage::Db& db;
    Entropy& entropy;
    const pdf::FontBook& fonts;
    std::function<Result<Entrusted>(const Scope&)> entrusted;
};

std::vector<office::Route> routes(const Rooms& rooms);

} // namespace azukari::access::people_pages
