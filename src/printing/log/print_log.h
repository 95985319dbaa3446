// 印刷ログ: 印刷元コンピュータ名, 印刷日時, 印刷ファイル名, 印刷先プリンタ名, 印刷枚数 of every job that was sent on some
// days, with who, why, and what became of the paper; filled from the jobs, by nobody's hand.
#pragma once

#include "printing/print_job.h"

namespace azukari::printing {

struct LogLine {
    std::int64_t number;
    std::string computer;                     // 印刷元コンピュータ名
    Instant printed_at;                       // 印刷日時
    std::string file;                         // 印刷ファイル名
    std::string printer;                      // 印刷先プリンタ名
    std::int64_t sheets;                      // 印刷枚数: pages times copies, as sent
    std::int64_t reported;                    // as the printer counted; 0 where it counts nothing
    std::string asked_by, sent_by, agreed_by; // names; several who agreed: 「、」 between them
    std::string purpose;
    std::string over_reason; // 指定枚数以上の理由
    std::string ending;      // 「渡した 10枚、廃棄 2枚」 or how it stands
    std::string digest;      // of the five, as the ledger has it
};

struct PrintLog {
    CivilDate from, to;      // both days included
    std::string entrustment; // 件名
    std::string ward, contractor;
    std::string host; // the machine that sent everything
    std::vector<LogLine> lines;

    std::int64_t sheets() const;
};

// UTF-8 with a byte order mark, lines end with CR LF, every cell quoted. A cell that a spreadsheet would take for a
// formula gets an apostrophe before it.
std::string to_csv(const PrintLog& log);
// Over the CSV: what a submission is known by.
std::string digest_of(const PrintLog& log);
std::string file_name_of(const PrintLog& log, std::string_view ending); // 印刷ログ_20260601-20260630.csv

} // namespace azukari::printing
