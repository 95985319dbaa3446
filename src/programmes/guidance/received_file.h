// 受け取った媒体の中身: the ward encrypts what it hands over (AES-256 in a ZIP), and tells the password by a notice that
// came on another occasion (K41). Opened in memory only.
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <string>
#include <string_view>

namespace azukari::guidance {

inline constexpr RefusalKind kZipPasswordExpected{
    "guidance.zip_password_expected",
    "このファイルは暗号化された ZIP です。パスワード通知書のパスワードを入力してください。"};
inline constexpr RefusalKind kPasswordNotNeeded{
    "guidance.password_not_needed",
    "パスワードが入力されていますが、このファイルは暗号化された ZIP ではありません。ファイルを確かめてください。"};
inline constexpr RefusalKind kOneCsvExpected{
    "guidance.one_csv_expected",
    "ZIP の中に、CSV がちょうど一つだけ入っている必要があります（いまは {} 個）。区に確かめてください。"};

bool is_zip(std::string_view content);

// The CSV of an encrypted ZIP, or the content itself where it is no ZIP. `password` is empty when none was typed.
// Refuses the above (at the field "password" where it is about that) and what sheet::ZipReader refuses: a weak cipher,
// a wrong password, a bomb, a torn or unsound file.
Result<std::string> open_received(std::string content, const SecretText& password);

} // namespace azukari::guidance
