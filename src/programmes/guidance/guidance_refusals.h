// Why the guidance programme says no.
#pragma once

#include "base/result.h"

namespace azukari::guidance {

inline constexpr RefusalKind kUndeclaredColumn{
    "guidance.undeclared_column",
    "委託の情報項目にない列があります: {}。列を除いて受け取り直すか、除いて取り込むことを選んでください。"};
// Of a declared item, but not written as the layout has it.
inline constexpr RefusalKind kUnknownColumn{
    "guidance.unknown_column",
    "「受け取る形」にない列があります: {}。列を除いて受け取り直すか、除いて取り込むことを選んでください。"};
inline constexpr RefusalKind kColumnMissing{"guidance.column_missing", "必要な列がありません: {}"};
inline constexpr RefusalKind kColumnsDiffer{
    "guidance.columns_differ",
    "見出しが「受け取る形」と合いません。足りない列: {}。「受け取る形」にない列: {}。見出しを直したファイルを受け取って"
    "ください。"};
inline constexpr RefusalKind kNoHeading{
    "guidance.no_heading",
    "一行目に、「受け取る形」の見出しが一つもありません。一行目が見出しになっているか、確かめてください。"};
inline constexpr RefusalKind kNotCsv{
    "guidance.not_csv", "このファイルは CSV ではありません（{}）。CSV として保存したファイルを受け取ってください。"};
inline constexpr RefusalKind kColumnTwice{"guidance.column_twice", "同じ見出しの列が2つあります: {}"};
// What stands there instead may be a person: it is not repeated.
inline constexpr RefusalKind kControlRowDiffers{
    "guidance.control_row",
    "一行目が「{}」の制御行ではありません（{}番目の欄）。ほかの種類のファイルでないか、確かめてください。"};
inline constexpr RefusalKind kTrailerMissing{
    "guidance.trailer_missing",
    "終わりの行がありません。ファイルが途中で切れているおそれがあるので、受け取り直してください。"};
inline constexpr RefusalKind kAfterTrailer{"guidance.after_trailer", "{}行目の終わりの行のあとに、まだ行があります。"};
inline constexpr RefusalKind kTrailerCount{
    "guidance.trailer_count",
    "終わりの行の件数（{}）が、読んだ行の数（{}）と合いません。ファイルを受け取り直してください。"};
inline constexpr RefusalKind kTrailerUnreadable{"guidance.trailer_unreadable",
                                                "終わりの行に件数がありません。ファイルを受け取り直してください。"};
inline constexpr RefusalKind kEmptyFile{"guidance.empty_file",
                                        "このファイルは空です。見出しの行と、対象者の行が要ります。"};
inline constexpr RefusalKind kTooManyRows{"guidance.too_many_rows", "対象者が上限の{}人を超えています。"};
inline constexpr RefusalKind kUnreadableHeader{"guidance.unreadable_header", "見出しの行が読めません: {}"};
inline constexpr RefusalKind kBadRows{"guidance.bad_rows",
                                      "正しくない欄が{}か所あります。通知は1通も作成していません。"};
inline constexpr RefusalKind kNoRecipients{"guidance.no_recipients", "対象者が1人もいません。"};
inline constexpr RefusalKind kBadForm{"guidance.bad_form", "{}の様式({}枚目)を印刷できません: {}"};
inline constexpr RefusalKind kCancelled{"guidance.cancelled", "作成を取りやめました。"};

} // namespace azukari::guidance
