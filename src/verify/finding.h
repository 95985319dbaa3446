// 指摘: what does not hold, and where.
#pragma once

#include <string>

namespace azukari::verify {

struct Finding {
    std::string where; // 「tile/entries/003 の 12件目（記録 780番）」
    std::string what;  // a sentence
};

} // namespace azukari::verify
