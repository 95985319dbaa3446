// Every way in which the register says no.
#pragma once

#include "base/result.h"

namespace azukari::entrustment {

// A definition file: file, line, then what is wrong and what is expected.
inline constexpr RefusalKind kNotToml{
    "definition.syntax",
    "{}の{}行目：TOMLとして読めません。「名前 = 値」の形か、引用符とかっこが閉じているかを確かめてください。"};
inline constexpr RefusalKind kMissingKey{"definition.missing_key",
                                         "{}の{}行目：「{}」がありません。{}を書いてください。"};
inline constexpr RefusalKind kWrongType{"definition.wrong_type", "{}の{}行目：「{}」には{}を書いてください。"};
inline constexpr RefusalKind kUnknownKey{"definition.unknown_key",
                                         "{}の{}行目：「{}」という項目はありません。書ける項目は{}です。"};
inline constexpr RefusalKind kBadDefinition{"definition.bad_value", "{}の{}行目：「{}」を確かめてください。{}"};
inline constexpr RefusalKind kTooLong{"definition.too_long", "{}は大きすぎます。{}バイトまでにしてください。"};
inline constexpr RefusalKind kNoDefinitions{"definition.no_files", "{}に委託の定義ファイル（.toml）がありません。"};

// What an entrustment must say, in a file and in a form alike.
inline constexpr RefusalKind kEmpty{"register.empty", "{}を入力してください。"};
inline constexpr RefusalKind kNotACode{"register.not_a_code",
                                       "{}「{}」は使えません。英小文字で始め、英小文字・数字・_だけにしてください。"};
inline constexpr RefusalKind kTwice{"register.twice", "{}「{}」が重複しています。"};
inline constexpr RefusalKind kNotAmong{"register.not_among", "{}は{}のいずれかにしてください。"};
inline constexpr RefusalKind kEndsBeforeStart{"register.ends_before_start", "期限は開始日以後の日にしてください。"};
inline constexpr RefusalKind kNoSuchNote{"register.no_such_note", "※{}の条件がありません。条件の欄に書いてください。"};
inline constexpr RefusalKind kNoSuchPlace{"register.no_such_place", "流れの図に「{}」という場所がありません。"};
inline constexpr RefusalKind kWrongTotal{"register.wrong_total", "合計が内訳の和（{}）と一致しません。"};
inline constexpr RefusalKind kNegative{"register.negative", "{}は0以上の整数で入力してください。"};
inline constexpr RefusalKind kBadDate{"register.bad_date", "日付は 2026-04-01 のように入力してください。"};
inline constexpr RefusalKind kLineNotRead{"register.line_not_read", "{}行目を読み取れません。{}"};

// The register's own rules.
inline constexpr RefusalKind kNotFound{"register.not_found", "この委託、又は版は登録されていません。"};
inline constexpr RefusalKind kConflict{
    "register.conflict", "ほかの人が先にこの版を変更しました。双方の内容を見比べてください。何も上書きしていません。"};
inline constexpr RefusalKind kFrozen{"register.frozen",
                                     "確定した版は変更できません。最新の版から編集を始めてください。"};
inline constexpr RefusalKind kNotADraft{"register.not_a_draft", "編集中の版だけを報告済みにできます。"};
inline constexpr RefusalKind kDraftOpen{"register.draft_open",
                                        "編集中の版があります。先に報告済みとするか、編集を取りやめてください。"};
inline constexpr RefusalKind kNothingChanged{"register.nothing_changed", "変更がありません。"};
inline constexpr RefusalKind kReasonMissing{"register.reason_missing", "変更の理由を入力してください。"};
inline constexpr RefusalKind kUnknownCatalogue{"register.unknown_catalogue", "特記事項「{}」は登録されていません。"};
inline constexpr RefusalKind kUnknownClause{"register.unknown_clause", "特記事項「{}」に第{}項はありません。"};
inline constexpr RefusalKind kNotRecurring{
    "register.not_recurring", "次年度以降も同様とする委託ではありません。新しい版を作り、報告してください。"};
inline constexpr RefusalKind kAlreadyCovered{"register.already_covered", "{}はすでに期間に含まれています。"};
inline constexpr RefusalKind kContractorDecided{"register.contractor_decided", "委託先はすでに決まっています。"};
inline constexpr RefusalKind kUnprintable{"register.unprintable",
                                          "印刷できない文字があります：{}。別の文字に置き換えてください。"};
inline constexpr RefusalKind kFlowEmpty{"flow.empty", "業務フローの手順を一つ以上書いてください。"};
inline constexpr RefusalKind kFlowNotCurrent{"flow.not_current",
                                             "この業務フローは新しい版に替わりました。新しい版を確認してください。"};
inline constexpr RefusalKind kFlowAcknowledged{"flow.acknowledged", "この業務フローは確認済みです。"};

} // namespace azukari::entrustment
