// What every entrustment must say, whether it came from a file or a form. A refusal's field is the path of what is
// wrong: "parts[0].term.end".
#pragma once

#include "base/result.h"
#include "entrustment/provisions.h"

namespace azukari::entrustment {

Result<void> check(const Entrustment& entrustment);
Result<void> check(const Catalogue& catalogue);
// The attached catalogue exists and has every clause that is replaced.
Result<void> check_provisions(const AttachedProvisions& attached, const Catalogues& catalogues);

// The same entrustment for another fiscal year: each term becomes the whole of that year and says so; all else stays
// (次年度以降も、同様の業務委託を行う). Refused when the paper did not say that it recurs, or when the year is covered already.
Result<Entrustment> carried_to(const Entrustment& entrustment, FiscalYear year);

// The fiscal year to carry to next: the one after the term's end, but not one that is over already.
FiscalYear next_year(const Entrustment& entrustment, const Moment& moment);

// 委託先未定 → decided. Refused when no part of that code waits for a contractor.
Result<Entrustment> with_contractor(const Entrustment& entrustment, std::string_view part_code,
                                    const std::string& contractor_name);

} // namespace azukari::entrustment
