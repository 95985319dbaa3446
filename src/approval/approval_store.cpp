#include "approval/approval_store.h"

#include "approval/approval_refusals.h"
#include "approval/approval_rules.h"
#include "base/check.h"
#include "ledger/ledger.h"

#include <fmt/format.h>

namespace azukari::approval {
namespace {

constexpr std::string_view kColumns = "select id, entrustment, door, object, description, digest, made_at, made_by, "
                                      "expires_at, ending, ended_at, ended_by"
                                      " from approval_request ";

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

Request request_of(const storage::Row& row)
{
    Request read{row.id<ApprovalId>(0),
                 row.id<EntrustmentId>(1),
                 row.string(2),
                 row.string(3),
                 row.string(4),
                 row.string(5),
                 row.instant(6),
                 row.id<StaffId>(7),
                 row.instant(8),
                 {},
                 {}};
    read.ending = row.maybe(9, [&] { return static_cast<Ending>(row.integer(9)); });
    read.ended_at = row.maybe(10, [&] { return row.instant(10); });
    read.ended_by = row.maybe(11, [&] { return row.id<StaffId>(11); });
    return read;
}

void read_stages(const storage::Snapshot& snapshot, Request& request)
{
    request.stages =
        snapshot.all("select name, roles from approval_stage where entrustment = ? and request = ? order by number",
                     {request.entrustment, request.id}, [](const storage::Row& row) {
                         return Stage{row.string(0), static_cast<std::uint8_t>(row.integer(1))};
                     });
    request.decisions = snapshot.all(
        "select decided_by, decided_at, agreed, reason from approval_decision where entrustment = ? and request = ?"
        " order by number",
        {request.entrustment, request.id}, [](const storage::Row& row) {
            return Decision{row.id<StaffId>(0), row.instant(1), row.flag(2), row.string(3)};
        });
}

void note(storage::Tx& tx, const access::Scope& scope, std::string_view act, const Request& request,
          std::map<std::string, std::string> more = {})
{
    auto entry = scope.entry(act);
    entry.object = request.object;
    entry.references = std::move(more);
    entry.references["approval"] = request.id.text();
    entry.references["door"] = request.door;
    entry.references["digest"] = request.digest;
    ledger::append(tx, entry);
}

void end(storage::Tx& tx, const access::Scope& scope, const Request& request, Ending how)
{
    tx.execute("update approval_request set ended_at = ?, ended_by = ?, ending = ? where entrustment = ? and id = ?",
               {scope.moment().at, scope.staff(), static_cast<int>(how), request.entrustment, request.id});
}

void write_decision(storage::Tx& tx, const access::Scope& scope, const Request& request, bool agreed,
                    std::string_view reason)
{
    tx.execute("insert into approval_decision values (?, ?, ?, ?, ?, ?, ?)",
               {request.entrustment, request.id, request.decisions.size(), scope.moment().at, scope.staff(),
                agreed ? 1 : 0, reason});
}

Result<Request> decidable(const storage::Tx& tx, const access::Scope& scope, ApprovalId id, const Description& now)
{
    AZK_CHECK(scope.action().grave);
    AZK_TRY(auto request, find_request(tx, about(scope), id));
    AZK_REQUIRE(may_decide(request, scope.staff(), scope.role(), now.digest(), scope.moment().at));
    return request;
}

} // namespace

ApprovalId ask(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const Description& what,
               std::span<const Stage> stages, Duration holds_for)
{
    AZK_CHECK(!stages.empty());
    const auto entrustment = about(scope);
    const auto before = latest_request(tx, entrustment, what.door(), what.object());
    if (before && !before->ending) end(tx, scope, *before, Ending::replaced);
    const Request request{ids.next<ApprovalNoun>(),
                          entrustment,
                          what.door(),
                          what.object(),
                          what.text(),
                          what.digest(),
                          scope.moment().at,
                          scope.staff(),
                          scope.moment().at + holds_for,
                          {},
                          {}};
    tx.execute("insert into approval_request (entrustment, id, door, object, description, digest, made_at, made_by,"
               " expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {entrustment, request.id, request.door, request.object, request.description, request.digest,
                request.made_at, request.made_by, request.expires_at});
    int number = 0;
    for (const auto& stage : stages)
        tx.execute("insert into approval_stage values (?, ?, ?, ?, ?)",
                   {entrustment, request.id, number++, stage.name, stage.roles});
    note(tx, scope, "approval.asked", request);
    return request.id;
}

Result<Request> find_request(const storage::Snapshot& snapshot, EntrustmentId entrustment, ApprovalId id)
{
    auto found =
        snapshot.one(fmt::format("{}where entrustment = ? and id = ?", kColumns), {entrustment, id}, request_of);
    if (!found) return refuse(kNoSuchRequest);
    read_stages(snapshot, *found);
    return *std::move(found);
}

std::optional<Request> latest_request(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                      std::string_view door, std::string_view object)
{
    auto found = snapshot.one(fmt::format("{}where entrustment = ? and door = ? and object = ?"
                                          " order by made_at desc, id desc limit 1",
                                          kColumns),
                              {entrustment, door, object}, request_of);
    if (found) read_stages(snapshot, *found);
    return found;
}

std::vector<Request> waiting_requests(const storage::Snapshot& snapshot, EntrustmentId entrustment, Instant now)
{
    auto found = snapshot.all(fmt::format("{}where entrustment = ? and ended_at is null and expires_at > ?"
                                          " order by made_at, id",
                                          kColumns),
                              {entrustment, now}, request_of);
    for (auto& request : found) read_stages(snapshot, request);
    std::erase_if(found, [](const Request& request) { return request.every_stage_agreed(); });
    return found;
}

Result<void> agree(storage::Tx& tx, const access::Scope& scope, ApprovalId id, const Description& now)
{
    AZK_TRY(const auto request, decidable(tx, scope, id, now));
    write_decision(tx, scope, request, true, {});
    note(tx, scope, "approval.agreed", request, {{"stage", std::to_string(request.decisions.size() + 1)}});
    return {};
}

Result<void> reject(storage::Tx& tx, const access::Scope& scope, ApprovalId id, const Description& now,
                    std::string_view reason)
{
    AZK_TRY(const auto request, decidable(tx, scope, id, now));
    AZK_REQUIRE(check_reason(reason));
    write_decision(tx, scope, request, false, reason);
    end(tx, scope, request, Ending::rejected);
    note(tx, scope, "approval.rejected", request, {{"stage", std::to_string(request.decisions.size() + 1)}});
    return {};
}

Result<void> withdraw(storage::Tx& tx, const access::Scope& scope, ApprovalId id)
{
    AZK_TRY(const auto request, find_request(tx, about(scope), id));
    if (request.ending) return refuse(kEnded, japanese(state_of(request, scope.moment().at)));
    if (request.made_by != scope.staff()) return refuse(kNotTheMaker);
    end(tx, scope, request, Ending::withdrawn);
    note(tx, scope, "approval.withdrawn", request);
    return {};
}

Result<Request> use(storage::Tx& tx, const access::Scope& scope, ApprovalId id, const Description& now)
{
    AZK_TRY(auto request, find_request(tx, about(scope), id));
    AZK_REQUIRE(may_use(request, now.digest(), scope.moment().at));
    end(tx, scope, request, Ending::used);
    note(tx, scope, "approval.used", request);
    return request;
}

} // namespace azukari::approval
