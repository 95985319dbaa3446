// 紙の証人: size and root of the ledger in letters a person can copy from a printed sheet, or a QR code carry. Crockford's
// base32; every line ends in a check letter that names the line with the mistake, the last letters hold the whole.
#pragma once

#include "base/result.h"
#include "ledger/note/checkpoint.h"

namespace azukari::ledger::note {

inline constexpr RefusalKind kPaperLine{"ledger.paper_line",
                                        "{}行目に写し間違いがあります。もう一度確かめてください。"};
inline constexpr RefusalKind kPaperWhole{
    "ledger.paper_whole", "写した文字と台帳の名称・件数が合いません。用紙と台帳の組合せを確かめてください。"};
inline constexpr RefusalKind kPaperShape{
    "ledger.paper_shape", "用紙の文字は、14文字が5行と、4文字が1行です。行の数と長さを確かめてください。"};

// Six lines: the size; the root in four lines; each 13 letters and a check letter; four letters over the whole.
std::string to_paper(const Checkpoint& checkpoint);
// Reads what was copied: small letters, spaces, "-", O for 0, I and L for 1 are understood.
Result<Checkpoint> from_paper(const std::string& origin, std::string_view text);

} // namespace azukari::ledger::note
