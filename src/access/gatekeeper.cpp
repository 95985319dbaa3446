#include "access/decision.h"

#include "ledger/ledger.h"

namespace azukari::access {

// The only maker of a Scope.
class Gatekeeper {
public:
    static Result<Scope> admit(const storage::Snapshot& snapshot, const Session& session, const Action& action,
                               std::optional<EntrustmentId> entrustment, const Moment& moment, const Limits& limits)
    {
        const auto standing = find_standing(snapshot, session, entrustment);
        if (!standing) return refuse(kNoSession);
        AZK_REQUIRE(decide(*standing, action, entrustment ? Aim::entrustment : Aim::nothing, moment, limits));
        return Scope(session.account, session.staff, standing->role, action, entrustment, moment);
    }
};

namespace {

// What is asked of a person who only has to prove again who they are is no refusal worth a record.
bool leaves_trace(const Action& action, const Refusal& refusal)
{
    if (refusal.is(kReauthenticate) || refusal.is(kSessionOver) || refusal.is(kNoSession)) return false;
    return action.grave || touches_residents(action.kind);
}

void record_refusal(storage::Tx& tx, const Session& session, const Action& action,
                    const std::optional<EntrustmentId>& entrustment, const Moment& moment, const Refusal& refusal)
{
    ledger::Entry entry;
    entry.at = moment.at;
    entry.act = "access.refused";
    entry.actor = session.account.text();
    entry.entrustment = entrustment;
    entry.outcome = "refused:" + std::string(refusal.code());
    entry.references["action"] = action.name;
    ledger::append(tx, entry);
}

} // namespace

Result<Scope> authorise(const storage::Snapshot& snapshot, const Session& session, const Action& action,
                        std::optional<EntrustmentId> entrustment, const Moment& moment, const Limits& limits)
{
    return Gatekeeper::admit(snapshot, session, action, entrustment, moment, limits);
}

Result<Scope> admit(storage::Db& db, const Session& session, const Action& action,
                    std::optional<EntrustmentId> entrustment, const Moment& moment, const Limits& limits)
{
    auto scope = db.read([&](const storage::Snapshot& snapshot) {
        return authorise(snapshot, session, action, entrustment, moment, limits);
    });
    if (!scope && leaves_trace(action, scope.error()))
        db.write([&](storage::Tx& tx) { record_refusal(tx, session, action, entrustment, moment, scope.error()); });
    return scope;
}

} // namespace azukari::access
