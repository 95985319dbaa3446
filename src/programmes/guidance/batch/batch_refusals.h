// Why a batch of letters cannot go on its way.
#pragma once

#include "base/result.h"

namespace azukari::guidance {

inline constexpr RefusalKind kNotComposed{"guidance.not_composed",
                                          "通知がまだ組み上がっていません。先に「通知を組み上げる」を行ってください。"};
inline constexpr RefusalKind kSamePerson{
    "guidance.same_person",
    "取り込みまたは組み上げを行った人は承認できません。別の取扱責任者に承認を依頼してください。"};
inline constexpr RefusalKind kAlreadyApproved{"guidance.already_approved", "この通知はすでに承認されています。"};
inline constexpr RefusalKind kNotApproved{"guidance.not_approved",
                                          "まだ承認されていません。承認されると取り出せるようになります。"};
inline constexpr RefusalKind kApprovalVoid{
    "guidance.approval_void",
    "承認のあとに通知が組み直されたため、承認は無効になりました。もう一度承認を受けてください。"};
inline constexpr RefusalKind kWhereToExpected{
    "guidance.where_to", "取り出したファイルの渡し先（印字する場所）を記入してください（100文字まで）。"};
inline constexpr RefusalKind kNoSuchLetters{"guidance.no_such_letters", "この区分の通知はありません。"};
inline constexpr RefusalKind kChangedSinceApproval{
    "guidance.changed_since_approval",
    "承認された内容と一致しない通知ができたため、取り出しを中止しました。書式や書体が変わっていないか確かめ、組み直して"
    "承認を受けてください。"};
inline constexpr RefusalKind kSameFile{
    "guidance.same_file", "同じ内容のファイルはすでに取り込まれています（{}）。重ねて取り込むことはできません。"};
inline constexpr RefusalKind kCountDiffers{
    "guidance.count_differs",
    "確認記録票の件数（{}件）と、ファイルの件数（{}件）が合いません。一件も取り込んでいません。区に確かめてください。"};
inline constexpr RefusalKind kCountExpected{"guidance.count_expected", "件数は数字で入力してください（例: 4413）。"};
inline constexpr RefusalKind kNoSuchMedium{"guidance.no_such_medium",
                                           "この媒体は登録にありません。一覧から選び直してください。"};
inline constexpr RefusalKind kNoSuchBatch{"guidance.no_such_batch", "このデータは見つかりません。"};
inline constexpr RefusalKind kNothingToStore{"guidance.nothing_to_store", "取り込める行が一つもありません。"};
inline constexpr RefusalKind kNotDeclared{
    "guidance.not_declared",
    "書式の列「{}」が表す情報項目「{}」は、この委託の登録にありません。登録されていない情報は取り込めません。"};
inline constexpr RefusalKind kOtherLayout{
    "guidance.other_layout",
    "保管されている行の欄の数が、いまの書式と合いません。取り込んだときの書式に戻してから、もう一度行ってください。"};
inline constexpr RefusalKind kBusy{"guidance.busy", "このデータの通知は、いま組み上げている最中です。"};
inline constexpr RefusalKind kNoFile{"guidance.no_file", "区から受け取ったファイルを選んでください。"};

} // namespace azukari::guidance
