#include "infra/storage/bell.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace azukari::storage;

TEST_CASE("a bell is heard by everybody who waits, by who comes late, and with the news that went before it")
{
    for (int round = 0; round < 50; ++round) {
        Bell bell;
        int news = 0;
        std::atomic<int> heard = 0;
        std::vector<std::thread> waiting;
        const auto wait = [&] {
            bell.wait();
            heard += news;
        };
        for (int i = 0; i < 20; ++i) waiting.emplace_back(wait);
        if (round % 2 == 0) std::this_thread::yield(); // some sleep, some are still on their way
        CHECK(heard == 0);
        news = 1;
        bell.ring();
        waiting.emplace_back(wait);
        for (auto& thread : waiting) thread.join();
        CHECK(heard == 21);
    }
}
