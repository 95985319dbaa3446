// How long it takes to erase an entrustment with many persons, from "destroy" to the first-stage certificate, on disk.
#include "erasure/testing.h"

#include <benchmark/benchmark.h>

namespace {

using namespace azukari;
using namespace azukari::erasure;

void erase_an_entrustment(benchmark::State& state)
{
    for (auto _ : state) {
        state.PauseTiming();
        {
            const erasure::testing::TemporaryFolder folder;
            erasure::testing::Archive archive(folder.path());
            archive.take_in(static_cast<std::size_t>(state.range(0)), "x");
            const auto id = archive.approved(archive.whole());
            state.ResumeTiming();
            if (!archive.carry_out(id) || !archive.check(id)) state.SkipWithError("not erased");
            state.PauseTiming();
        }
        state.ResumeTiming();
    }
}
BENCHMARK(erase_an_entrustment)->Arg(10'000)->Arg(100'000)->Iterations(3)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

BENCHMARK_MAIN();
