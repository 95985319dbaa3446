// Ways in which the other end of a wire is out of reach.
#pragma once

#include "base/result.h"

namespace azukari::wire {

inline constexpr RefusalKind kCannotReach{"wire.cannot_reach", "{} につながりません（{}）。"};
inline constexpr RefusalKind kTooSlow{"wire.too_slow", "{} から、時間内に返事がありません。"};
inline constexpr RefusalKind kUntrusted{
    "wire.untrusted", "{} の証明書を確かめられません（{}）。つなぎ先と証明書の設定を確かめてください。"};
inline constexpr RefusalKind kScannerFailed{"wire.scanner_failed",
                                            "ウイルス検査プログラムが検査できませんでした（{}）。"};
inline constexpr RefusalKind kTooMuch{"wire.too_much", "{} の返事が長すぎます。つなぎ先を確かめてください。"};

// printing
inline constexpr RefusalKind kSpoolerRefuses{"wire.spooler_refuses", "印刷の受付（{}）が断りました（{}）。"};
inline constexpr RefusalKind kNoSuchSpooledJob{"wire.no_spooled_job",
                                               "印刷の受付（{}）に、この印刷（番号 {}）の記録がありません。"};

} // namespace azukari::wire
