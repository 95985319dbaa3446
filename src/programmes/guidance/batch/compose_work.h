// Composing goes on in the background, one batch after the other, while pages show how far it has come. Nothing is kept
// over a restart: a batch whose letters were not recorded is simply composed again.
#pragma once

#include "programmes/guidance/batch/batch.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace azukari::guidance {

class ComposeProgress {
public:
    std::atomic<std::int64_t> done{0};
    std::atomic<std::int64_t> total{0};
    // Set from outside when the server closes; the work looks at it between letters.
    std::atomic<bool> cancelled{false};
};

class ComposeWork {
public:
    // Does the work; a refusal or fault is kept as the outcome for the page to show.
    using Work = std::function<Result<void>(ComposeProgress&)>;

    ComposeWork();
    ~ComposeWork(); // cancels what is under way and waits for it

    // Refuses kBusy when this batch is waiting or under way.
    Result<void> start(BatchId batch, Work work);

    struct State {
        bool under_way = false;
        std::int64_t done = 0;
        std::int64_t total = 0;
        std::string failure; // why the last attempt failed, for people; empty otherwise
    };
    State state(BatchId batch) const;

private:
    struct Job {
        BatchId batch;
        Work work;
        std::shared_ptr<ComposeProgress> progress;
    };
    void run();

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> waiting_;
    std::map<BatchId, std::shared_ptr<ComposeProgress>> under_way_;
    std::map<BatchId, std::string> failures_;
    bool closing_ = false;
    std::thread worker_;
};

} // namespace azukari::guidance
