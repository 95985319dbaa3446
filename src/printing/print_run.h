// Drawing and sending go on in the background, one job after the other, while pages show how far it has come. What
// counts is kept in the job itself: after a restart the house goes on from there.
#pragma once

#include "printing/sending.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace azukari::printing {

class PrintRun {
public:
    // Asks the spooler this often, for this long, while somebody may be looking; afterwards the house's rhythm does.
    explicit PrintRun(const Means& means, std::chrono::milliseconds between = std::chrono::seconds(1), int looks = 30);
    ~PrintRun(); // waits for the document that is being sent
    PrintRun(const PrintRun&) = delete;
    PrintRun& operator=(const PrintRun&) = delete;

    // Refuses kBusy when the job is waiting or under way.
    Result<void> start(const access::Scope& scope, PrintJobId id, std::string computer);
    Result<void> start_again(const access::Scope& scope, PrintJobId id);

    bool under_way(PrintJobId id) const;
    // Why the last attempt failed, for people; empty when it did not.
    std::string failure(PrintJobId id) const;

private:
    struct Task {
        PrintJobId job;
        EntrustmentId entrustment;
        std::function<Result<void>()> work;
    };
    Result<void> add(Task task);
    void run();
    std::string done(const Task& task) const;
    void look_after(std::unique_lock<std::mutex>& lock, const Task& task);

    const Means& means_;
    std::chrono::milliseconds between_;
    int looks_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Task> waiting_;
    std::set<PrintJobId> under_way_;
    std::map<PrintJobId, std::string> failures_;
    bool closing_ = false;
    std::thread worker_;
};

} // namespace azukari::printing
