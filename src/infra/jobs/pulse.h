// What makes the rhythm go on in a running server: a thread that looks once a minute.
#pragma once

#include "infra/jobs/rhythm.h"

#include <condition_variable>
#include <thread>

namespace azukari::jobs {

class Pulse {
public:
    // Looks at once, and then every `rest`. Rhythm and clock must outlive it.
    Pulse(Rhythm& rhythm, const Clock& clock, Duration rest = Duration::minutes(1));
    ~Pulse(); // waits for the job under way
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

private:
    void run();
    Rhythm& rhythm_;
    const Clock& clock_;
    Duration rest_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool closing_ = false;
    std::thread thread_; // last: it uses everything above
};

} // namespace azukari::jobs
