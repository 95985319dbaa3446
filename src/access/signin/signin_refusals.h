// Ways in which signing in and one's own account say no. None of them tells whether an account exists.
#pragma once

#include "base/result.h"

namespace azukari::access {

inline constexpr RefusalKind kSignInRefused{"signin.refused",
                                            "ログイン名、パスワード、認証コードのいずれかが違います。"};
inline constexpr RefusalKind kSignInWait{"signin.wait",
                                         "続けて間違えたため、あと{}秒待ってからもう一度お試しください。"};
inline constexpr RefusalKind kSignInLocked{
    "signin.locked",
    "間違いが続いたため、このログイン名はロックされています。所属する組織の取扱責任者または区の担当職員に、解除を依頼してください。"};
inline constexpr RefusalKind kSignInStopped{
    "signin.stopped",
    "このアカウントは停止されています。所属する組織の取扱責任者または区の担当職員に連絡してください。"};

inline constexpr RefusalKind kLoginExpected{
    "account.login_expected",
    "ログイン名は、小文字の英字で始まる3~40文字の英小文字・数字・「.」「-」「_」で入力してください。"};
inline constexpr RefusalKind kLoginTaken{"account.login_taken", "このログイン名は既に使われています。"};
inline constexpr RefusalKind kHasAccount{"account.exists",
                                         "この方には既にアカウントがあります。アカウントは一人に一つです。"};
inline constexpr RefusalKind kRoleMismatch{"account.role_mismatch", "この役割は、その方の組織では使えません。"};
inline constexpr RefusalKind kNoSuchAccount{"account.none", "このアカウントは見つかりません。"};
inline constexpr RefusalKind kEmploymentUnattested{"account.employment", "所属を確かめたうえで、印を付けてください。"};
inline constexpr RefusalKind kOwnAccountOnly{"account.not_oneself",
                                             "ご自分のアカウントの状態は、ご自分では変えられません。"};

inline constexpr RefusalKind kPasswordShort{
    "password.short", "パスワードは{}文字以上にしてください。長い文のようなものが覚えやすく、安全です。"};
inline constexpr RefusalKind kPasswordLong{"password.long", "パスワードは{}文字までにしてください。"};
inline constexpr RefusalKind kPasswordGuessable{
    "password.guessable", "「{}」を含むパスワードは推測されやすいため使えません。別の言葉にしてください。"};
inline constexpr RefusalKind kPasswordSimple{
    "password.simple", "同じ文字や並びの繰返しでできたパスワードは使えません。別の言葉を組み合わせてください。"};
inline constexpr RefusalKind kPasswordUnprintable{"password.unprintable",
                                                  "パスワードに使えない文字(制御文字)があります。"};
inline constexpr RefusalKind kPasswordsDiffer{"password.differ", "二つの欄の新しいパスワードが違います。"};
inline constexpr RefusalKind kPasswordWrong{"password.wrong", "今のパスワードが違います。"};
inline constexpr RefusalKind kPasswordSame{"password.same", "今と同じパスワードには変更できません。"};

inline constexpr RefusalKind kCodeWrong{
    "totp.wrong", "認証コードが違うか、期限が切れています。アプリに今出ている6桁を入力してください。"};
inline constexpr RefusalKind kNoOffer{"totp.no_offer",
                                      "登録の途中の情報が見つかりません。もう一度QRコードを表示してください。"};

inline constexpr RefusalKind kPasskeyRefused{"passkey.refused",
                                             "パスキーを確認できませんでした。もう一度お試しください。"};
inline constexpr RefusalKind kPasskeyTaken{"passkey.taken", "このパスキーは既に登録されています。"};
inline constexpr RefusalKind kNoPasskey{"passkey.none", "このパスキーは見つかりません。"};
inline constexpr RefusalKind kLastFactor{
    "passkey.last", "これを削除するとログインできなくなります。先に認証アプリか別のパスキーを登録してください。"};

} // namespace azukari::access
