// A million entries: writing the evidence bundle, and judging it as the ward does.
#include "verify/bundle.h"
#include "verify/trial/sample_ledger.h"

#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger_migrations.h"

#include <benchmark/benchmark.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace azukari;
using namespace azukari::verify;

namespace {

constexpr std::uint64_t kMillion = 1'000'000;

void write_bundle(benchmark::State& state, storage::Db& db, const std::string& path)
{
    const auto by = trial::publisher();
    for (auto _ : state) {
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        ledger::evidence::Bundle bundle(db, by, trial::publish(db, by));
        std::string piece;
        while (bundle.next(piece)) out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    }
    state.counters["MiB"] = static_cast<double>(std::filesystem::file_size(path)) / (1 << 20);
}

void judge_bundle(benchmark::State& state, const std::string& path)
{
    for (auto _ : state) {
        const auto opened = open_zip(path);
        const auto verdict = verify_bundle(*opened.files, {});
        if (!verdict.holds() || verdict.entries != kMillion) state.SkipWithError("does not verify");
    }
}

} // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    const auto path = std::filesystem::temp_directory_path() / ("azukari-bench-" + std::to_string(getpid()) + ".zip");
    storage::testing::on_every_store(migrations_of_ledger(), [&](storage::Db& db) {
        ledger::grow_with(db);
        for (std::uint64_t done = 0; done < kMillion; done += 20'000) trial::append_samples(db, 20'000);
        const auto write = [&](benchmark::State& state) { write_bundle(state, db, path.string()); };
        const auto judge = [&](benchmark::State& state) { judge_bundle(state, path.string()); };
        benchmark::RegisterBenchmark("write_a_bundle_of_a_million", write)->Iterations(1)->Unit(benchmark::kSecond);
        benchmark::RegisterBenchmark("verify_a_bundle_of_a_million", judge)->Iterations(1)->Unit(benchmark::kSecond);
        benchmark::RunSpecifiedBenchmarks();
        benchmark::ClearRegisteredBenchmarks();
    });
    std::filesystem::remove(path);
}
