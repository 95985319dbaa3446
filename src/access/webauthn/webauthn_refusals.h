// Why an answer of an authenticator is not accepted. People see the one sentence of passkey.refused; these are for
// the ledger and for tests.
#pragma once

#include "base/result.h"

namespace azukari::webauthn {

inline constexpr RefusalKind kMalformed{"webauthn.malformed", "認証器からの応答の形式が正しくありません。"};
inline constexpr RefusalKind kWrongKind{"webauthn.kind", "認証器からの応答が、求めたもの(登録・確認)と違います。"};
inline constexpr RefusalKind kWrongChallenge{"webauthn.challenge",
                                             "認証器からの応答が、今回の問い合わせに対するものではありません。"};
inline constexpr RefusalKind kWrongOrigin{"webauthn.origin", "別のサイトに向けた応答です。"};
inline constexpr RefusalKind kWrongParty{"webauthn.party", "別のサイト用のパスキーです。"};
inline constexpr RefusalKind kNotVerified{"webauthn.not_verified",
                                          "認証器で本人の確認(指紋・顔・暗証番号)が行われていません。"};
inline constexpr RefusalKind kUnknownAlgorithm{"webauthn.algorithm", "この認証器の署名の方式には対応していません。"};
inline constexpr RefusalKind kBrokenKey{"webauthn.key", "認証器の公開鍵が正しくありません。"};
inline constexpr RefusalKind kWrongSignature{"webauthn.signature", "認証器の署名が合いません。"};
inline constexpr RefusalKind kCounterRegressed{
    "webauthn.counter", "認証器の使用回数が戻っています。複製されたおそれがあるため、使えません。"};
inline constexpr RefusalKind kBackupChanged{"webauthn.backup", "認証器の種類が登録したときと変わっています。"};
inline constexpr RefusalKind kNoDomain{
    "webauthn.no_domain", "パスキーを使うには、サーバーの名前がドメイン名である必要があります(「{}」では使えません)。"};

} // namespace azukari::webauthn
