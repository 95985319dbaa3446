// How the shell itself says no.
#pragma once

#include "base/result.h"

namespace azukari::office {

inline constexpr RefusalKind kForeignPost{
    "shell.foreign_post",
    "ほかのサイトから送られた操作のため、受け付けませんでした。このサイトの画面から操作してください。"};
inline constexpr RefusalKind kStaleForm{
    "shell.stale_form",
    "画面を開いてから時間がたったか、別の画面でログインし直したため、受け付けませんでした。何も変更していません。"
    "画面を開き直して、もう一度操作してください。"};
inline constexpr RefusalKind kFilesTooLarge{
    "shell.files_too_large",
    "ファイルが大きすぎます（合わせて {}MB まで）。何も保存していません。小さくするか、分けてください。"};

} // namespace azukari::office
