// 受渡し・保管: the pages of both sides. What waits, media and papers, packages and their notices, hand-overs with both
// signatures, cabinets, rooms, and the copy ledger.
#pragma once

#include "infra/pdf/type/font_book.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"
#include "ledger/publisher.h"
#include "office/shell/visit.h"

namespace azukari::custody::pages {

// What the pages are lent. The references outlive the routes.
struct Rooms {
    storage::Db& db;
    Entropy& entropy; // usable from several threads
    const pdf::FontBook& fonts;
    seal::Keystore& keystore;
    const ledger::Publisher& publisher;
    std::function<Result<std::string>(const access::Scope&)> name; // 件名 or 事業名
};

std::vector<office::Route> routes(const Rooms& rooms);

} // namespace azukari::custody::pages
