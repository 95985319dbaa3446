// Why a telephone number or a date is not taken as it is written.
#pragma once

#include "base/result.h"

namespace azukari::text {

inline constexpr RefusalKind kNoTelephone{
    "text.no_telephone", "電話番号として読めません。03-1234-5678 のように、市外局番から入力してください。"};
inline constexpr RefusalKind kNotDiallable{
    "text.not_diallable", "電話番号「{}」は、0から始まる市外局番または携帯電話の番号になっていません。"};
inline constexpr RefusalKind kDigitsOfTelephone{"text.digits_of_telephone",
                                                "電話番号「{}」は{}桁です。この番号は{}桁のはずです。"};

inline constexpr RefusalKind kNoWrittenDate{
    "text.no_date", "日付として読めません。令和5年4月3日、R5.4.3、2023-04-03 のように入力してください。"};
inline constexpr RefusalKind kNoSuchWrittenDay{"text.no_such_day",
                                               "「{}」は暦にない日付です。年月日を確かめてください。"};
inline constexpr RefusalKind kOutsideEra{"text.outside_era", "{}という日はありません。{}です。"};
inline constexpr RefusalKind kLunarDate{"text.lunar_date",
                                        "明治5年12月2日以前は太陰暦のため、西暦の日付で入力してください。"};

} // namespace azukari::text
