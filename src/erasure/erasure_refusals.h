// Why something is not erased, or not called erased.
#pragma once

#include "base/result.h"

namespace azukari::erasure {

inline constexpr RefusalKind kNoSuchErasure{"erasure.no_such_erasure", "この消去は見つかりません。"};
inline constexpr RefusalKind kNoSuchTarget{"erasure.no_such_target",
                                           "消去する対象が見つかりません。すでに消去されているかもしれません。"};
inline constexpr RefusalKind kNothingToErase{"erasure.nothing", "消去するものがありません。"};
inline constexpr RefusalKind kAlreadyPlanned{
    "erasure.already_planned", "同じ対象の消去が、すでに進んでいます。その消去を続けるか、取り下げてください。"};
inline constexpr RefusalKind kCauseMissing{"erasure.cause_missing", "消去の理由を選んでください。"};
inline constexpr RefusalKind kTargetMissing{"erasure.target_missing", "消去する対象を選んでください。"};
inline constexpr RefusalKind kAlreadyBegun{"erasure.already_begun",
                                           "この消去は、すでに始まっています。始めた消去は取りやめられません。"};
inline constexpr RefusalKind kNotBegun{"erasure.not_begun", "この消去は、まだ始まっていません。"};
inline constexpr RefusalKind kUnderWay{
    "erasure.under_way",
    "消去が途中です。まだ消去が済んだとは言えません。「続ける」を押すか、システムの再起動で自動的に続きます。"};
inline constexpr RefusalKind kStillRead{
    "erasure.still_read",
    "ほかの処理がデータを読んでいるため、空き領域の上書きを終えられません。少し待って「続ける」を押してください。"};
inline constexpr RefusalKind kOperatorChecks{
    "erasure.operator_checks", "消去を実施した方は、ご自分では確認できません。別の方が確認してください。"};
inline constexpr RefusalKind kAlreadyChecked{"erasure.already_checked", "この消去は、すでに確認されています。"};
inline constexpr RefusalKind kNotFailed{"erasure.not_failed", "やり直せるのは、不完了となった消去だけです。"};
inline constexpr RefusalKind kNotCarriedOut{"erasure.not_carried_out",
                                            "消去証明書（実施）がまだ出ていません。先に別の方が確認してください。"};
inline constexpr RefusalKind kAlreadyConfirmed{"erasure.already_confirmed", "この消去は、すでに確定しています。"};
inline constexpr RefusalKind kCopiesOut{
    "erasure.copies_out", "持ち出した写しが{}件、戻っていないか廃棄されていないため、消去を確定できません。"};
inline constexpr RefusalKind kBackupsAlive{
    "erasure.backups_alive",
    "消去の前に作った鍵の控えが{}件残っているため、消去を確定できません。控えの破棄を記録してください。"};
inline constexpr RefusalKind kUnwitnessed{
    "erasure.unwitnessed",
    "消去の記録に区の連署がまだ及んでいないため、消去を確定できません。先に区の連署を取り込んでください。"};
inline constexpr RefusalKind kNoCertificate{"erasure.no_certificate", "この消去証明書は、まだ発行されていません。"};
inline constexpr RefusalKind kNotYetProved{
    "erasure.not_yet_proved", "消去証明書の記録が、まだチェックポイントに入っていません。もう一度お試しください。"};
inline constexpr RefusalKind kUnprintable{"erasure.unprintable", "消去証明書に印字できない文字があります: {}"};

inline constexpr RefusalKind kNoSuchBackup{"erasure.no_such_backup",
                                           "この控えは見つからないか、もう破棄されています。"};
inline constexpr RefusalKind kBackupLabel{"erasure.backup_label",
                                          "控えの名前（媒体の管理番号など）を60文字までで入力してください。"};
inline constexpr RefusalKind kBackupDays{"erasure.backup_days",
                                         "控えを作った日は今日まで、期限はそれより後の日付を入力してください。"};
inline constexpr RefusalKind kBackupHow{"erasure.backup_how", "破棄の方法を100文字までで入力してください。"};

} // namespace azukari::erasure
