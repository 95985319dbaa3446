// A recipient with what the run gives him: the category and his 通し番号 in it.
#pragma once

#include "programmes/guidance/classification.h"

namespace azukari::guidance {

struct Addressee {
    Recipient recipient;
    Category category = Category::active_support;
    std::uint32_t serial = 0;
};

// "A-00613": what people read, on every paper of the set.
std::string serial_text(Category category, std::uint32_t serial);

// What the Data Matrix of a page says, in digits only so that the symbol stays small: version 1,
// category, page, pages (one digit each), 通し番号 (6), 利用券整理番号 and 受診券整理番号 (11 each,
// zeros where there is none).
std::string paper_code(const Addressee& addressee, unsigned page, unsigned pages, std::string_view voucher,
                       std::string_view ticket);

} // namespace azukari::guidance
