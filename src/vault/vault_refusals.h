// Every way in which the vault says no.
#pragma once

#include "base/result.h"

namespace azukari::vault {

inline constexpr RefusalKind kDamagedFields{"vault.damaged",
                                            "保管されている内容を読み取れません。管理者に点検を依頼してください。"};
inline constexpr RefusalKind kNoSuchPerson{
    "vault.no_such_person", "この方は登録されていません。消去された可能性もあります。一覧から選び直してください。"};
inline constexpr RefusalKind kNoSuchPart{"vault.no_such_part", "この委託に、その件名はありません。"};
inline constexpr RefusalKind kNoSuchKind{"vault.no_such_kind", "「{}」という種類の記録はありません。"};
inline constexpr RefusalKind kNoSuchRecord{"vault.no_such_record", "この記録は見つかりません。"};
inline constexpr RefusalKind kConflict{
    "vault.conflict",
    "ほかの人が先にこの記録を変更しました。何も上書きしていません。いまの内容を開いて、もう一度入力してください。"};
inline constexpr RefusalKind kNothingChanged{"vault.nothing_changed", "変更がありません。"};

// What may be held, and how it is written.
inline constexpr RefusalKind kNotDeclared{"vault.not_declared",
                                          "「{}」は、この委託の情報項目として登録されていないため、保存できません。"};
inline constexpr RefusalKind kConditionNotMet{
    "vault.condition_not_met",
    "「{}」は「{}」に限って収集できます。当てはまる場合は、当てはまる条件を選んでください。"};
inline constexpr RefusalKind kUnknownCircumstance{"vault.unknown_circumstance", "「{}」という条件はありません。"};
inline constexpr RefusalKind kNotAmongValues{"vault.not_among_values", "「{}」は{}のいずれかにしてください。"};
inline constexpr RefusalKind kNameMissing{"vault.name_missing", "氏名を入力してください。"};
inline constexpr RefusalKind kNothingWritten{"vault.nothing_written", "情報項目を一つ以上入力してください。"};
inline constexpr RefusalKind kTooLong{"vault.too_long", "「{}」は{}文字までにしてください。"};
inline constexpr RefusalKind kNotText{"vault.not_text", "「{}」に、保存できない文字（制御文字など）があります。"};
inline constexpr RefusalKind kNotADay{"vault.not_a_day",
                                      "「{}」は、実在する日付を 1980-03-02 のように入力してください。"};
inline constexpr RefusalKind kDayAhead{"vault.day_ahead", "「{}」に、今日より後の日付は入力できません。"};
inline constexpr RefusalKind kNotATelephone{
    "vault.not_a_telephone", "「{}」は、市外局番から 03-0000-0000 のように、数字10桁か11桁で入力してください。"};
inline constexpr RefusalKind kNotAnEmail{"vault.not_an_email",
                                         "「{}」は、mihon@example.jp のように、半角で入力してください。"};
inline constexpr RefusalKind kNotAPostalCode{"vault.not_a_postal_code", "「{}」は、数字7桁で入力してください。"};
inline constexpr RefusalKind kNotAnAge{"vault.not_an_age", "「{}」は、0から130までの整数で入力してください。"};
inline constexpr RefusalKind kNotKana{"vault.not_kana", "「{}」は、ひらがなかカタカナで入力してください。"};
inline constexpr RefusalKind kProhibitedWords{"vault.prohibited_words",
                                              "「{}」に、収集してはならない事項かもしれない語があります：{}"
                                              "。書き直すか、そのまま残す理由を下に入力してください。"};

// Where it came from.
inline constexpr RefusalKind kSourceExpected{"vault.source_expected", "だれから得た情報かを選んでください。"};
inline constexpr RefusalKind kChannelExpected{"vault.channel_expected", "受け付けた方法を選んでください。"};
inline constexpr RefusalKind kRelationExpected{"vault.relation_expected", "代理人の続柄または関係を入力してください。"};
inline constexpr RefusalKind kAgencyExpected{"vault.agency_expected",
                                             "情報を提供した関係機関の名称を入力してください。"};
inline constexpr RefusalKind kReceivedOnExpected{"vault.received_on_expected", "受け付けた日を選んでください。"};
inline constexpr RefusalKind kReceivedAhead{"vault.received_ahead", "受け付けた日は、今日までの日にしてください。"};
inline constexpr RefusalKind kNoPurposeText{
    "vault.no_purpose_text",
    "利用目的の文がまだ公開されていません。本人に示す文を「利用目的と説明文」で公開してから収集してください。"};
inline constexpr RefusalKind kPurposeTextExpected{"vault.purpose_text_expected",
                                                  "本人に示した利用目的の文を選んでください。"};
inline constexpr RefusalKind kIndirectNotAllowed{
    "vault.indirect_not_allowed",
    "「{}」を本人以外（{}"
    "）から収集することを、区は承諾していません。本人から収集するか、区に承諾の記録を依頼してください。"};

// Purposes.
inline constexpr RefusalKind kPurposeExpected{"vault.purpose_expected", "利用目的を選んでください。"};
inline constexpr RefusalKind kPurposeNotDeclared{
    "vault.purpose_not_declared",
    "「{}」は、この委託の利用目的として登録されていません。登録された利用目的の外では利用できません。"};
inline constexpr RefusalKind kNoPurposes{
    "vault.no_purposes", "この委託の利用目的がまだ登録されていません。区の担当職員に登録を依頼してください。"};
inline constexpr RefusalKind kReasonExpected{"vault.reason_expected", "理由を入力してください。"};
inline constexpr RefusalKind kPurposeCode{"vault.purpose_code",
                                          "記号は、英小文字で始め、英小文字・数字・_だけで40文字までにしてください。"};
inline constexpr RefusalKind kWordsExpected{"vault.words_expected", "{}を入力してください。"};
inline constexpr RefusalKind kTwice{"vault.twice", "「{}」は、すでに登録されています。"};
inline constexpr RefusalKind kNotThere{"vault.not_there", "この登録は見つからないか、すでに終了しています。"};
inline constexpr RefusalKind kNoSuchText{"vault.no_such_text", "その説明文は公開されていません。"};

// Consent.
inline constexpr RefusalKind kDecisionExpected{"consent.decision_expected",
                                               "同意したか、同意しなかったかを選んでください。"};
inline constexpr RefusalKind kMannerExpected{"consent.manner_expected", "同意の確認方法を選んでください。"};
inline constexpr RefusalKind kScopeExpected{"consent.scope_expected",
                                            "同意の対象となる情報項目を一つ以上選んでください。"};
inline constexpr RefusalKind kUnknownRecipient{"consent.unknown_recipient", "その提供先は登録されていません。"};
inline constexpr RefusalKind kExplainFully{
    "consent.explain_fully", "「{}」は特に配慮が必要な情報です。本人に詳しく説明し、確認欄に印を付けてください。"};
inline constexpr RefusalKind kGivenAhead{"consent.given_ahead", "同意の日は、今日までの日にしてください。"};
inline constexpr RefusalKind kNoConsent{
    "consent.none",
    "この方は、「{}」に「{}」を提供することに同意していません。同意を得て記録してから提供してください。"};
inline constexpr RefusalKind kConsentRefused{
    "consent.refused", "この方は、「{}」に「{}」を提供することに同意しませんでした。提供できません。"};
inline constexpr RefusalKind kConsentWithdrawn{
    "consent.withdrawn", "この方は、「{}」に「{}」を提供することへの同意を撤回しました。提供できません。"};
inline constexpr RefusalKind kNoSuchConsent{"consent.not_found", "この同意の記録は見つかりません。"};
inline constexpr RefusalKind kAlreadyWithdrawn{"consent.already_withdrawn", "この同意は、すでに撤回されています。"};

// Merging.
inline constexpr RefusalKind kTwoExpected{"merge.two_expected", "見比べる登録を2件選んでください。"};
inline constexpr RefusalKind kSamePerson{"merge.same_person", "同じ登録どうしは統合できません。"};
inline constexpr RefusalKind kOtherPart{"merge.other_part", "件名の異なる登録は統合できません。"};
inline constexpr RefusalKind kMergedAway{"merge.merged_away",
                                         "この登録は、ほかの登録に統合されています。統合先の登録を開いてください。"};
inline constexpr RefusalKind kChoiceExpected{"merge.choice_expected", "「{}」をどちらの内容にするか選んでください。"};
inline constexpr RefusalKind kToldApart{
    "merge.told_apart",
    "この2件は、別の人と記録されています。同じ人として扱うときは、先にその記録を取り消してください。"};
inline constexpr RefusalKind kNoSuchDistinction{"merge.no_distinction",
                                                "この「別の人」の記録は見つからないか、すでに取り消されています。"};
inline constexpr RefusalKind kNoSuchMerge{"merge.not_found", "この統合は見つからないか、すでに取り消されています。"};

} // namespace azukari::vault
