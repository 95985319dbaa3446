// Why something cannot be given back, or be recorded as collected.
#pragma once

#include "base/result.h"

namespace azukari::restitution {

inline constexpr RefusalKind kNothingToReturn{"restitution.nothing", "返還するデータがありません。"};
inline constexpr RefusalKind kDoesNotReconcile{
    "restitution.does_not_reconcile",
    "「{}」は{}件のはずですが、{}件しか取り出せませんでした。数が合わないため、返還用データは作りませんでした。"};
inline constexpr RefusalKind kUnevenRow{"restitution.uneven_row",
                                        "「{}」の{}件目の欄の数が見出しと合いません。返還用データは作りませんでした。"};
inline constexpr RefusalKind kNoSuchReturn{"restitution.no_such_return", "この返還は見つかりません。"};
inline constexpr RefusalKind kTakerReadsPassword{
    "restitution.taker_reads_password",
    "返還用データを取り出した方は、そのパスワードを見られません。別の方が、別の機会に区へ渡してください。"};
inline constexpr RefusalKind kAnswerExpected{"restitution.answer_expected", "どうだったかを選んでください。"};
inline constexpr RefusalKind kNoteMissing{"restitution.note_missing",
                                          "見当たらないときは、分かっていることを書いてください（200文字まで）。"};
inline constexpr RefusalKind kNoSuchThing{"restitution.no_such_thing", "回収するものの一覧にありません。"};

} // namespace azukari::restitution
