// Ways in which the ledger says no.
#pragma once

#include "base/result.h"

namespace azukari::ledger {

inline constexpr RefusalKind kNoSuchEntry{"ledger.no_such_entry", "{}番の記録はありません。"};
inline constexpr RefusalKind kNotPublished{
    "ledger.not_published",
    "{}番の記録を含むチェックポイントがまだありません。チェックポイントを取り出してから、もう一度お試しください。"};
inline constexpr RefusalKind kNothingToWitness{"ledger.nothing_to_witness",
                                               "まだチェックポイントがないため、区の連署を求められません。"};
inline constexpr RefusalKind kBeyondCheckpoint{
    "ledger.beyond_checkpoint",
    "証人が前回連署した件数（{}件）が、最新のチェックポイント（{}件）より多くなっています。"};
inline constexpr RefusalKind kNoWitness{"ledger.no_witness",
                                        "区の証人の鍵が設定されていません。管理者に設定を依頼してください。"};
inline constexpr RefusalKind kNotACosignature{
    "ledger.not_a_cosignature", "連署のファイルではありません。区のPCで作成されたファイルをそのまま選んでください。"};
inline constexpr RefusalKind kStrangeWitness{"ledger.strange_witness",
                                             "設定されている区の証人（{}）の連署が含まれていません。"};
inline constexpr RefusalKind kCosignatureOfNothing{
    "ledger.cosignature_of_nothing",
    "この台帳のどのチェックポイントにも当てはまらない連署です。ファイルの取り違えか、書換えのおそれがあります。"};
inline constexpr RefusalKind kNotASize{"ledger.not_a_size", "件数は、数字だけで入力してください。"};
inline constexpr RefusalKind kNoFile{"ledger.no_file", "区のPCで作成された連署のファイルを選んでください。"};
inline constexpr RefusalKind kBeforePeriod{"ledger.period", "期間の終わりが始まりより前になっています。"};

} // namespace azukari::ledger
