// Why the copy ledger does not take what it is told.
#pragma once

#include "base/result.h"

namespace azukari::custody {

inline constexpr RefusalKind kNoSuchCopy{"copy.absent", "この複製は複製台帳にありません。一覧から選び直してください。"};
inline constexpr RefusalKind kCopySettled{"copy.settled", "この複製は、すでに「{}」として済んでいます。"};
inline constexpr RefusalKind kNoPersons{"copy.persons", "複製に含まれる人数を1以上で記録してください。"};
inline constexpr RefusalKind kNoRecipient{"copy.recipient", "複製の渡し先を記入してください。"};
inline constexpr RefusalKind kMethodExpected{"copy.method", "廃棄・消去の方法を記入してください（200文字まで）。"};
inline constexpr RefusalKind kWitnessExpected{"copy.witness", "廃棄・消去に立ち会った方を選んでください。"};
inline constexpr RefusalKind kWitnessIsSelf{"copy.witness_self",
                                            "立ち会った方には、記録するご本人以外の方を選んでください。"};
inline constexpr RefusalKind kHowExpected{"copy.how", "複製がどうなったかを選んでください。"};

} // namespace azukari::custody
