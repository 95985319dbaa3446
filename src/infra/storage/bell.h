// A bell that is rung once and heard by everybody who waits for it.
#pragma once

#include <atomic>
#include <cstdint>

namespace azukari::storage {

// std::condition_variable makes everybody who is woken queue for its mutex, and std::future costs the ringer a system
// call for each. Here the ringer wakes one, who wakes all the others with a single call: a writer with the next group
// in its hands has better things to do.
class Bell {
public:
    // Whoever hears it sees what was written before.
    void ring();
    void wait();

private:
    enum State : std::uint32_t { silent, rung, passed_on };
    std::atomic<std::uint32_t> state_{silent};
};

} // namespace azukari::storage
