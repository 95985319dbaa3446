// Why an archive is not taken.
#pragma once

#include "base/result.h"

namespace azukari::sheet {

inline constexpr RefusalKind kNoZip{"zip.no_zip", "ZIPファイルではありません。ZIP形式で作り直してください。"};
inline constexpr RefusalKind kTornZip{
    "zip.torn", "ZIPファイルが途中で切れているか、壊れています。もう一度受け取り直してください。"};
inline constexpr RefusalKind kUnsoundZip{
    "zip.unsound", "ZIPファイルの目次と中身が合いません({})。作り直すか、受け取り直してください。"};
inline constexpr RefusalKind kSplitZip{"zip.split", "分割されたZIPファイルは読めません。1つのファイルにしてください。"};
inline constexpr RefusalKind kTooManyMembers{"zip.too_many", "ZIPに入っているファイルが多すぎます(上限{}個)。"};
inline constexpr RefusalKind kTooLarge{"zip.too_large", "ZIPを開くと大きすぎます(上限{}MB)。何回かに分けてください。"};
inline constexpr RefusalKind kBomb{"zip.bomb",
                                   "「{}」の圧縮率が異常に高いため、開きません。作った方に確かめてください。"};
inline constexpr RefusalKind kNested{
    "zip.nested", "「{}」は、ZIPの中に入った別の圧縮ファイルです。中のファイルを直接入れてください。"};
inline constexpr RefusalKind kUnsafeName{
    "zip.unsafe_name", "ZIPの中に、取り出し先を変えるおそれのある名前のファイルがあります({}番目)。開きません。"};
inline constexpr RefusalKind kUnreadableName{
    "zip.unreadable_name", "ZIPの中に、名前の文字が読めないファイルがあります({}番目)。名前を直してください。"};
inline constexpr RefusalKind kSameName{"zip.same_name", "「{}」という名前のファイルが、ZIPの中に2つあります。"};
inline constexpr RefusalKind kStrangeMethod{
    "zip.method", "「{}」は、この画面では開けない方式で圧縮されています。通常のZIP(deflate)で作り直してください。"};
inline constexpr RefusalKind kWeakEncryption{"zip.weak",
                                             "「{}」の暗号化が弱い方式です。AES-256を選んで暗号化し直してください。"};
inline constexpr RefusalKind kNotEncrypted{"zip.not_encrypted",
                                           "「{}」が暗号化されていません。AES-256で暗号化してください。"};
inline constexpr RefusalKind kPasswordExpected{"zip.password_expected",
                                               "「{}」は暗号化されています。パスワードを入力してください。"};
inline constexpr RefusalKind kWrongPassword{"zip.wrong_password",
                                            "パスワードが違います。パスワード通知書のとおりに、-も入力してください。"};
inline constexpr RefusalKind kNotAuthentic{
    "zip.not_authentic",
    "「{}」は、作られたときから変わっているか、壊れています。開きません。もう一度受け取り直してください。"};
inline constexpr RefusalKind kDamagedMember{"zip.damaged", "「{}」が壊れています。もう一度受け取り直してください。"};

} // namespace azukari::sheet
