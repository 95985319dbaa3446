#include "infra/http/workers.h"

#include <atomic>
#include <barrier>
#include <chrono>
#include <doctest/doctest.h>
#include <thread>

namespace azukari::http {

TEST_CASE("as many jobs run at once as there are workers, though sleepers wake one another")
{
    // Each job waits for all others: one sleeper left asleep and none of them ends.
    constexpr int kWorkers = 16;
    std::atomic<int> done = 0;
    {
        Workers workers(kWorkers, 64);
        for (int round = 0; round < 200; ++round) {
            std::barrier all_here(kWorkers + 1);
            for (int i = 0; i < kWorkers; ++i)
                CHECK(workers.offer([&] {
                    all_here.arrive_and_wait();
                    ++done;
                }));
            all_here.arrive_and_wait();
            while (done < kWorkers * (round + 1)) std::this_thread::yield();
        }
    }
    CHECK(done == kWorkers * 200);
}

TEST_CASE("no job is left lying while a worker sleeps")
{
    // Jobs come one by one, at moments when workers go to sleep, wake and work.
    Workers workers(4, 1024);
    std::atomic<int> done = 0;
    for (int i = 1; i <= 5000; ++i) {
        CHECK(workers.offer([&] { ++done; }));
        if (i % 3 == 0)
            while (done < i) std::this_thread::yield();
        if (i % 500 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    while (done < 5000) std::this_thread::yield();
    CHECK(done == 5000);
}

TEST_CASE("beyond the queue jobs are refused, what continues is not, and all that was accepted is done")
{
    std::atomic<int> done = 0;
    {
        Workers workers(1, 2);
        std::atomic<bool> started = false, go = false;
        CHECK(workers.offer([&] {
            started = true;
            while (!go) std::this_thread::yield();
            ++done;
        }));
        while (!started) std::this_thread::yield();
        CHECK(workers.offer([&] { ++done; }));
        CHECK(workers.offer([&] { ++done; }));
        CHECK_FALSE(workers.offer([&] { ++done; }));
        workers.proceed([&] { ++done; });
        go = true;
    }
    CHECK(done == 4);
}

} // namespace azukari::http
