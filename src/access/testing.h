// For tests of rooms whose functions want a Scope: a small town in which everybody is signed in, on the roster and
// trained, so that a test takes away what it is about. Scopes come from the real decision.
#pragma once

#include "access/decision.h"
#include "access/fence.h"
#include "access/session_store.h"

#include <span>

namespace azukari::access::testing {

// What the town needs of tables; give them to storage::testing::on_every_store before those of the room under test.
std::vector<storage::Migration> migrations();

class Town {
public:
    // It is 10:00 on 2026-06-01; the entrustment runs from 2026-04-01 to 2027-03-31.
    explicit Town(storage::Db& db);
    // The town that somebody founded in this store before, with everybody signed in once more.
    static Town again(storage::Db& db);

    const Session& session(Role role) const { return sessions_[static_cast<std::size_t>(role)]; }
    // Stops the test's process when the decision is no.
    Scope scope(const Action& action, Role role, bool about_entrustment = true) const;
    Result<Scope> ask(const Action& action, Role role, std::optional<EntrustmentId> about) const;

    // How many entries of that act the ledger holds.
    std::int64_t entries(std::string_view act) const;

    Moment moment;
    OrganisationId ward;
    OrganisationId contractor;
    OrganisationId stranger;         // another contractor, without people
    EntrustmentId entrustment;       // of the ward, with the contractor
    EntrustmentId other_entrustment; // of the ward, with the stranger

private:
    struct Before {};
    Town(storage::Db& db, Before);
    Session sign_in(storage::Tx& tx, IdSource& ids, Entropy& entropy, Role role);
    void put_on_roster(storage::Tx& tx, IdSource& ids, const Session& session);

    storage::Db& db_;
    std::vector<Session> sessions_; // one per role
};

} // namespace azukari::access::testing
