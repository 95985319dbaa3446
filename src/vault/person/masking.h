// 伏せ字: what a list shows of a value, enough to tell two people apart for whoever knows them already. [K15]
#pragma once

#include <string>
#include <string_view>

namespace azukari::vault {

// 見本 太郎 → 見〇 〇〇; 03-0000-1234 → ***-****-1234's last four; 1980-03-02 → 1980-〇〇-〇〇. Texts of which nothing may
// be shown become 〇〇〇.
std::string masked(std::string_view item_code, std::string_view value);

} // namespace azukari::vault
