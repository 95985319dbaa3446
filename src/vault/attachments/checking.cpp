#include "vault/attachments/checking.h"

#include <algorithm>

namespace azukari::vault::attachments {
namespace {

Result<std::string> fresh_signatures(const Scanner& scanner, Instant now)
{
    AZK_TRY(const auto known, wire::signatures_of(*scanner.clamd));
    auto name = known.database.empty() ? known.engine : known.engine + "/" + known.database;
    std::ranges::replace(name, ' ', '-'); // a word that the ledger takes
    const bool fresh = known.made_at && now - *known.made_at <= Duration::hours(24 * scanner.signature_days);
    if (scanner.signature_days > 0 && !fresh) return refuse(kOldSignatures, name);
    return name;
}

} // namespace

Result<Checked> check(const Scanner& scanner, Instant now, const wire::ScanSource& source)
{
    if (!scanner.clamd) return refuse(kNoScanner, "1");
    AZK_TRY(auto signatures, fresh_signatures(scanner, now));
    AZK_TRY(const auto verdict, wire::scan(*scanner.clamd, source));
    return Checked{verdict.found, verdict.signature, std::move(signatures)};
}

} // namespace azukari::vault::attachments
