// Versions as they are kept. Every function that a person causes takes the Scope that decide() gave, and works on that
// Scope's entrustment; every change leaves its ledger entry and moves the fence in the same transaction.
#pragma once

#include "access/scope.h"
#include "entrustment/definition/definition.h"
#include "entrustment/version.h"
#include "infra/storage/db.h"

namespace azukari::entrustment {

// The most recent version that was not withdrawn. Refuses kNotFound.
Result<Version> latest_version(const storage::Snapshot& snapshot, const access::Scope& scope);
Result<VersionMark> latest_mark(const storage::Snapshot& snapshot, const access::Scope& scope);
Result<Version> find_version(const storage::Snapshot& snapshot, const access::Scope& scope, std::int64_t number);
// The draft as it was after that change.
Result<Entrustment> find_revision(const storage::Snapshot& snapshot, const access::Scope& scope, std::int64_t number,
                                  std::int64_t revision);
// The version that work follows: the most recent one that is frozen and in force. Refuses kNotFound when there is none.
Result<Version> version_in_force(const storage::Snapshot& snapshot, const access::Scope& scope);
// Its number alone, for whoever keeps what was read of it.
Result<std::int64_t> number_in_force(const storage::Snapshot& snapshot, const access::Scope& scope);
// What was last reported to the council before that version; nothing when it is the first.
std::optional<Version> reported_before(const storage::Snapshot& snapshot, const access::Scope& scope,
                                       std::int64_t number);
std::vector<VersionMark> history(const storage::Snapshot& snapshot, const access::Scope& scope);   // newest first
std::vector<VersionChange> changes(const storage::Snapshot& snapshot, const access::Scope& scope); // newest first

struct Edit {
    std::int64_t number;   // the version the person looked at
    std::int64_t revision; // and its revision
    const Entrustment& content;
    std::string_view section; // what was edited: "outline"
    std::string_view reason;
};
// Changes the draft, or begins one from a frozen version. Refuses kConflict when somebody else was first (nothing is
// overwritten), kNothingChanged, kReasonMissing, matters::kNeedsConsent for a new item that touches prohibited matter
// without the ward's recorded consent [K23], and whatever the content's rules refuse.
Result<VersionMark> edit(storage::Tx& tx, const access::Scope& scope, const Catalogues& catalogues,
                         const matters::Matters& matters, const Edit& edit);

struct Settlement {
    std::int64_t number;
    std::int64_t revision;
    std::string_view reason;
};
// 審議会等への報告済み: freezes the draft and puts it in force.
Result<VersionMark> report(storage::Tx& tx, const access::Scope& scope, const Settlement& draft);
// Gives the draft up; the version before it is the latest again.
Result<VersionMark> withdraw(storage::Tx& tx, const access::Scope& scope, const Settlement& draft);
// 年度更新: the version in force, carried to another fiscal year. Refused while a draft is open.
Result<VersionMark> carry(storage::Tx& tx, const access::Scope& scope, FiscalYear year, std::string_view reason);

struct Decided {           // 委託先の決定
    std::string_view part; // code of the 件名
    OrganisationId contractor;
    const std::string& name; // as the paper says it
    std::string_view reason;
};
Result<VersionMark> decide_contractor(storage::Tx& tx, const access::Scope& scope, const Decided& decided);

// An entrustment as a page that lists them needs it.
struct Registered {
    EntrustmentId id;
    std::string code;
    VersionMark latest;
};
// Those that this person may see, by code.
std::vector<Registered> registered(const storage::Snapshot& snapshot, const access::Scope& scope);

// The version that such a listing told of; nothing when it was changed since.
std::optional<Version> listed_version(const storage::Snapshot& snapshot, const Registered& listed);

// Puts a definition into the register, by a command on the server: the earlier version as reported first, then the
// current one. `contractor` completes parts that wait for one; `carried_to` carries it to that fiscal year. An
// entrustment of that code that is already there stays as it is. Returns its id.
struct Loading {
    EntrustmentId id; // to be given
    OrganisationId ward;
    std::optional<OrganisationId> contractor{};
    std::string contractor_name{};
    std::optional<FiscalYear> carried_to{};
};
Result<EntrustmentId> load(storage::Tx& tx, const Moment& moment, const Definition& definition, const Loading& loading);
std::optional<EntrustmentId> find_entrustment(const storage::Snapshot& snapshot, std::string_view code);

} // namespace azukari::entrustment
