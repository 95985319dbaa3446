// Every way in which access says no. A sentence says what is so and what the person can do about it; the first group
// is in the order in which decide() asks.
#pragma once

#include "base/result.h"

namespace azukari::access {

// decide()
inline constexpr RefusalKind kSuspended{
    "access.suspended",
    "このアカウントは停止されています。所属する組織の取扱責任者または区の担当職員に連絡してください。"};
inline constexpr RefusalKind kLocked{
    "access.locked",
    "このアカウントはロックされています。所属する組織の取扱責任者または区の担当職員に解除を依頼してください。"};
inline constexpr RefusalKind kSessionOver{
    "access.session_over", "一定の時間が過ぎたため、ログインが終了しました。もう一度ログインしてください。"};
inline constexpr RefusalKind kRoleNotAllowed{
    "access.role", "「{}」は、あなたの役割({})では行えません。だれが行えるかは権限表で確かめられます。"};
inline constexpr RefusalKind kEnrolFirst{
    "access.enrol_first",
    "先に「自分のアカウント」で、ご自分のパスワードと、認証アプリまたはパスキーを登録してください。"};
inline constexpr RefusalKind kNoSuchEntrustment{"access.no_entrustment",
                                                "この委託は見つかりません。委託の一覧から選び直してください。"};
inline constexpr RefusalKind kOtherOrganisation{"access.other_organisation",
                                                "この委託は、あなたの組織のものではないため開けません。"};
inline constexpr RefusalKind kNotOnRoster{
    "roster.absent",
    "あなたはこの委託の名簿に載っていません。取扱責任者に、名簿への記載と区への提出を依頼してください。"};
inline constexpr RefusalKind kWithdrawn{
    "roster.withdrawn",
    "あなたは{}にこの委託の名簿から外されました。再び携わるときは、取扱責任者に名簿への記載と区への提出を依頼してください。"};
inline constexpr RefusalKind kNotSubmitted{
    "roster.not_submitted", "あなたを載せた名簿が、まだ区に提出されていません。取扱責任者に提出を依頼してください。"};
inline constexpr RefusalKind kRosterKind{"roster.kind", "「{}」は、この委託の名簿でのあなたの区分({})では行えません。"};
inline constexpr RefusalKind kTrainingMissing{
    "training.missing", "この委託の研修が済んでいません。「研修」で教材を読み、確認テストに合格してください。"};
inline constexpr RefusalKind kTrainingExpired{
    "training.expired", "この委託の研修の有効期限が{}に切れました。「研修」でもう一度受けてください。"};
inline constexpr RefusalKind kBeforeTerm{"term.before", "この委託の期間は{}からです。それまでは個人情報を扱えません。"};
inline constexpr RefusalKind kAfterTerm{"term.after",
                                        "この委託の期間は{}で終わりました。返還と消去のほかは、個人情報を扱えません。"};
inline constexpr RefusalKind kReauthenticate{"access.reauthenticate",
                                             "大切な操作のため、ご本人であることをもう一度確かめます。"};

// sessions
inline constexpr RefusalKind kNoSession{"access.no_session", "ログインしていません。"};

} // namespace azukari::access
