// Why a file's bytes are not taken as text.
#pragma once

#include "base/result.h"

namespace azukari::text {

inline constexpr RefusalKind kNotCp932{"text.not_cp932",
                                       "{}バイト目に、シフトJIS(CP932)として読めない文字があります。"};
inline constexpr RefusalKind kNotUtf8{"text.not_utf8", "{}バイト目に、UTF-8として読めない文字があります。"};
inline constexpr RefusalKind kOutsideCp932{"text.outside_cp932",
                                           "「{}」はシフトJIS(CP932)で表せない文字です。UTF-8で書き出してください。"};
inline constexpr RefusalKind kStrayQuote{
    "csv.stray_quote", "{}行目: 引用符(\")の位置が正しくありません。欄全体を\"で囲み、中の\"は\"\"と書いてください。"};
inline constexpr RefusalKind kOpenQuote{"csv.open_quote", "{}行目で始まる引用符(\")が閉じられていません。"};
inline constexpr RefusalKind kStrayReturn{"csv.stray_return", "{}行目: 行の終わりが正しくありません(CRだけの改行)。"};
inline constexpr RefusalKind kRowTooLong{"csv.row_too_long", "{}行目: 1行が長すぎます(上限{}バイト)。"};
inline constexpr RefusalKind kTooManyCells{"csv.too_many_cells", "{}行目: 列が多すぎます(上限{}列)。"};

} // namespace azukari::text
