#include "programmes/guidance/batch/compose_work.h"

#include "base/fault.h"
#include "programmes/guidance/batch/batch_refusals.h"

#include <doctest/doctest.h>
#include <future>

using namespace azukari;
using namespace azukari::guidance;

namespace {

const BatchId kFirst(IdBytes{1});
const BatchId kSecond(IdBytes{2});

// Work that reports half and then waits until it is let go.
struct HeldWork {
    std::promise<void> let_go;
    std::shared_future<void> held{let_go.get_future()};
    ComposeWork::Work work()
    {
        return [held = held](ComposeProgress& progress) -> Result<void> {
            progress.total = 10;
            progress.done = 5;
            held.wait();
            return {};
        };
    }
};

ComposeWork::State when_still(const ComposeWork& work, BatchId batch)
{
    while (work.state(batch).under_way) std::this_thread::yield();
    return work.state(batch);
}

} // namespace

TEST_CASE("a batch is composed once at a time, and others wait their turn")
{
    HeldWork held;
    ComposeWork work;
    REQUIRE(work.start(kFirst, held.work()));
    while (work.state(kFirst).done != 5) std::this_thread::yield();
    CHECK(work.state(kFirst).total == 10);
    CHECK(work.start(kFirst, held.work()).error().is(kBusy));
    REQUIRE(work.start(kSecond, [](ComposeProgress&) -> Result<void> { return {}; }));
    CHECK(work.state(kSecond).under_way);
    held.let_go.set_value();
    CHECK(when_still(work, kSecond).failure.empty());
    CHECK_FALSE(work.state(kFirst).under_way);
}

TEST_CASE("what went wrong is told to whoever looks, and trying again clears it")
{
    ComposeWork work;
    REQUIRE(work.start(kFirst, [](ComposeProgress&) -> Result<void> { throw Fault("書体が見つかりません。"); }));
    CHECK(when_still(work, kFirst).failure == "書体が見つかりません。");
    REQUIRE(work.start(kFirst, [](ComposeProgress&) -> Result<void> { return refuse(kNoSuchBatch); }));
    CHECK(when_still(work, kFirst).failure == kNoSuchBatch.sentence);
    REQUIRE(work.start(kFirst, [](ComposeProgress&) -> Result<void> { return {}; }));
    CHECK(when_still(work, kFirst).failure.empty());
}

TEST_CASE("closing the server ends what is under way")
{
    auto work = std::make_unique<ComposeWork>();
    std::atomic<bool> begun = false, ended = false;
    REQUIRE(work->start(kFirst, [&](ComposeProgress& progress) -> Result<void> {
        begun = true;
        while (!progress.cancelled) std::this_thread::yield();
        ended = true;
        return {};
    }));
    while (!begun) std::this_thread::yield();
    work.reset();
    CHECK(ended);
}
