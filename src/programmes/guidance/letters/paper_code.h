// What the Data Matrix of a page says. A scanner at the line reads from the paper itself whose it is, so the papers of
// one envelope are held against one another and against what was composed, without trusting where they lay.
#pragma once

#include "programmes/guidance/letters/addressee.h"

#include <optional>

namespace azukari::guidance {

// Numbers as they are printed, without the leading zeros of the symbol where there is none.
struct PaperCode {
    Category category{};
    unsigned page = 0, pages = 0; // 1 to 9
    unsigned edition = 1;         // 1 to 9: 2 is the first reprint
    std::uint32_t serial = 0;     // 通し番号 within the category
    std::string voucher, ticket;  // 利用券整理番号 (zeros where there is none), 受診券整理番号: 11 digits
    std::uint32_t name = 0;       // six digits of the name and of the address: check_digits_of()
    std::uint32_t address = 0;    // of 住所 and 方書 together
    unsigned batch_mark = 0;      // of the batch: batch_mark_of(); 0 for letters composed from a bare file
    bool operator==(const PaperCode&) const = default;
};

// The columns that say who somebody is: 氏名, 住所 with 方書, and the two numbers (特記仕様書: 突合は三点以上).
struct IdentityColumns {
    std::size_t name = 0, address = 0, building = 0, voucher = 0, ticket = 0;
};

// What the page of this addressee's letter is marked with.
PaperCode code_of(const Addressee& to, const IdentityColumns& columns, unsigned page, unsigned pages);

// CRC-32 (ISO/IEC 13239, as zip files use it) of the UTF-8, modulo 1,000,000: tells one name from another, says none.
std::uint32_t check_digits_of(std::string_view utf8);
// The same of an id's 16 bytes, modulo 9,999, plus 1.
unsigned batch_mark_of(std::span<const std::uint8_t> id);

// 49 digits, so that the symbol stays small: version 2, category, page, pages, edition (one digit each), 通し番号 (6),
// 利用券整理番号 and 受診券整理番号 (11 each), name and address (6 each), batch (4).
std::string text_of(const PaperCode& code);
// nullopt for whatever is not such a code.
std::optional<PaperCode> read_paper_code(std::string_view text);

} // namespace azukari::guidance
