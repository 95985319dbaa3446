// Ways in which a file cannot be drawn.
#pragma once

#include "base/result.h"

namespace azukari::easel {

inline constexpr RefusalKind kUnreadable{
    "easel.unreadable",
    "このファイルは開けません。壊れているか、途中までしかありません。元のファイルが開けるかを確かめてから、もう一度選んでください。"};
inline constexpr RefusalKind kLocked{
    "easel.locked",
    "パスワードの付いた PDF は保存できません。パスワードを外した PDF を選ぶか、印刷して読み取ったものを選んでください。"};
inline constexpr RefusalKind kTooLarge{
    "easel.too_large", "画像の縦横が大きすぎます（1ページ{}万画素まで）。解像度を下げて読み取り直してください。"};
inline constexpr RefusalKind kTooManyPages{"easel.too_many_pages",
                                           "ページが多すぎます（{}ページまで）。分けて保存してください。"};
inline constexpr RefusalKind kTooLong{
    "easel.too_long",
    "このファイルは複雑すぎて、決められた時間内に表示できません。印刷して読み取ったものを選んでください。"};
inline constexpr RefusalKind kNoSuchPage{"easel.no_such_page", "このページはありません。"};

} // namespace azukari::easel
