// Ways in which a job of the house fails that the job itself cannot tell of.
#pragma once

#include "base/result.h"

namespace azukari::jobs {

inline constexpr RefusalKind kCutOff{"jobs.cut_off",
                                     "途中で終わりました（システムの停止や電源断など）。あとでもう一度行います。"};
inline constexpr RefusalKind kFault{"jobs.fault", "{}"};
inline constexpr RefusalKind kUnexpected{"jobs.unexpected",
                                         "予期しない誤りが起きました。続くときは、管理者に連絡してください。"};

} // namespace azukari::jobs
