// A fixed number of threads with small stacks, and a bounded queue before them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include <pthread.h>

namespace azukari::http {

class Workers {
public:
    Workers(unsigned threads, std::size_t queue);
    ~Workers(); // finishes what was accepted
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // False when too many wait already.
    bool offer(std::function<void()> job);
    // For the continuation of what is under way: always accepted.
    void proceed(std::function<void()> job);

private:
    void work();
    // Puts the job into the queue; `lock` is given back before anybody is woken.
    void accept(std::function<void()> job, std::unique_lock<std::mutex> lock);
    bool should_wake(); // with the mutex held

    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> waiting_;
    // One sleeper at a time is on its way up, and wakes the next when more is waiting. Waking one for every job would
    // have dozens of threads compete for two processors, while those already awake take the work anyway.
    std::size_t asleep_ = 0;
    bool waking_ = false;
    bool closing_ = false;
    std::vector<pthread_t> threads_;
};

} // namespace azukari::http
