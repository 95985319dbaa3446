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

    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> waiting_;
    bool closing_ = false;
    std::vector<pthread_t> threads_;
};

} // namespace azukari::http
