// Why an envelope cannot go on its way.
#pragma once

#include "base/result.h"

namespace azukari::guidance {

inline constexpr RefusalKind kNoSuchLetter{
    "guidance.no_such_letter", "この通し番号の通知はありません。通し番号（A-00012 の形）を確かめてください。"};
inline constexpr RefusalKind kOtherBatchPaper{
    "guidance.other_batch_paper", "これは別のデータから印字した紙です。そのデータの画面で記録してください。"};
inline constexpr RefusalKind kPullLinesExpected{"guidance.pull_lines_expected",
                                                "引き抜く通知の通し番号を、1行に1通、500通までで書いてください。"};
inline constexpr RefusalKind kPullLineWrong{"guidance.pull_line_wrong", "「{}」: {}（どの行も、まだ指示していません）"};
inline constexpr RefusalKind kPullReasonExpected{"guidance.pull_reason_expected", "引抜きの理由を選んでください。"};
inline constexpr RefusalKind kAlreadyPulled{"guidance.already_pulled", "この通知は、すでに引抜きの指示があります。"};
inline constexpr RefusalKind kNotPulled{"guidance.not_pulled", "この通知に、抜き取りを待つ指示はありません。"};
inline constexpr RefusalKind kNoPaper{"guidance.no_paper",
                                      "この通知は組み上げる前に引き抜かれたため、紙はありません。"};
inline constexpr RefusalKind kNotPrintedLetter{
    "guidance.not_printed", "{} は、まだ印刷・取り出しの記録がありません。印刷を済ませてから突合してください。"};
inline constexpr RefusalKind kPulledLetter{
    "guidance.pulled_letter",
    "{} には引抜きの指示（{}）があります。封入せず、紙を抜き取って「抜き取った」を記録してください。"};
inline constexpr RefusalKind kAlreadyMatched{"guidance.already_matched",
                                             "{} は、すでに突合が済んでいます。同じ紙が2組ないか確かめてください。"};
inline constexpr RefusalKind kAlreadySealed{
    "guidance.already_sealed",
    "{} は、すでに封緘が済んでいます。この紙は余分です。封入せず、取扱責任者に知らせてください。"};
inline constexpr RefusalKind kSpoiledPaper{
    "guidance.spoiled_paper", "{} は損紙として記録され、刷り直しを待っています。この紙は封入しないでください。"};
inline constexpr RefusalKind kEnvelopeOpen{
    "guidance.envelope_open",
    "先に突合した {} が、まだ封緘されていません。封緘するか、取りやめてから次に進んでください。"};
inline constexpr RefusalKind kNotMatched{
    "guidance.not_matched", "{} は突合が済んでいないため、封緘できません。紙を読み取って確かめてください。"};
inline constexpr RefusalKind kNotSealed{"guidance.not_sealed", "{} は封緘されていないため、開封の記録はできません。"};
inline constexpr RefusalKind kInBox{"guidance.in_box",
                                    "{} は箱に入っています。箱{}から束{}を出してから行ってください。"};
inline constexpr RefusalKind kNotSpoilable{"guidance.not_spoilable",
                                           "{} は、いま「{}」です。損紙にできるのは、封緘の前の、印刷された紙です。"};
inline constexpr RefusalKind kSpoilReasonExpected{"guidance.spoil_reason_expected", "損紙の理由を書いてください。"};
// In UTF-8 bytes: what the pages' 200 characters can take. A request without a browser has no such limit.
inline constexpr std::size_t kMostWords = 800;
inline constexpr RefusalKind kTooManyWords{"guidance.too_many_words", "200文字までで書いてください。"};
inline constexpr RefusalKind kMethodExpected{"guidance.method_expected",
                                             "損紙をどう廃棄したか（細断など）を書いてください。"};
inline constexpr RefusalKind kWitnessExpected{"guidance.witness_expected", "廃棄に立ち会った方を選んでください。"};
inline constexpr RefusalKind kWitnessIsSelf{"guidance.witness_is_self",
                                            "廃棄の立会いは、記録する方とは別の方にしてください。"};
inline constexpr RefusalKind kNotMissing{"guidance.not_missing", "{} に、見つからない紙の届出はありません。"};
inline constexpr RefusalKind kMissingBySelf{
    "guidance.missing_by_self", "紙が見つからないと届け出た方は、刷り直しを認められません。別の方が判断してください。"};
inline constexpr RefusalKind kNothingToReprint{"guidance.nothing_to_reprint", "刷り直しを待つ通知はありません。"};
inline constexpr RefusalKind kNothingToBundle{"guidance.nothing_to_bundle",
                                              "束ねられる封筒がありません。封緘してから束ねてください。"};
inline constexpr RefusalKind kNothingToBox{"guidance.nothing_to_box",
                                           "箱に入れる束がありません。先に封筒を束ねてください。"};
inline constexpr RefusalKind kNoSuchInsert{"guidance.no_such_insert", "この封入物はありません。"};
inline constexpr RefusalKind kQuantityExpected{"guidance.quantity_expected",
                                               "数量を1から1,000,000までの数で書いてください。"};
inline constexpr RefusalKind kStillOpen{"guidance.still_open", "数が合っていないため、締めることができません: {}"};
inline constexpr RefusalKind kClosedBatch{"guidance.closed_batch", "このデータの封入封緘は、{} に締められています。"};

} // namespace azukari::guidance
