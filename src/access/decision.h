// The one decision: may this person do this, now? decide() is a pure function over what is known; authorise() reads
// what is known and decides at that very moment, so that a withdrawal, an expiry or a suspension acts at once, in
// running sessions too. [K04] [K11] [K12] [K15]
#pragma once

#include "access/access_refusals.h"
#include "access/scope.h"
#include "access/session.h"
#include "infra/storage/db.h"

#include <optional>

namespace azukari::access {

enum class AccountState : std::uint8_t {
    active,
    suspended, // 停止: for the time being
    closed,    // for good
};

enum class RosterKind : std::uint8_t { // as whom a person stands on the roster (特記事項 21-13, 31-22)
    security_officer,                  // セキュリティ責任者
    handling_supervisor,               // 取扱責任者
    handler,                           // 取扱者
};

// Half-open: valid at `from`, no longer valid at `until`.
struct Validity {
    Instant from;
    Instant until;
    bool holds(Instant at) const { return from <= at && at < until; }
};

// How the person stands on the entrustment the action is about.
struct EntrustmentStanding {
    bool own = false;                   // of their organisation: as its contractor or as its ward
    Validity term{};                    // from the first day's midnight to the midnight after the last day, in Japan
    std::optional<RosterKind> kind{};   // on the roster, or proposed for it
    std::optional<Instant> submitted{}; // when the ward received the roster with the person on it
    std::optional<Instant> withdrawn{}; // from the roster, since the latest entry
    std::optional<Validity> training{}; // the latest that was passed
};

struct Standing {
    Role role;
    bool ward = false; // works for the ward; otherwise for a contractor
    AccountState account = AccountState::active;
    bool enrolled = true; // has set a password of their own and a second factor
    Instant started{};
    Instant seen{};
    Instant authenticated{};
    std::optional<EntrustmentStanding> entrustment{}; // where one is named and known
};

std::string_view japanese(RosterKind kind);
Role role_of(RosterKind kind);

// Whether the action is one about an entrustment that the request names.
enum class Aim : std::uint8_t { nothing, entrustment };

// Allows, or refuses with the reason: the first that holds in the order of access_refusals.h.
Result<void> decide(const Standing& standing, const Action& action, Aim aim, const Moment& moment,
                    const Limits& limits);

// What `standing` takes from the store, for the pages that show where a person stands.
std::optional<Standing> find_standing(const storage::Snapshot& snapshot, const Session& session,
                                      std::optional<EntrustmentId> entrustment);

// Reads the standing from the snapshot and decides. The only way to a Scope.
Result<Scope> authorise(const storage::Snapshot& snapshot, const Session& session, const Action& action,
                        std::optional<EntrustmentId> entrustment, const Moment& moment, const Limits& limits = {});
// The same for a request: a refusal of what touches personal information or is grave leaves its ledger entry.
Result<Scope> admit(storage::Db& db, const Session& session, const Action& action,
                    std::optional<EntrustmentId> entrustment, const Moment& moment, const Limits& limits = {});

} // namespace azukari::access
