#include "restitution/return_store.h"

#include "base/check.h"
#include "custody/copies/copy_store.h"
#include "ledger/ledger.h"
#include "restitution/restitution_refusals.h"

namespace azukari::restitution {
namespace {

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

} // namespace

Result<void> record_return(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const ReturnPackage& package,
                           const std::string& ward)
{
    tx.execute("insert into restitution_return values (?, ?, ?, ?, ?, ?, ?, ?)",
               {about(scope), package.id, scope.moment().at, scope.staff(), package.persons, package.files,
                package.zip.size(), package.sha256});
    auto entry = scope.entry("restitution.taken");
    entry.object = package.id.text();
    entry.counts = {{"persons", package.persons}, {"files", package.files}};
    entry.references = {{"sha256", package.sha256}};
    ledger::append(tx, entry);
    AZK_REQUIRE(custody::record_copy(
        tx, ids, scope,
        {custody::Door::package, "return:" + package.id.text(), package.persons, package.sha256, ward}));
    return {};
}

std::vector<Return> returns_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all("select id, made_at, made_by, persons, files, size_bytes, sha256 from restitution_return"
                        " where entrustment = ? order by made_at desc, id desc",
                        {entrustment}, [](const storage::Row& row) {
                            return Return{row.id<ReturnId>(0), row.instant(1), row.id<StaffId>(2), row.integer(3),
                                          row.integer(4),      row.integer(5), row.string(6)};
                        });
}

Result<Return> note_password_shown(storage::Tx& tx, const access::Scope& scope, ReturnId id)
{
    for (const auto& each : returns_of(tx, about(scope))) {
        if (each.id != id) continue;
        if (each.made_by == scope.staff()) return refuse(kTakerReadsPassword);
        auto entry = scope.entry("restitution.password_shown");
        entry.object = id.text();
        ledger::append(tx, entry);
        return each;
    }
    return refuse(kNoSuchReturn);
}

} // namespace azukari::restitution
