#include "infra/jobs/pulse.h"

namespace azukari::jobs {

Pulse::Pulse(Rhythm& rhythm, const Clock& clock, Duration rest)
    : rhythm_(rhythm), clock_(clock), rest_(rest), thread_([this] { run(); })
{
}

Pulse::~Pulse()
{
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Pulse::run()
{
    std::unique_lock lock(mutex_);
    while (!closing_) {
        lock.unlock();
        rhythm_.tick(clock_.now());
        lock.lock();
        wake_.wait_for(lock, std::chrono::microseconds(rest_.micros), [this] { return closing_; });
    }
}

} // namespace azukari::jobs
