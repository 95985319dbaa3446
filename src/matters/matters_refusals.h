// Why an item cannot be declared, and why a consent to one cannot be recorded.
#pragma once

#include "base/result.h"

namespace azukari::matters {

inline constexpr RefusalKind kNeedsConsent{
    "matters.needs_consent",
    "情報項目「{}」には、収集してはならない事項の語があります：{}。区の確認者が「利用目的と説明文」に区の承諾を記録する"
    "まで、登録できません（特記事項 収集の制限）。"};
inline constexpr RefusalKind kItemExpected{"matters.item_expected", "承諾する情報項目の名称を入力してください。"};
inline constexpr RefusalKind kGroundExpected{"matters.ground_expected",
                                             "承諾の理由と根拠（決裁の番号など）を入力してください。"};
inline constexpr RefusalKind kNothingProhibited{
    "matters.nothing_prohibited", "この名称に、収集してはならない事項の語はありません。承諾は要りません。"};
inline constexpr RefusalKind kAllowedAlready{"matters.allowed_already",
                                             "この情報項目は、すでに承諾が記録されています。"};
inline constexpr RefusalKind kNotAllowed{"matters.not_allowed", "この情報項目の承諾は記録されていません。"};

} // namespace azukari::matters
