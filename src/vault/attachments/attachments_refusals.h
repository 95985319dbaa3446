// Every way in which attachments say no.
#pragma once

#include "base/result.h"

namespace azukari::vault::attachments {

inline constexpr RefusalKind kNoFile{"attachment.no_file", "ファイルを選んでください。"};
inline constexpr RefusalKind kTooBig{"attachment.too_big",
                                     "ファイルが大きすぎます（{}MBまで）。解像度を下げるか、分けて保存してください。"};
inline constexpr RefusalKind kOtherKind{
    "attachment.other_kind",
    "このファイルは、PDF・JPEG・PNG・TIFF のどれでもありません。名前ではなく中身で確かめています。"};
inline constexpr RefusalKind kLyingName{
    "attachment.lying_name",
    "ファイルの名前は「.{}」ですが、中身は{}です。取り違えか、偽装の疑いがあります。出所を確かめ、正しい名前にしてから選んでください。"};
inline constexpr RefusalKind kPaperExpected{"attachment.paper_expected", "書類の種類を選んでください。"};
inline constexpr RefusalKind kInfected{
    "attachment.infected",
    "ウイルスが見つかったため、保存しませんでした（{}）。このファイルを開かず、セキュリティ責任者に連絡してください。"};
inline constexpr RefusalKind kWaiting{
    "attachment.waiting",
    "ウイルス検査が済んでいないため、まだ表示できません。検査プログラムにつながると自動で検査します。"};
inline constexpr RefusalKind kNoSuchAttachment{"attachment.none",
                                               "この添付は見つかりません。消去された可能性もあります。"};
inline constexpr RefusalKind kWithdrawn{"attachment.withdrawn", "この添付は取り下げられ、内容は残っていません。"};
inline constexpr RefusalKind kNotYours{
    "attachment.not_yours",
    "この添付を取り下げられるのは、添付した方と取扱責任者です。取扱責任者に、取下げを頼んでください。"};
inline constexpr RefusalKind kCauseExpected{"attachment.cause_expected", "取下げの理由を選んでください。"};
inline constexpr RefusalKind kWordsTooLong{"attachment.words_too_long", "補足が長すぎます（{}文字まで）。"};
inline constexpr RefusalKind kShowingOver{
    "attachment.showing_over", "表示できる時間が過ぎました。利用目的と理由を入力して、もう一度開いてください。"};
inline constexpr RefusalKind kDamaged{
    "attachment.damaged", "添付の一部が失われているか、書き換えられています。管理者に点検を依頼してください。"};

// Why what waits is not checked, for the people who run the house.
inline constexpr RefusalKind kNoScanner{
    "scanner.none",
    "添付{}件がウイルス検査を待っていますが、検査プログラムが設定されていません。設定の [scanner] clamd "
    "に、clamd のソケットを書いてください。"};
inline constexpr RefusalKind kScannerAway{"scanner.away", "添付{}件がウイルス検査を待っています。{}"};
inline constexpr RefusalKind kOldSignatures{
    "scanner.old", "検査プログラムのパターンファイルが古いか、ありません（{}）。freshclam の状態を確かめてください。"};

} // namespace azukari::vault::attachments
