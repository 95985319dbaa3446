#include "infra/http/workers.h"

#include "base/check.h"

namespace azukari::http {
namespace {

constexpr std::size_t kStackBytes = 512 * 1024;

} // namespace

Workers::Workers(unsigned threads, std::size_t queue) : most_waiting_(queue)
{
    // std::thread cannot choose its stack; 64 of the usual 8 MB would count against address-space limits.
    pthread_attr_t attributes;
    AZK_CHECK(pthread_attr_init(&attributes) == 0);
    AZK_CHECK(pthread_attr_setstacksize(&attributes, kStackBytes) == 0);
    threads_.resize(threads);
    for (auto& thread : threads_) {
        const auto run = [](void* self) -> void* {
            static_cast<Workers*>(self)->work();
            return nullptr;
        };
        AZK_CHECK(pthread_create(&thread, &attributes, run, this) == 0);
    }
    pthread_attr_destroy(&attributes);
}

Workers::~Workers()
{
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    arrived_.notify_all();
    for (const auto thread : threads_) pthread_join(thread, nullptr);
}

bool Workers::offer(std::function<void()> job)
{
    std::unique_lock lock(mutex_);
    if (waiting_.size() >= most_waiting_) return false;
    accept(std::move(job), std::move(lock));
    return true;
}

void Workers::proceed(std::function<void()> job)
{
    accept(std::move(job), std::unique_lock(mutex_));
}

void Workers::accept(std::function<void()> job, std::unique_lock<std::mutex> lock)
{
    waiting_.push_back(std::move(job));
    const bool wake = should_wake();
    lock.unlock();
    if (wake) arrived_.notify_one();
}

bool Workers::should_wake()
{
    if (waking_ || asleep_ == 0 || waiting_.empty()) return false;
    waking_ = true;
    return true;
}

void Workers::work()
{
    std::unique_lock lock(mutex_);
    while (true) {
        while (waiting_.empty()) {
            if (closing_) return;
            ++asleep_;
            arrived_.wait(lock);
            --asleep_;
            waking_ = false;
        }
        auto job = std::move(waiting_.front());
        waiting_.pop_front();
        const bool wake = should_wake();
        lock.unlock();
        if (wake) arrived_.notify_one();
        job();
        job = nullptr; // what it held may take its time to go
        lock.lock();
    }
}

} // namespace azukari::http
