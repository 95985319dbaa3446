// Why a paper of custody is not printed.
#pragma once

#include "base/result.h"

namespace azukari::custody {

inline constexpr RefusalKind kUnprintable{
    "custody.unprintable", "印字できない文字があります: {}。記録を直してから、もう一度印刷してください。"};

} // namespace azukari::custody
