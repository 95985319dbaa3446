#include "printing/print_run.h"

#include "base/fault.h"
#include "printing/printing_refusals.h"

namespace azukari::printing {

PrintRun::PrintRun(const Means& means, std::chrono::milliseconds between, int looks)
    : means_(means), between_(between), looks_(looks), worker_([this] { run(); })
{
}

PrintRun::~PrintRun()
{
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
        waiting_.clear(); // nothing of these was sent: people ask again
    }
    wake_.notify_all();
    worker_.join();
}

Result<void> PrintRun::start(const access::Scope& scope, PrintJobId id, std::string computer)
{
    return add({id, *scope.entrustment(),
                [this, scope, id, computer = std::move(computer)] { return send(means_, scope, id, computer); }});
}

Result<void> PrintRun::start_again(const access::Scope& scope, PrintJobId id)
{
    return add({id, *scope.entrustment(), [this, scope, id] { return send_again(means_, scope, id); }});
}

Result<void> PrintRun::add(Task task)
{
    const std::lock_guard lock(mutex_);
    if (!under_way_.insert(task.job).second) return refuse(kBusy);
    failures_.erase(task.job);
    waiting_.push_back(std::move(task));
    wake_.notify_all();
    return {};
}

bool PrintRun::under_way(PrintJobId id) const
{
    const std::lock_guard lock(mutex_);
    return under_way_.contains(id);
}

std::string PrintRun::failure(PrintJobId id) const
{
    const std::lock_guard lock(mutex_);
    const auto found = failures_.find(id);
    return found == failures_.end() ? std::string() : found->second;
}

std::string PrintRun::done(const Task& task) const
{
    try { // the job boundary: what unwinds ends here and is told to the person who waits
        if (const auto result = task.work(); !result) return result.error().sentence();
    } catch (const Fault& fault) {
        return fault.what();
    } catch (const std::exception&) { // its words may hold what a person wrote
        return "予期しない誤りが起きました。もう一度行っても同じときは、管理者に連絡してください。";
    }
    return {};
}

// A fault while looking is the rhythm's to report: it looks again within a minute.
void PrintRun::look_after(std::unique_lock<std::mutex>& lock, const Task& task)
{
    for (int look = 0; look < looks_ && !closing_ && waiting_.empty(); ++look) {
        lock.unlock();
        bool more = false;
        const auto failure = done({task.job, task.entrustment, [&]() -> Result<void> {
                                       more = follow(means_, task.entrustment, task.job);
                                       return {};
                                   }});
        lock.lock();
        if (!failure.empty() || !more) return;
        wake_.wait_for(lock, between_, [this] { return closing_ || !waiting_.empty(); });
    }
}

void PrintRun::run()
{
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
        if (closing_) return;
        const auto task = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        const auto failure = done(task);
        lock.lock();
        under_way_.erase(task.job);
        if (!failure.empty())
            failures_[task.job] = failure;
        else
            look_after(lock, task);
    }
}

} // namespace azukari::printing
