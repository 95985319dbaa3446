// Ways in which the pages of rosters and training say no.
#pragma once

#include "base/result.h"

namespace azukari::access::people_pages {

inline constexpr RefusalKind kNoSuchVersion{"roster.no_version", "この版の名簿はありません。"};
inline constexpr RefusalKind kUnprintableRoster{
    "roster.unprintable", "名簿に印字できない文字があります: {}。氏名の登録を直してから、もう一度提出してください。"};

} // namespace azukari::access::people_pages
