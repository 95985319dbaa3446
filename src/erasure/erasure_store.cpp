#include "erasure/erasure_store.h"

#include "erasure/erasure_refusals.h"
#include "ledger/ledger.h"

#include <fmt/format.h>

namespace azukari::erasure {
namespace {

constexpr std::string_view kColumns =
    "select id, entrustment, target, object, cause, planned_at, planned_by, approval, subjects, subjects_digest, keys,"
    " keys_digest, withdrawn_at, acknowledged_at, acknowledged_by from erasure ";

Erasure erasure_of(const storage::Row& row)
{
    Erasure read{row.id<ErasureId>(0),
                 row.id<EntrustmentId>(1),
                 {static_cast<TargetKind>(row.integer(2)), row.string(3)},
                 static_cast<Cause>(row.integer(4)),
                 row.instant(5),
                 row.id<StaffId>(6),
                 row.id<approval::ApprovalId>(7),
                 {row.integer(8), row.string(9), row.integer(10), row.string(11), {}}};
    read.withdrawn_at = row.maybe(12, [&] { return row.instant(12); });
    read.acknowledged_at = row.maybe(13, [&] { return row.instant(13); });
    read.acknowledged_by = row.maybe(14, [&] { return row.id<StaffId>(14); });
    return read;
}

void read_rest(const storage::Snapshot& snapshot, Erasure& erasure)
{
    snapshot.each("select place, found from erasure_row where entrustment = ? and erasure = ?",
                  {erasure.entrustment, erasure.id},
                  [&](const storage::Row& row) { erasure.scale.rows[row.string(0)] = row.integer(1); });
    erasure.done = snapshot.all("select step, done_at, done_by, seq, number, generation, epoch from erasure_step"
                                " where entrustment = ? and erasure = ? order by step",
                                {erasure.entrustment, erasure.id}, [](const storage::Row& row) {
                                    return Done{static_cast<Step>(row.integer(0)),
                                                row.instant(1),
                                                row.maybe(2, [&] { return row.id<StaffId>(2); }),
                                                static_cast<std::uint64_t>(row.integer(3)),
                                                row.integer(4),
                                                static_cast<std::uint64_t>(row.integer(5)),
                                                static_cast<std::uint32_t>(row.integer(6))};
                                });
    erasure.certificates =
        snapshot.all("select stage, issued_at, note, seq from erasure_certificate"
                     " where entrustment = ? and erasure = ? order by stage",
                     {erasure.entrustment, erasure.id}, [](const storage::Row& row) {
                         return Certificate{static_cast<Stage>(row.integer(0)), row.instant(1), row.string(2),
                                            static_cast<std::uint64_t>(row.integer(3))};
                     });
}

std::vector<Erasure> read_all(const storage::Snapshot& snapshot, std::string_view where, storage::Params params)
{
    auto found = snapshot.all(fmt::format("{}{}", kColumns, where), params, erasure_of);
    for (auto& erasure : found) read_rest(snapshot, erasure);
    return found;
}

} // namespace

void insert_plan(storage::Tx& tx, const access::Scope& scope, const Erasure& erasure)
{
    const auto& scale = erasure.scale;
    tx.execute(
        "insert into erasure (entrustment, id, target, object, cause, planned_at, planned_by, approval, subjects,"
        " subjects_digest, keys, keys_digest) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {erasure.entrustment, erasure.id, static_cast<int>(erasure.target.kind), erasure.target.object,
         static_cast<int>(erasure.cause), erasure.planned_at, erasure.planned_by, erasure.approval, scale.subjects,
         scale.subjects_digest, scale.keys, scale.keys_digest});
    auto entry = scope.entry("erasure.planned");
    entry.object = erasure.id.text();
    entry.counts = {{"persons", scale.subjects}, {"keys", scale.keys}};
    for (const auto& [place, found] : scale.rows) {
        tx.execute("insert into erasure_row values (?, ?, ?, ?)", {erasure.entrustment, erasure.id, place, found});
        entry.counts["rows"] += found;
    }
    entry.references = {{"target", std::string(code_of(erasure.target.kind))},
                        {"of", erasure.target.object},
                        {"cause", std::string(code_of(erasure.cause))},
                        {"persons_digest", scale.subjects_digest},
                        {"keys_digest", scale.keys_digest}};
    ledger::append(tx, entry);
}

void mark_withdrawn(storage::Tx& tx, const access::Scope& scope, const Erasure& erasure)
{
    tx.execute("update erasure set withdrawn_at = ? where entrustment = ? and id = ?",
               {scope.moment().at, erasure.entrustment, erasure.id});
    auto entry = scope.entry("erasure.withdrawn");
    entry.object = erasure.id.text();
    ledger::append(tx, entry);
}

Result<Erasure> find_erasure(const storage::Snapshot& snapshot, EntrustmentId entrustment, ErasureId id)
{
    auto found = read_all(snapshot, "where entrustment = ? and id = ?", {entrustment, id});
    if (found.empty()) return refuse(kNoSuchErasure);
    return std::move(found.front());
}

std::vector<Erasure> erasures_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return read_all(snapshot, "where entrustment = ? order by planned_at desc, id desc", {entrustment});
}

std::vector<Erasure> begun_erasures(const storage::Snapshot& snapshot)
{
    return read_all(snapshot,
                    "where exists (select 1 from erasure_step s where s.entrustment = erasure.entrustment"
                    " and s.erasure = erasure.id and s.step = 0) order by planned_at, id",
                    {});
}

void insert_subjects(storage::Tx& tx, const Erasure& erasure, std::span<const SubjectId> subjects,
                     std::span<const Probe> probes)
{
    for (const auto& subject : subjects)
        tx.execute("insert into erasure_subject values (?, ?, ?)", {erasure.entrustment, erasure.id, subject});
    for (const auto& probe : probes)
        tx.execute("insert into erasure_probe values (?, ?, ?, ?)",
                   {erasure.entrustment, erasure.id, probe.subject, probe.sealed});
}

std::vector<SubjectId> subjects_erased(const storage::Snapshot& snapshot, const Erasure& erasure)
{
    return snapshot.all("select erased from erasure_subject where entrustment = ? and erasure = ? order by erased",
                        {erasure.entrustment, erasure.id},
                        [](const storage::Row& row) { return row.id<SubjectId>(0); });
}

std::vector<Probe> probes_of(const storage::Snapshot& snapshot, const Erasure& erasure)
{
    return snapshot.all("select erased, sealed from erasure_probe where entrustment = ? and erasure = ?"
                        " order by erased",
                        {erasure.entrustment, erasure.id}, [](const storage::Row& row) {
                            return Probe{row.id<SubjectId>(0), row.bytes(1)};
                        });
}

void insert_step(storage::Tx& tx, const Erasure& erasure, Step step, std::optional<StaffId> by, std::int64_t number,
                 seal::KeystoreMark mark, ledger::Entry entry)
{
    if (tx.exists("select 1 from erasure_step where entrustment = ? and erasure = ? and step = ?",
                  {erasure.entrustment, erasure.id, static_cast<int>(step)}))
        return;
    entry.entrustment = erasure.entrustment;
    entry.object = erasure.id.text();
    entry.counts["keystore_generation"] = static_cast<std::int64_t>(mark.generation);
    entry.counts["keystore_epoch"] = mark.epoch;
    const auto at = entry.at;
    const auto seq = ledger::append(tx, entry);
    tx.execute(
        "insert into erasure_step values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {erasure.entrustment, erasure.id, static_cast<int>(step), at, by, seq, number, mark.generation, mark.epoch});
}

void forget_steps(storage::Tx& tx, const Erasure& erasure)
{
    tx.execute("delete from erasure_step where entrustment = ? and erasure = ? and step > ?",
               {erasure.entrustment, erasure.id, static_cast<int>(Step::begun)});
}

void mark_acknowledged(storage::Tx& tx, const access::Scope& scope, const Erasure& erasure)
{
    tx.execute("update erasure set acknowledged_at = ?, acknowledged_by = ? where entrustment = ? and id = ?",
               {scope.moment().at, scope.staff(), erasure.entrustment, erasure.id});
}

void insert_certificate(storage::Tx& tx, const Erasure& erasure, const Certificate& certificate)
{
    tx.execute("insert into erasure_certificate values (?, ?, ?, ?, ?, ?)",
               {erasure.entrustment, erasure.id, static_cast<int>(certificate.stage), certificate.issued_at,
                certificate.note, certificate.seq});
}

} // namespace azukari::erasure
