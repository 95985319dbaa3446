// Why a room, a permission or an entry is not recorded.
#pragma once

#include "base/result.h"

namespace azukari::custody {

inline constexpr RefusalKind kNoSuchRoom{"room.absent", "この部屋は見つかりません。一覧から選び直してください。"};
inline constexpr RefusalKind kOtherSidesRoom{"room.other_side",
                                             "相手方の部屋です。ご自分の側の部屋だけを記録できます。"};
inline constexpr RefusalKind kHoursExpected{"room.hours",
                                            "利用時間は、始まりと終わりを 8:30 の形で、始まりを先に記入してください。"};
inline constexpr RefusalKind kAlreadyPermitted{"room.permitted", "この方は、すでに入室を許可されています。"};
inline constexpr RefusalKind kNotPermitted{"room.not_permitted", "この方は、入室を許可されていません。"};
inline constexpr RefusalKind kEntryTimes{
    "room.times", "入室と退室の日時を確かめてください。退室は入室より後、どちらも今より前です。"};
inline constexpr RefusalKind kNoSuchEntry{"room.no_entry", "この入室の記録は見つからないか、退室が記録済みです。"};
inline constexpr RefusalKind kListColumns{"room.columns", "1行目に「氏名」「入室」「退室」の見出しがありません。"};
inline constexpr RefusalKind kListName{"room.name", "{}行目: 氏名が空か、長すぎます。"};
inline constexpr RefusalKind kListMoment{"room.moment",
                                         "{}行目: 「{}」の日時を 2026-06-01 10:00 の形で書いてください。"};
inline constexpr RefusalKind kListOrder{"room.order", "{}行目: 退室が入室より前です。"};
inline constexpr RefusalKind kListEmpty{"room.empty", "入退室の記録が1行もありません。"};
inline constexpr RefusalKind kListTooLong{"room.too_long", "一度に読み込めるのは{}行までです。分けてください。"};
inline constexpr RefusalKind kListFile{"room.file", "読み込むファイルを選んでください。"};

} // namespace azukari::custody
