// The house's own rhythm: does each job when its turn comes, keeps how it stands, tells who wants to know. Whoever
// calls tick() is its clock; a test turns a year in a moment.
#pragma once

#include "infra/jobs/job.h"
#include "infra/storage/db.h"

#include <mutex>
#include <vector>

namespace azukari::jobs {

class Rhythm {
public:
    // `tell` hears of every try that had something to tell, of every failure once, however often the job is tried in
    // vain, and of its end; what it throws is lost, as nobody is there to hear it.
    Rhythm(storage::Db& db, std::vector<Job> jobs, std::function<void(const Told&)> tell);

    // Does what is due at `now`, one job after the other; throws nothing. One thread at a time.
    void tick(Instant now);

    // From any thread.
    std::vector<Standing> standings() const;
    std::vector<Standing> failing() const;

private:
    struct Kept {
        Job job;
        Standing standing;
        bool ours = false;  // under way or finished by this process: not cut off
        std::string told{}; // the failure that was told last, by this process
    };
    void turn(Kept& kept, Instant now);
    void finish(Kept& kept, Instant now, const Result<std::string>& outcome);
    void refresh(Kept& kept, Instant now);

    storage::Db& db_;
    std::function<void(const Told&)> tell_;
    mutable std::mutex mutex_; // guards the standings
    std::vector<Kept> kept_;
};

} // namespace azukari::jobs
