#include "matters/allowance_store.h"

#include "base/check.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "matters/matters_refusals.h"

namespace azukari::matters {
namespace {

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

} // namespace

Result<void> allow(storage::Tx& tx, const access::Scope& scope, const Matters& matters, std::string_view item,
                   std::string_view ground)
{
    const auto entrustment = entrustment_of(scope);
    if (text::is_blank(item)) return refuse_field("item", kItemExpected);
    if (text::is_blank(ground)) return refuse_field("ground", kGroundExpected);
    const auto findings = matters.find(item, Care::prohibited);
    if (findings.empty()) return refuse_field("item", kNothingProhibited);
    if (is_allowed(tx, entrustment, item)) return refuse_field("item", kAllowedAlready);
    tx.execute(
        "insert into matters_allowance (entrustment, item, ground, allowed_at, allowed_by) values (?, ?, ?, ?, ?)",
        {entrustment, item, ground, scope.moment().at, scope.staff()});
    auto entry = scope.entry("matters.allowed");
    for (const auto& finding : findings) entry.references["matter_" + finding.code] = finding.code;
    ledger::append(tx, entry);
    return {};
}

Result<void> withdraw_allowance(storage::Tx& tx, const access::Scope& scope, std::string_view item)
{
    const auto changed = tx.execute("update matters_allowance set withdrawn_at = ? where entrustment = ? and item = ? "
                                    "and withdrawn_at is null",
                                    {scope.moment().at, entrustment_of(scope), item});
    if (changed == 0) return refuse_field("item", kNotAllowed);
    ledger::append(tx, scope.entry("matters.withdrawn"));
    return {};
}

bool is_allowed(const storage::Snapshot& snapshot, EntrustmentId entrustment, std::string_view item)
{
    return snapshot.exists(
        "select 1 from matters_allowance where entrustment = ? and item = ? and withdrawn_at is null",
        {entrustment, item});
}

std::vector<Allowance> allowances(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all("select a.item, a.ground, a.allowed_at, s.name, a.withdrawn_at from matters_allowance a "
                        "join party_staff s on s.id = a.allowed_by where a.entrustment = ? order by a.allowed_at desc",
                        {entrustment}, [](const storage::Row& row) {
                            return Allowance{row.string(0), row.string(1), row.instant(2), row.string(3),
                                             row.maybe(4, [&] { return row.instant(4); })};
                        });
}

Result<void> may_declare(const storage::Snapshot& snapshot, EntrustmentId entrustment, const Matters& matters,
                         std::string_view item)
{
    const auto findings = matters.find(item, Care::prohibited);
    if (findings.empty() || is_allowed(snapshot, entrustment, item)) return {};
    return refuse(kNeedsConsent, std::string(item), spoken(findings));
}

} // namespace azukari::matters
