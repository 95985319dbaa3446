#include "entrustment/work_flow_store.h"

#include "base/check.h"
#include "entrustment/entrustment_refusals.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"

namespace azukari::entrustment {
namespace {

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

void read_steps(const storage::Snapshot& snapshot, EntrustmentId id, WorkFlow& flow)
{
    flow.steps = snapshot.all("select who, what, medium from work_flow_step where entrustment = ? and number = ?"
                              " order by step",
                              {id, flow.number}, [](const storage::Row& row) {
                                  return WorkStep{row.string(0), row.string(1), row.string(2)};
                              });
}

Result<void> check_steps(const std::vector<WorkStep>& steps)
{
    if (steps.empty()) return refuse_field("steps", kFlowEmpty);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto field = "steps[" + std::to_string(i) + "]";
        if (steps[i].who != "区" && steps[i].who != "受託者")
            return refuse_field(field + ".who", kNotAmong, "行う者", "区・受託者");
        if (text::is_blank(steps[i].what)) return refuse_field(field + ".what", kEmpty, "行うこと");
    }
    return {};
}

void record(storage::Tx& tx, const access::Scope& scope, std::string_view act, std::int64_t number)
{
    auto entry = scope.entry(act);
    entry.outcome = "done";
    entry.references["flow"] = std::to_string(number);
    ledger::append(tx, entry);
}

} // namespace

std::vector<WorkFlow> work_flows(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    const auto id = about(scope);
    auto flows = snapshot.all("select number, note, published_at, published_by, acknowledged_at, acknowledged_by"
                              " from work_flow where entrustment = ? order by number desc",
                              {id}, [](const storage::Row& row) {
                                  WorkFlow flow;
                                  flow.number = row.integer(0);
                                  flow.note = row.string(1);
                                  flow.published_at = row.instant(2);
                                  flow.published_by = row.string(3);
                                  flow.acknowledged_at = row.maybe(4, [&] { return row.instant(4); });
                                  if (!row.is_null(5)) flow.acknowledged_by = row.string(5);
                                  return flow;
                              });
    for (auto& flow : flows) read_steps(snapshot, id, flow);
    return flows;
}

std::optional<WorkFlow> current_work_flow(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    auto flows = work_flows(snapshot, scope);
    if (flows.empty()) return std::nullopt;
    return std::move(flows.front());
}

Result<WorkFlow> publish(storage::Tx& tx, const access::Scope& scope, std::int64_t seen,
                         const std::vector<WorkStep>& steps, std::string_view note)
{
    AZK_REQUIRE(check_steps(steps));
    if (text::is_blank(note)) return refuse_field("note", kReasonMissing);
    const auto id = about(scope);
    const auto latest = tx.integer("select max(number) from work_flow where entrustment = ?", {id});
    if (latest != seen) return refuse(kConflict);
    WorkFlow flow;
    flow.number = latest + 1;
    flow.note = note;
    flow.steps = steps;
    flow.published_at = scope.moment().at;
    flow.published_by = scope.account().text();
    tx.execute("insert into work_flow (entrustment, number, note, published_at, published_by) values (?, ?, ?, ?, ?)",
               {id, flow.number, flow.note, flow.published_at, flow.published_by});
    std::int64_t step = 0;
    for (const auto& each : steps)
        tx.execute(
            "insert into work_flow_step (entrustment, number, step, who, what, medium) values (?, ?, ?, ?, ?, ?)",
            {id, flow.number, ++step, each.who, each.what, each.medium});
    record(tx, scope, "flow.published", flow.number);
    return flow;
}

Result<void> acknowledge(storage::Tx& tx, const access::Scope& scope, std::int64_t number)
{
    const auto flow = current_work_flow(tx, scope);
    if (!flow || flow->number != number) return refuse(kFlowNotCurrent);
    if (flow->acknowledged_at) return refuse(kFlowAcknowledged);
    tx.execute("update work_flow set acknowledged_at = ?, acknowledged_by = ? where entrustment = ? and number = ?",
               {scope.moment().at, scope.account().text(), about(scope), number});
    record(tx, scope, "flow.acknowledged", number);
    return {};
}

} // namespace azukari::entrustment
