#include "infra/jobs/rhythm.h"

#include "base/fault.h"
#include "infra/jobs/job_store.h"
#include "infra/jobs/jobs_refusals.h"

#include <utility>

namespace azukari::jobs {
namespace {

// A try that somebody else began may be under way still (another server on the same store); then it was cut off.
constexpr Duration kUnderWay = Duration::minutes(5);

// The job boundary: what unwinds ends here and becomes a failure that can be told.
Result<std::string> outcome_of(const std::function<Result<std::string>()>& work)
{
    try {
        return work();
    } catch (const Fault& fault) {
        return refuse(kFault, fault.what());
    } catch (const std::exception&) { // its words may hold what a person wrote
        return refuse(kUnexpected);
    }
}

// For what is only kept or told: when the store itself has failed, memory still knows.
void attempt(const std::function<void()>& work)
{
    (void)outcome_of([&]() -> Result<std::string> {
        work();
        return {};
    });
}

} // namespace

Rhythm::Rhythm(storage::Db& db, std::vector<Job> jobs, std::function<void(const Told&)> tell)
    : db_(db), tell_(std::move(tell))
{
    for (auto& job : jobs) {
        Standing standing{job.name, job.japanese, job.turn, {}};
        kept_.push_back({std::move(job), std::move(standing)});
    }
}

void Rhythm::tick(Instant now)
{
    for (auto& kept : kept_) turn(kept, now);
}

void Rhythm::turn(Kept& kept, Instant now)
{
    const bool stored = kept.job.turn != Turn::always;
    if (stored) attempt([&] { refresh(kept, now); });
    // What failed is tried again as soon as the house is opened anew: the operator may have mended it. What was cut off
    // is not, as it may be what ended the house.
    const auto& failed = kept.standing.failure_code;
    const bool mended = !kept.ours && !failed.empty() && failed != kCutOff.code;
    if (!mended && !is_due(kept.job.turn, kept.standing.history, now)) return;
    bool ours = true; // also when the store fails: then the failure is what the work will meet
    if (stored) attempt([&] { ours = db_.write([&](storage::Tx& tx) { return claim(tx, kept.standing, now); }); });
    if (!ours) return;
    kept.ours = true;
    finish(kept, now, outcome_of([&] { return kept.job.work(now); }));
}

void Rhythm::refresh(Kept& kept, Instant now)
{
    auto standing = kept.standing;
    if (!db_.read([&](const storage::Snapshot& snapshot) { return read_standing(snapshot, standing); })) {
        standing.history.first_seen = now;
        db_.write([&](storage::Tx& tx) { note_first_seen(tx, standing.name, now); });
    }
    auto& history = standing.history;
    const bool open = history.tried && (!history.done || *history.done < *history.tried) &&
                      !(kept.ours && kept.standing.history.tried == history.tried);
    if (open && standing.failure_code.empty() && now - *history.tried >= kUnderWay) {
        standing.failure_code = kCutOff.code;
        standing.failure = kCutOff.sentence;
    }
    history.failing = open || !standing.failure_code.empty();
    const std::lock_guard lock(mutex_);
    kept.standing = std::move(standing);
}

void Rhythm::finish(Kept& kept, Instant now, const Result<std::string>& outcome)
{
    auto standing = kept.standing;
    const auto before = standing.failure_code;
    standing.history.tried = now;
    standing.failure_code = outcome ? "" : outcome.error().code();
    standing.failure = outcome ? "" : outcome.error().sentence();
    standing.history.failing = !outcome;
    if (outcome) standing.history.done = now;
    {
        const std::lock_guard lock(mutex_);
        kept.standing = standing;
    }
    if (kept.job.turn != Turn::always)
        attempt([&] { db_.write([&](storage::Tx& tx) { note_outcome(tx, standing); }); });
    const bool turned = standing.failure_code != before;
    // Of faults, each is told: they share one code. Other failures may count in their words what waits for them.
    const auto failure = standing.failure_code == kFault.code ? standing.failure : standing.failure_code;
    const bool news = failure != std::exchange(kept.told, failure) || turned;
    if (!news && (!outcome || outcome->empty())) return;
    attempt([&] { tell_({standing, now, outcome ? std::string_view(*outcome) : std::string_view(), turned}); });
}

std::vector<Standing> Rhythm::standings() const
{
    const std::lock_guard lock(mutex_);
    std::vector<Standing> all;
    for (const auto& kept : kept_) all.push_back(kept.standing);
    return all;
}

std::vector<Standing> Rhythm::failing() const
{
    auto all = standings();
    std::erase_if(all, [](const Standing& standing) { return standing.failure_code.empty(); });
    return all;
}

} // namespace azukari::jobs
