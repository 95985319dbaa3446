// Why something must be kept, or cannot be recorded as kept.
#pragma once

#include "base/result.h"

namespace azukari::retention {

inline constexpr RefusalKind kHeld{
    "retention.held", "保留されているため、消去も廃棄もできません（理由: {}）。保留を解いてから行ってください。"};
inline constexpr RefusalKind kTooEarly{"retention.too_early",
                                       "保存期間がまだ終わっていません。{}まで保存し、その翌日から廃棄できます。"};
inline constexpr RefusalKind kStillOpen{"retention.still_open",
                                        "「{}」の日がまだ記録されていないため、保存期間が終わる日が決まりません。"};
inline constexpr RefusalKind kNoSuchRule{"retention.no_such_rule", "この種類の書類の保存期間は定められていません。"};
inline constexpr RefusalKind kNoSuchEvent{"retention.no_such_event", "「{}」は、この書類の保存期間に関わりません。"};
inline constexpr RefusalKind kNoSuchDocument{"retention.no_such_document", "この書類は見つかりません。"};
inline constexpr RefusalKind kDisposed{"retention.disposed", "この書類は、もう廃棄または返還されています。"};
inline constexpr RefusalKind kLabelMissing{"retention.label_missing", "管理番号を入力してください。"};
inline constexpr RefusalKind kLabelTaken{"retention.label_taken", "この管理番号の書類は、もう登録されています。"};
inline constexpr RefusalKind kTooLong{"retention.too_long", "{}文字までで入力してください。"};
inline constexpr RefusalKind kDayAhead{"retention.day_ahead", "今日より後の日付は入力できません。"};
inline constexpr RefusalKind kReasonMissing{"retention.reason_missing", "理由を入力してください。"};
inline constexpr RefusalKind kNoSuchHold{"retention.no_such_hold", "この保留は見つからないか、もう解かれています。"};
inline constexpr RefusalKind kHowMissing{"retention.how_missing",
                                         "廃棄の方法（裁断、溶解、返還など）を入力してください。"};

} // namespace azukari::retention
