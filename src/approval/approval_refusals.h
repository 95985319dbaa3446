// Why something is not approved.
#pragma once

#include "base/result.h"

namespace azukari::approval {

inline constexpr RefusalKind kNoSuchRequest{"approval.no_request", "この申請は見つかりません。"};
inline constexpr RefusalKind kOwnRequest{"approval.own_request",
                                         "申請した方は、ご自分の申請を承認できません。別の方に依頼してください。"};
inline constexpr RefusalKind kDecidedBefore{
    "approval.decided_before", "前の段階で確認した方は、次の段階の承認はできません。別の方に依頼してください。"};
inline constexpr RefusalKind kOtherRole{"approval.other_role",
                                        "「{}」は、あなたの役割({})では行えません。権限のある方に依頼してください。"};
inline constexpr RefusalKind kExpired{"approval.expired",
                                      "この申請の期限（{}）が過ぎました。内容を確かめて、もう一度申請してください。"};
inline constexpr RefusalKind kChanged{
    "approval.changed",
    "申請のあとに内容が変わったため、この申請は無効です。内容を確かめて、もう一度申請してください。"};
inline constexpr RefusalKind kEnded{"approval.ended", "この申請は、もう終わっています（{}）。"};
inline constexpr RefusalKind kAlreadyGranted{"approval.already_granted", "この申請は、すでに承認がそろっています。"};
inline constexpr RefusalKind kNotGranted{"approval.not_granted", "承認がまだそろっていません。次は「{}」の段階です。"};
inline constexpr RefusalKind kReasonMissing{"approval.reason_missing", "認めない理由を入力してください。"};
inline constexpr RefusalKind kReasonTooLong{"approval.reason_too_long", "理由は{}文字までにしてください。"};
inline constexpr RefusalKind kNotTheMaker{"approval.not_the_maker", "申請を取り下げられるのは、申請した方だけです。"};

} // namespace azukari::approval
