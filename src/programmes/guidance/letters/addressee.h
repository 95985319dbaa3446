// A recipient with what the run gives him: the category and his 通し番号 in it.
#pragma once

#include "programmes/guidance/classification.h"

namespace azukari::guidance {

struct Addressee {
    Recipient recipient;
    Category category = Category::active_support;
    std::uint32_t serial = 0;
    unsigned edition = 1;    // 2 and more: a reprint of a spoiled paper
    unsigned batch_mark = 0; // of the batch the letters belong to; 0 when there is none
};

// "A-00613": what people read, on every paper of the set.
std::string serial_text(Category category, std::uint32_t serial);

} // namespace azukari::guidance
