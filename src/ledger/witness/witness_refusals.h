// Ways in which an on-line witness does not cosign.
#pragma once

#include "base/result.h"

namespace azukari::ledger {

inline constexpr RefusalKind kWitnessSaidNo{
    "ledger.witness_said_no",
    "区の証人が連署しませんでした（応答 {}）。証人の設定と、台帳の書換えの有無を確かめてください。"};
inline constexpr RefusalKind kWitnessAhead{
    "ledger.witness_ahead",
    "区の証人は{}件目まで連署していますが、この台帳のチェックポイントは{}件です。台帳が古い控えから戻されたおそれがあります。"};

} // namespace azukari::ledger
