// Why a copy is not made, not taken for a whole one, or not put back.
#pragma once

#include "base/result.h"

namespace azukari::backup {

inline constexpr RefusalKind kNoPlace{
    "backup.no_place", "控えの置き場所 {} がありません（{}）。媒体がつながっているか、場所と権限を確かめてください。"};
inline constexpr RefusalKind kPlacesTogether{
    "backup.places_together",
    "データ・鍵・台帳の控えは、別々の場所に置いてください。{} は、ほかの控えかデータフォルダーと重なっています。"};
inline constexpr RefusalKind kCannotWrite{"backup.cannot_write",
                                          "控え {} に書けません（{}）。空き容量と権限を確かめてください。"};
inline constexpr RefusalKind kNoPart{"backup.no_part", "{} に、{}が見つかりません。場所を確かめてください。"};
inline constexpr RefusalKind kOtherPart{"backup.other_part", "{} は{}ではなく、{}です。指定を確かめてください。"};
inline constexpr RefusalKind kUnfinished{
    "backup.unfinished", "{} は、作りかけの控えです（途中で止まったもの）。ほかの控えを使ってください。"};
inline constexpr RefusalKind kNotManifest{
    "backup.not_manifest", "{} の manifest が読めません。控えが壊れているので、ほかの控えを使ってください。"};
inline constexpr RefusalKind kForged{
    "backup.forged",
    "{} の manifest の署名が正しくありません。作られたあとで書き換えられています。使わないでください。"};
inline constexpr RefusalKind kTorn{
    "backup.torn", "{} の中の {} が、途中で切れているか、書き換わっています。ほかの控えを使ってください。"};
inline constexpr RefusalKind kOtherHouse{
    "backup.other_house", "三つの控えが、別のシステムで作られたものです（{}）。同じシステムの控えをそろえてください。"};
inline constexpr RefusalKind kKeysOlder{
    "backup.keys_older",
    "鍵の控え（{}）が、データの控え（{}）より前のものです。新しい鍵がないと読めない記録が残ります。同じ日か後の鍵の控えを"
    "使ってください。"};
inline constexpr RefusalKind kLedgerOlder{
    "backup.ledger_older",
    "台帳の控え（{}）が、データ・鍵の控え（{}）より前のものです。記録や消去の一覧が欠けます。最も新しい台帳の控えを"
    "使ってください。"};
inline constexpr RefusalKind kLedgerApart{
    "backup.ledger_apart",
    "データの控えの記録台帳は、台帳の控えの{}件目までと一致しません。どちらかが書き換えられています。復元しません。"};
inline constexpr RefusalKind kLedgerUnsound{
    "backup.ledger_unsound", "台帳の控えの中身が、署名されたチェックポイントと合いません。復元しません。"};
inline constexpr RefusalKind kKeysOfOther{
    "backup.keys_of_other",
    "鍵の控えは、この控え一式を作ったシステムの鍵ではありません。同じシステムの鍵の控えを使ってください。"};
inline constexpr RefusalKind kNotOpened{
    "backup.not_opened",
    "データの控え {} を、鍵の控えの鍵で開けません。書き換えられているか、鍵が違います。復元しません。"};
inline constexpr RefusalKind kListUnreadable{"backup.list_unreadable", "消去の一覧 {} を読めません。"};

} // namespace azukari::backup
