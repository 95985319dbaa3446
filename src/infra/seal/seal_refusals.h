// Every way in which the keys say no, in words for the people who run the ward's server.
#pragma once

#include "base/result.h"

namespace azukari::seal {

inline constexpr RefusalKind kBrokenSeal{
    "seal.broken", "封をした値を開けません。保存された値が書き換えられたか、別の場所から移されています。"};
inline constexpr RefusalKind kOtherKey{"seal.other_key", "この値は別の鍵で封をされています。"};
inline constexpr RefusalKind kUnknownFormat{
    "seal.unknown_format", "封をした値の形式が分かりません。新しい版のプログラムで書かれたか、壊れています。"};

inline constexpr RefusalKind kWrongPassphrase{"seal.wrong_passphrase",
                                              "合言葉が違います。鍵の保管庫を開けませんでした。"};
inline constexpr RefusalKind kShortPassphrase{"seal.short_passphrase", "合言葉は{}文字以上にしてください。"};
inline constexpr RefusalKind kNoKeyFile{
    "seal.no_key_file", "鍵ファイル {} がありません。鍵ファイルを入れた媒体をつないでから、もう一度始めてください。"};
inline constexpr RefusalKind kKeyFileExists{"seal.key_file_exists", "鍵ファイル {} は既にあります。上書きはしません。"};
inline constexpr RefusalKind kLooseKeyFile{
    "seal.loose_key_file",
    "鍵ファイル {} をほかの利用者が読み書きできます。所有者だけが読めるように(chmod 0400)してください。"};
inline constexpr RefusalKind kForeignKeyFile{
    "seal.foreign_key_file", "鍵ファイル {} の所有者が、このプログラムの利用者でも root でもありません。"};
inline constexpr RefusalKind kNotKeyFile{"seal.not_key_file", "{} は azukari の鍵ファイルではありません。"};
inline constexpr RefusalKind kWrongKeyFile{"seal.wrong_key_file",
                                           "この鍵ファイルでは鍵の保管庫を開けません。別の鍵ファイルです。"};
inline constexpr RefusalKind kNoToken{
    "seal.no_token",
    "暗号装置(PKCS#11)に「{}」という名前の区画が見つかりません。装置がつながっているか確かめてください。"};
inline constexpr RefusalKind kWrongPin{"seal.wrong_pin", "暗号装置の暗証番号が違います。"};
inline constexpr RefusalKind kNoTokenKey{"seal.no_token_key", "暗号装置に「{}」という名前の鍵がありません。"};
inline constexpr RefusalKind kTokenKeyExists{
    "seal.token_key_exists",
    "暗号装置に「{}」という名前の鍵が既にあります。上書きはしません。azukari.toml の pkcs11_key を、別の名前にしてください。"};
inline constexpr RefusalKind kWrongTokenKey{"seal.wrong_token_key",
                                            "暗号装置の鍵では鍵の保管庫を開けません。別の装置か、別の鍵です。"};
inline constexpr RefusalKind kOtherProvider{"seal.other_provider",
                                            "この鍵の保管庫は別の方法({})で守られています。設定を確かめてください。"};

inline constexpr RefusalKind kNoKeystore{
    "seal.no_keystore",
    "鍵の保管庫 {} がありません。初めて使うときは `azukari init` を行い、失ったときは控えから戻してください。"};
inline constexpr RefusalKind kKeystoreExists{"seal.keystore_exists",
                                             "鍵の保管庫 {} は既にあります。上書きはしません。"};
inline constexpr RefusalKind kLooseKeystore{
    "seal.loose_keystore",
    "鍵の保管庫 {} をほかの利用者が読み書きできます。所有者だけが使えるように(フォルダは0700)してください。"};
inline constexpr RefusalKind kKeystoreInUse{"seal.keystore_in_use",
                                            "鍵の保管庫 {} は、動いている別の azukari が使っています。"};
inline constexpr RefusalKind kKeystoreDamaged{
    "seal.keystore_damaged", "鍵の保管庫 {} が壊れています({}バイト目)。このまま使わず、控えから戻してください。"};
inline constexpr RefusalKind kKeystoreForeign{
    "seal.keystore_foreign", "{} は azukari の鍵の保管庫ではないか、新しい版のプログラムで作られています。"};
inline constexpr RefusalKind kNoLedgerKey{"seal.no_ledger_key",
                                          "台帳の署名鍵 {} がありません。控えから戻してください。"};
inline constexpr RefusalKind kLedgerKeyAlone{
    "seal.ledger_key_alone",
    "鍵の保管庫がないのに、台帳の署名鍵 {} "
    "だけが残っています。控えから保管庫を戻すか、初めての設定をやり直すのであれば署名鍵を別の場所へ移してください。"};
inline constexpr RefusalKind kLedgerKeyDamaged{
    "seal.ledger_key_damaged", "台帳の署名鍵 {} が壊れているか、別の保管庫のものです。控えから戻してください。"};

inline constexpr RefusalKind kNoSuchEntrustment{"seal.no_entrustment", "この委託の鍵はまだありません。"};
inline constexpr RefusalKind kNoSuchSubject{"seal.no_subject", "この方の鍵はまだありません。"};
inline constexpr RefusalKind kErased{"seal.erased",
                                     "この情報は消去されています。鍵を破棄したため、開くことはできません。"};

inline constexpr RefusalKind kShareUnreadable{"seal.share_unreadable",
                                              "{}枚目に入力した復旧用の控えを読み取れません。{}"};
inline constexpr RefusalKind kShareMistyped{"seal.share_mistyped", "復旧用の控え {} の{}行目に打ち間違いがあります。"};
inline constexpr RefusalKind kShareDamaged{"seal.share_damaged",
                                           "復旧用の控え {} に打ち間違いがあります。もう一度見比べてください。"};
inline constexpr RefusalKind kShareTwice{"seal.share_twice",
                                         "復旧用の控え {} が二度入力されています。別の復旧用の控えが要ります。"};
inline constexpr RefusalKind kTooFewShares{"seal.too_few_shares", "復旧用の控えが2枚要ります。"};
inline constexpr RefusalKind kSharesOfOtherSets{
    "seal.other_set", "復旧用の控えの組が違います。同じ日に作った復旧用の控えをそろえてください。"};
inline constexpr RefusalKind kSharesOfOtherKeystore{
    "seal.other_keystore",
    "この復旧用の控えは、この鍵の保管庫のものではありません。鍵を替えた後は、新しい復旧用の控えが要ります。"};

} // namespace azukari::seal
