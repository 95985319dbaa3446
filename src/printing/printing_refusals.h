// Why something is not printed, or its paper not taken for accounted for.
#pragma once

#include "base/result.h"

namespace azukari::printing {

// asking
inline constexpr RefusalKind kNoSuchJob{"printing.no_job", "この印刷は見つかりません。一覧から選び直してください。"};
inline constexpr RefusalKind kNoSuchDocument{"printing.no_document",
                                             "印刷するものが見つかりません。一覧から選び直してください。"};
inline constexpr RefusalKind kNoPrinter{
    "printing.no_printer", "プリンターが設定されていません。サーバーの管理者に、設定ファイル azukari.toml の "
                           "[printers] にプリンターを書くよう依頼してください。"};
inline constexpr RefusalKind kPrinterExpected{"printing.printer", "プリンターを選んでください。"};
inline constexpr RefusalKind kPrinterGone{
    "printing.printer_gone",
    "プリンター「{}」は、いまの設定にありません。別のプリンターで申請し直すか、管理者に確かめてください。"};
inline constexpr RefusalKind kCopiesExpected{"printing.copies", "部数は1から{}までの数字で記入してください。"};
inline constexpr RefusalKind kNextStepExpected{"printing.next_step", "印刷したあとの工程を選んでください。"};
inline constexpr RefusalKind kWordsExpected{"printing.words", "{}を記入してください（改行なし、{}文字まで）。"};
inline constexpr RefusalKind kReasonExpected{
    "printing.over_reason", "この印刷は{}枚で、区の指定（1回{}枚以上、または1人1日{}枚以上。きょうはこれまでに{}"
                            "枚）に当たります。理由を記入してください（改行なし、{}文字まで）。"};
inline constexpr RefusalKind kNumberExpected{"printing.number", "{}から{}までの数字で記入してください。"};

inline constexpr RefusalKind kNotSignedByBoth{
    "printing.not_signed", "この確認記録票は、まだ双方の署名がそろっていません。署名がそろうと印刷できます。"};
inline constexpr RefusalKind kNotWitnessedYet{
    "printing.not_witnessed",
    "この確認記録票は、記録台帳への署名（毎時）を待っています。しばらくしてから申請してください。"};

// printing
inline constexpr RefusalKind kAlreadySent{"printing.already_sent",
                                          "この印刷は、すでにプリンターに送っています。二重には印刷できません。"};
inline constexpr RefusalKind kNotAsApproved{
    "printing.not_as_approved",
    "承認された内容と違うものができたため、印刷を取りやめました。内容を確かめて、もう一度申請してください。"};
inline constexpr RefusalKind kBusy{"printing.busy",
                                   "この印刷は、いま送っている最中です。少し待ってから状態を確かめてください。"};
inline constexpr RefusalKind kNothingToSendAgain{
    "printing.nothing_to_send",
    "この印刷は「{}」です。送り直せるのは、プリンターに届いていないことが確かなときだけです。"};
inline constexpr RefusalKind kMayBePrinting{
    "printing.may_be_printing",
    "前に送ったものが、プリンターに届いていないと確かめられません（{}）。二重に印刷しないため、送り直しません。"};

// paper
inline constexpr RefusalKind kNotPrintedYet{"printing.not_printed", "この印刷は「{}」です。紙はまだ受け取れません。"};
inline constexpr RefusalKind kAlreadyCollected{"printing.collected", "この印刷の紙は、すでに受け取られています。"};
inline constexpr RefusalKind kAlreadySettled{"printing.settled", "この印刷の紙の行き先は、すでに記録されています。"};
inline constexpr RefusalKind kDoesNotBalance{
    "printing.balance",
    "枚数が合いません。全部で{}枚です。渡した{}枚、廃棄した{}枚、出てこなかった{}枚を足すと{}枚になります。"};
inline constexpr RefusalKind kCopyTooLarge{
    "printing.copy_too_large", "第{}部は{}枚です。渡した枚数と廃棄した枚数の合計が、それより多くなっています。"};
inline constexpr RefusalKind kNoteExpected{
    "printing.note", "出てこなかった、または廃棄した紙があるときは、わけを記入してください（{}文字まで）。"};

// log
inline constexpr RefusalKind kDaysExpected{"printing.days",
                                           "はじめの日と終わりの日を、この順に、366日以内で選んでください。"};
inline constexpr RefusalKind kDayNotOver{"printing.day_not_over",
                                         "提出できるのは、きのうまでの印刷ログです。終わりの日を選び直してください。"};
inline constexpr RefusalKind kLogChanged{
    "printing.log_changed", "開いている間に印刷ログが変わりました。もう一度、今の内容を確かめてください。"};
inline constexpr RefusalKind kUnprintable{"printing.unprintable", "書体にない文字があるため、紙にできません（{}）。"};

} // namespace azukari::printing
