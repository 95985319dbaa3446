#include "erasure/procedure.h"

#include "approval/approval_store.h"
#include "base/check.h"
#include "erasure/destruction_list.h"
#include "erasure/erasure_refusals.h"
#include "infra/seal/digest.h"
#include "infra/seal/sealed_value.h"
#include "infra/storage/scrub.h"
#include "ledger/ledger.h"
#include "retention/hold_store.h"

#include <algorithm>

namespace azukari::erasure {
namespace {

constexpr auto kApprovalHolds = Duration::hours(24 * 7);
constexpr std::size_t kMostProbes = 16;
constexpr std::string_view kProbeWord = "azukari erasure probe";

seal::Context probe_place(const Erasure& erasure)
{
    return {"erasure_probe", erasure.id.bytes(), "sealed", erasure.entrustment};
}

void stop_here(const Means& means, std::string_view step)
{
    if (means.before_step) means.before_step(step);
}

ledger::Entry own_entry(std::string_view act, Instant now)
{
    ledger::Entry entry;
    entry.at = now;
    entry.act = act;
    entry.actor = "system";
    entry.outcome = "done";
    return entry;
}

std::string digest_of(std::span<const SubjectId> subjects)
{
    Bytes all;
    all.reserve(subjects.size() * 16);
    for (const auto& subject : subjects) all.insert(all.end(), subject.bytes().begin(), subject.bytes().end());
    return hex(seal::sha256(all));
}

bool is_whole(const Target& target)
{
    return target.kind == TargetKind::entrustment;
}

// Whose rows are meant; nothing for all of the entrustment.
std::optional<std::vector<SubjectId>> named(const Target& target, std::vector<SubjectId> subjects)
{
    if (is_whole(target)) return std::nullopt;
    return subjects;
}

struct Counted {
    Scale scale;
    std::vector<SubjectId> subjects;
};

Result<Counted> count(const Means& means, const storage::Snapshot& snapshot, EntrustmentId entrustment,
                      const Target& target)
{
    Counted counted;
    counted.subjects = subjects_of(snapshot, means.tables, entrustment, target);
    if (target.kind == TargetKind::person && means.same_person && !counted.subjects.empty()) {
        for (const auto& other : means.same_person(snapshot, entrustment, counted.subjects.front()))
            counted.subjects.push_back(other);
        std::sort(counted.subjects.begin(), counted.subjects.end());
    }
    if (target.kind == TargetKind::everyone) { // those of whom only a key is left, too
        std::vector<SubjectId> all;
        const auto keyed = means.keystore.subjects(entrustment);
        std::set_union(counted.subjects.begin(), counted.subjects.end(), keyed.begin(), keyed.end(),
                       std::back_inserter(all));
        counted.subjects = std::move(all);
    }
    auto& scale = counted.scale;
    scale.subjects = static_cast<std::int64_t>(counted.subjects.size());
    scale.subjects_digest = digest_of(counted.subjects);
    scale.rows = count_rows(snapshot, means.tables, entrustment, named(target, counted.subjects));
    // For the whole, keys without a row go too.
    Bytes kids;
    for (const auto& subject : is_whole(target) ? means.keystore.subjects(entrustment) : counted.subjects) {
        const auto kid = means.keystore.subject_kid(entrustment, subject);
        if (!kid) continue;
        ++scale.keys;
        kids.insert(kids.end(), kid->begin(), kid->end());
    }
    scale.keys_digest = hex(seal::sha256(kids));
    if (scale.keys == 0 && scale.subjects == 0) return refuse(kNothingToErase);
    return counted;
}

// A hold on the whole, on the batch, on any of its persons, on the batch a person came in, or (for the whole) any hold.
Result<void> check_holds(const Means& means, const storage::Snapshot& snapshot, EntrustmentId entrustment,
                         const Target& target, std::span<const SubjectId> subjects)
{
    std::vector<std::string> objects;
    if (!is_whole(target)) {
        objects.push_back(target.object);
        for (const auto& subject : subjects) objects.push_back(subject.text());
        if (target.kind == TargetKind::person)
            for (const auto& batch : batches_of(snapshot, means.tables, entrustment, *SubjectId::parse(target.object)))
                objects.push_back(to_uuid_text(batch));
    }
    return retention::check_no_hold(snapshot, entrustment, objects);
}

std::vector<Probe> seal_probes(const Means& means, const Erasure& erasure, std::span<const SubjectId> subjects,
                               Instant now)
{
    std::vector<Probe> probes;
    const auto stride = std::max<std::size_t>(1, subjects.size() / kMostProbes);
    for (std::size_t i = 0; i < subjects.size() && probes.size() < kMostProbes; i += stride) {
        const auto key = means.keystore.subject_key(erasure.entrustment, subjects[i], now);
        if (!key) continue; // a row whose key is gone already
        auto sealed = seal::seal_value(*key, probe_place(erasure), as_bytes(kProbeWord), means.entropy);
        AZK_CHECK(seal::open_value(*key, probe_place(erasure), sealed).has_value()); // it opens, as long as the key is
        probes.push_back({subjects[i], std::move(sealed)});
    }
    return probes;
}

Result<std::int64_t> destroy_keys(const Means& means, const Erasure& erasure)
{
    auto& keystore = means.keystore;
    if (is_whole(erasure.target)) {
        if (keystore.is_destroyed(erasure.entrustment)) return erasure.scale.keys;
        AZK_REQUIRE(keystore.destroy_entrustment(erasure.entrustment));
        return erasure.scale.keys;
    }
    auto subjects =
        means.db.read([&](const storage::Snapshot& snapshot) { return subjects_erased(snapshot, erasure); });
    const auto asked = static_cast<std::int64_t>(subjects.size());
    std::erase_if(subjects, [&](const SubjectId& subject) {
        return keystore.is_destroyed(erasure.entrustment, subject) ||
               !keystore.subject_kid(erasure.entrustment, subject);
    });
    if (!subjects.empty()) AZK_REQUIRE(keystore.destroy_subjects(erasure.entrustment, subjects));
    return asked;
}

std::vector<std::string_view> names_of(SubjectTables tables)
{
    std::vector<std::string_view> names;
    for (const auto& table : tables)
        if (std::find(names.begin(), names.end(), table.table) == names.end()) names.push_back(table.table);
    return names;
}

class Walk { // one erasure, step by step
public:
    Walk(const Means& means, const Erasure& erasure, std::optional<StaffId> by, ledger::Entry entry)
        : means_(means), erasure_(erasure), by_(by), entry_(std::move(entry))
    {
    }

    Result<void> step(Step step)
    {
        switch (step) {
        case Step::keys:
            return keys();
        case Step::rows:
            return rows();
        case Step::elsewhere:
            return elsewhere();
        case Step::scrubbed:
            return scrubbed();
        case Step::begun:
        case Step::checked:
            break;
        }
        stop_on_bug("a step of the house", __FILE__, __LINE__);
    }

private:
    Result<void> keys()
    {
        stop_here(means_, "list");
        means_.db.read([&](const storage::Snapshot& snapshot) {
            DestructionList(means_.destructions)
                .add(erasure_.entrustment, is_whole(erasure_.target), subjects_erased(snapshot, erasure_));
        });
        stop_here(means_, "keys");
        AZK_TRY(const auto number, destroy_keys(means_, erasure_));
        stop_here(means_, "keys destroyed");
        record(Step::keys, "keys.destroyed", "keys", number, [](storage::Tx&) {});
        return {};
    }
    Result<void> rows()
    {
        stop_here(means_, "rows");
        std::int64_t number = 0;
        means_.db.write([&](storage::Tx& tx) {
            number = delete_rows(tx, means_.tables, erasure_.entrustment, subjects(tx));
            write(tx, Step::rows, "erasure.rows_deleted", "rows", number);
        });
        return {};
    }
    Result<void> elsewhere()
    {
        stop_here(means_, "elsewhere");
        const auto of = means_.db.read([&](const storage::Snapshot& data) { return subjects_erased(data, erasure_); });
        std::int64_t number = 0;
        for (const auto& forget : means_.elsewhere) number += forget(erasure_.entrustment, of);
        means_.keystore.forget(std::nullopt);
        record(Step::elsewhere, "erasure.forgotten", "places", number, [](storage::Tx&) {});
        return {};
    }
    Result<void> scrubbed()
    {
        stop_here(means_, "scrub");
        if (!storage::scrub(means_.db, names_of(means_.tables))) return refuse(kStillRead);
        stop_here(means_, "scrubbed");
        record(Step::scrubbed, "erasure.scrubbed", "tables", static_cast<std::int64_t>(names_of(means_.tables).size()),
               [](storage::Tx&) {});
        return {};
    }

    std::optional<std::vector<SubjectId>> subjects(const storage::Snapshot& snapshot) const
    {
        return named(erasure_.target, subjects_erased(snapshot, erasure_));
    }
    void write(storage::Tx& tx, Step step, std::string_view act, std::string_view counted, std::int64_t number)
    {
        auto entry = entry_;
        entry.act = act;
        entry.counts[std::string(counted)] = number;
        insert_step(tx, erasure_, step, by_, number, means_.keystore.mark(), std::move(entry));
    }
    template <class Work>
    void record(Step step, std::string_view act, std::string_view counted, std::int64_t number, Work&& work)
    {
        means_.db.write([&](storage::Tx& tx) {
            work(tx);
            write(tx, step, act, counted, number);
        });
    }

    const Means& means_;
    const Erasure& erasure_;
    std::optional<StaffId> by_;
    ledger::Entry entry_;
};

Result<void> do_all_steps(const Means& means, Erasure erasure, std::optional<StaffId> by, const ledger::Entry& entry)
{
    while (const auto step = next_step(erasure)) {
        AZK_REQUIRE(Walk(means, erasure, by, entry).step(*step));
        stop_here(means, "next");
        AZK_TRY(erasure, means.db.read([&](const storage::Snapshot& snapshot) {
            return find_erasure(snapshot, erasure.entrustment, erasure.id);
        }));
    }
    return {};
}

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

Result<void> check_target(const Target& target, EntrustmentId entrustment)
{
    if (!from_uuid_text(target.object)) return refuse_field("target", kNoSuchTarget);
    const bool of_all = is_whole(target) || target.kind == TargetKind::everyone;
    if (of_all && target.object != entrustment.text()) return refuse_field("target", kNoSuchTarget);
    return {};
}

// The erasure and what would be destroyed at this moment, as the approvers see it.
struct AsItStands {
    Erasure erasure;
    Counted counted;
    approval::Description description;
};

Result<AsItStands> as_it_stands(const Means& means, const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                ErasureId id)
{
    AZK_TRY(auto erasure, find_erasure(snapshot, entrustment, id));
    if (erasure.find(Step::begun) != nullptr) return refuse(kAlreadyBegun);
    AZK_TRY(auto counted, count(means, snapshot, entrustment, erasure.target));
    AZK_REQUIRE(check_holds(means, snapshot, entrustment, erasure.target, counted.subjects));
    auto description = description_of(id, erasure.target, erasure.cause, counted.scale);
    return AsItStands{std::move(erasure), std::move(counted), std::move(description)};
}

} // namespace

Result<Scale> scale_of(const Means& means, const storage::Snapshot& snapshot, EntrustmentId entrustment,
                       const Target& target)
{
    AZK_REQUIRE(check_target(target, entrustment));
    AZK_TRY(auto counted, count(means, snapshot, entrustment, target));
    return std::move(counted.scale);
}

approval::Description description_of(ErasureId id, const Target& target, Cause cause, const Scale& scale)
{
    approval::Description what("erasure", id.text());
    what.add("target", code_of(target.kind)).add("of", target.object).add("cause", code_of(cause));
    what.add("persons", scale.subjects).add("persons_digest", scale.subjects_digest).add("keys", scale.keys);
    what.add("keys_digest", scale.keys_digest);
    for (const auto& [place, rows] : scale.rows) what.add("rows_" + place, rows);
    return what;
}

Result<ErasureId> plan(const Means& means, const access::Scope& scope, const Target& target, Cause cause)
{
    const auto entrustment = about(scope);
    AZK_REQUIRE(check_target(target, entrustment));
    IdSource ids(scope.moment().at, means.entropy);
    return means.db.write([&](storage::Tx& tx) -> Result<ErasureId> {
        for (const auto& other : erasures_of(tx, entrustment)) {
            const bool ended = state_of(other) == State::withdrawn || !other.certificates.empty();
            if (other.target == target && !ended) return refuse(kAlreadyPlanned);
        }
        AZK_TRY(auto counted, count(means, tx, entrustment, target));
        AZK_REQUIRE(check_holds(means, tx, entrustment, target, counted.subjects));
        const auto id = ids.next<ErasureNoun>();
        const auto stages = approval::two_persons();
        const auto request =
            approval::ask(tx, ids, scope, description_of(id, target, cause, counted.scale), stages, kApprovalHolds);
        insert_plan(
            tx, scope,
            {id, entrustment, target, cause, scope.moment().at, scope.staff(), request, std::move(counted.scale)});
        return id;
    });
}

Result<void> agree(const Means& means, const access::Scope& scope, ErasureId id)
{
    return means.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto now, as_it_stands(means, tx, about(scope), id));
        return approval::agree(tx, scope, now.erasure.approval, now.description);
    });
}

Result<void> reject(const Means& means, const access::Scope& scope, ErasureId id, std::string_view reason)
{
    return means.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto now, as_it_stands(means, tx, about(scope), id));
        AZK_REQUIRE(approval::reject(tx, scope, now.erasure.approval, now.description, reason));
        mark_withdrawn(tx, scope, now.erasure);
        return {};
    });
}

Result<void> withdraw(const Means& means, const access::Scope& scope, ErasureId id)
{
    return means.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto erasure, find_erasure(tx, about(scope), id));
        if (erasure.find(Step::begun) != nullptr) return refuse(kAlreadyBegun);
        AZK_REQUIRE(approval::withdraw(tx, scope, erasure.approval));
        mark_withdrawn(tx, scope, erasure);
        return {};
    });
}

Result<void> carry_out(const Means& means, const access::Scope& scope, ErasureId id)
{
    AZK_CHECK(scope.action().grave);
    const auto entrustment = about(scope);
    stop_here(means, "begin");
    AZK_TRY(const auto erasure, means.db.write([&](storage::Tx& tx) -> Result<Erasure> {
        AZK_TRY(auto now, as_it_stands(means, tx, entrustment, id));
        AZK_REQUIRE(approval::use(tx, scope, now.erasure.approval, now.description));
        const auto& subjects = now.counted.subjects;
        const auto probes = seal_probes(means, now.erasure, subjects, scope.moment().at);
        insert_subjects(tx, now.erasure, is_whole(now.erasure.target) ? std::span<const SubjectId>() : subjects,
                        probes);
        auto entry = scope.entry("erasure.begun");
        entry.counts = {{"persons", now.counted.scale.subjects}, {"keys", now.counted.scale.keys}};
        entry.references = {{"persons_digest", now.counted.scale.subjects_digest},
                            {"target", std::string(code_of(now.erasure.target.kind))},
                            {"of", now.erasure.target.object}};
        insert_step(tx, now.erasure, Step::begun, scope.staff(), now.counted.scale.subjects, means.keystore.mark(),
                    std::move(entry));
        return find_erasure(tx, entrustment, id);
    }));
    stop_here(means, "begun");
    return do_all_steps(means, erasure, scope.staff(), scope.entry("erasure.begun"));
}

Result<void> resume(const Means& means, Instant now, EntrustmentId entrustment, ErasureId id)
{
    AZK_TRY(const auto erasure,
            means.db.read([&](const storage::Snapshot& snapshot) { return find_erasure(snapshot, entrustment, id); }));
    if (erasure.find(Step::begun) == nullptr) return refuse(kNotBegun);
    if (!next_step(erasure)) return {};
    means.db.write([&](storage::Tx& tx) {
        auto entry = own_entry("erasure.resumed", now);
        entry.entrustment = entrustment;
        entry.object = id.text();
        entry.references = {{"step", std::to_string(static_cast<int>(*next_step(erasure)))}};
        ledger::append(tx, entry);
    });
    return do_all_steps(means, erasure, std::nullopt, own_entry("erasure.resumed", now));
}

Result<void> repeat(const Means& means, const access::Scope& scope, ErasureId id)
{
    AZK_CHECK(scope.action().grave);
    AZK_TRY(const auto erasure, means.db.write([&](storage::Tx& tx) -> Result<Erasure> {
        AZK_TRY(const auto failed, find_erasure(tx, about(scope), id));
        if (state_of(failed) != State::failed) return refuse(kNotFailed);
        forget_steps(tx, failed);
        auto entry = scope.entry("erasure.repeated");
        entry.object = id.text();
        ledger::append(tx, entry);
        return find_erasure(tx, about(scope), id);
    }));
    return do_all_steps(means, erasure, scope.staff(), scope.entry("erasure.repeated"));
}

namespace {

// What is left of an erasure, looked for as an outsider would.
Findings look(const Means& means, const storage::Snapshot& snapshot, const Erasure& erasure, Instant now)
{
    Findings found;
    const auto& keystore = means.keystore;
    for (const auto& probe : probes_of(snapshot, erasure)) {
        ++found.probes;
        const auto key = means.keystore.subject_key(erasure.entrustment, probe.subject, now);
        if (key && seal::open_value(*key, probe_place(erasure), probe.sealed)) ++found.opened;
    }
    const auto subjects = subjects_erased(snapshot, erasure);
    if (is_whole(erasure.target)) {
        if (!keystore.is_destroyed(erasure.entrustment))
            found.keys_left = static_cast<std::int64_t>(keystore.count_subjects(erasure.entrustment)) + 1;
    } else {
        for (const auto& subject : subjects)
            found.keys_left += keystore.subject_kid(erasure.entrustment, subject) ? 1 : 0;
    }
    for (const auto& [place, rows] :
         count_rows(snapshot, means.tables, erasure.entrustment, named(erasure.target, subjects)))
        found.rows_left += rows;
    return found;
}

} // namespace

Result<Findings> check(const Means& means, const access::Scope& scope, ErasureId id,
                       const std::function<void(storage::Tx&, const Erasure&, const Findings&)>& when_clean)
{
    return means.db.write([&](storage::Tx& tx) -> Result<Findings> {
        AZK_TRY(const auto erasure, find_erasure(tx, about(scope), id));
        if (erasure.find(Step::begun) == nullptr) return refuse(kNotBegun);
        if (next_step(erasure)) return refuse(kUnderWay);
        if (erasure.find(Step::checked) != nullptr) return refuse(kAlreadyChecked);
        for (const auto& done : erasure.done)
            if (done.by == scope.staff()) return refuse(kOperatorChecks);
        const auto found = look(means, tx, erasure, scope.moment().at);
        auto entry = scope.entry("erasure.checked");
        entry.outcome = found.wrong() == 0 ? "done" : "refused:erasure.still_there";
        entry.counts = {{"probes", found.probes},
                        {"opened", found.opened},
                        {"keys_left", found.keys_left},
                        {"rows_left", found.rows_left}};
        insert_step(tx, erasure, Step::checked, scope.staff(), found.wrong(), means.keystore.mark(), std::move(entry));
        if (found.wrong() == 0) {
            AZK_TRY(const auto checked, find_erasure(tx, about(scope), id));
            when_clean(tx, checked, found);
        }
        return found;
    });
}

} // namespace azukari::erasure
