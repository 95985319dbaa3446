#include "programmes/guidance/batch/compose_work.h"

#include "base/fault.h"
#include "programmes/guidance/batch/batch_refusals.h"

namespace azukari::guidance {

ComposeWork::ComposeWork() : worker_([this] { run(); }) {}

ComposeWork::~ComposeWork()
{
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
        waiting_.clear();
        for (const auto& [batch, progress] : under_way_) progress->cancelled = true;
    }
    wake_.notify_all();
    worker_.join();
}

Result<void> ComposeWork::start(BatchId batch, Work work)
{
    const std::lock_guard lock(mutex_);
    if (under_way_.contains(batch)) return refuse(kBusy);
    failures_.erase(batch);
    auto progress = std::make_shared<ComposeProgress>();
    under_way_.emplace(batch, progress);
    waiting_.push_back({batch, std::move(work), std::move(progress)});
    wake_.notify_all();
    return {};
}

ComposeWork::State ComposeWork::state(BatchId batch) const
{
    const std::lock_guard lock(mutex_);
    State state;
    if (const auto found = under_way_.find(batch); found != under_way_.end())
        state = {true, found->second->done, found->second->total, {}};
    if (const auto failed = failures_.find(batch); failed != failures_.end()) state.failure = failed->second;
    return state;
}

void ComposeWork::run()
{
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
        if (closing_) return;
        const auto job = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();

        std::string failure;
        try { // the job boundary: what unwinds ends here and is told to the person who waits
            if (const auto done = job.work(*job.progress); !done) failure = done.error().sentence();
        } catch (const Fault& fault) {
            failure = fault.what();
        } catch (const std::exception&) { // its words may hold what a person wrote
            failure = "予期しない誤りが起きました。もう一度行っても同じときは、管理者に連絡してください。";
        }

        lock.lock();
        under_way_.erase(job.batch);
        if (!failure.empty()) failures_[job.batch] = failure;
    }
}

} // namespace azukari::guidance
