// Why a search is not made.
#pragma once

#include "base/result.h"

namespace azukari::search {

inline constexpr RefusalKind kNothingToFind{
    "search.nothing", "探す言葉を入力してください。氏名の一部、生年月日、電話番号、住所などで探せます。"};
inline constexpr RefusalKind kQueryTooLong{"search.too_long", "探す言葉が長すぎます。{}語、{}文字までにしてください。"};
inline constexpr RefusalKind kWordTooShort{
    "search.too_short", "「{}」だけでは探せません。漢字・かなは1文字、英字は2文字、電話番号は4桁から探せます。"};

} // namespace azukari::search
