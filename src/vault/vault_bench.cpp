// What opening a person costs while 32 people do it at once: each asks four times a second, and hears back only when
// the entry of their asking is durable on disk. Beside it, the same without pauses, and visiting everybody.
#include "ledger/ledger.h"
#include "vault/testing.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <mutex>
#include <thread>

using namespace azukari;
using namespace azukari::vault;
using Clockwork = std::chrono::steady_clock;

namespace {

constexpr int kReaders = 32, kPersons = 5000;

class House { // a store on disk, as the server has it, with a year's persons
public:
    explicit House(storage::Db& db) : db_(db), safe_(db, AZK_SOURCE_DIR "/definitions")
    {
        const auto wish = safe_.writing({{"name", "見本 太郎"},
                                         {"telephone", "03-0000-1234"},
                                         {"address", "見本区架空町1-2-3"},
                                         {"survey", std::string(300, 'x')}});
        for (int i = 0; i < kPersons; ++i) persons_.push_back(vault_.record_person(safe_.writer(), wish).value());
    }
    // Milliseconds of each reveal.
    std::vector<double> reveal(int readers, int each, std::chrono::milliseconds pause)
    {
        std::vector<double> took;
        std::mutex mutex;
        std::vector<std::thread> people;
        const auto scope = safe_.reader();
        for (int reader = 0; reader < readers; ++reader)
            people.emplace_back([&, reader] {
                Rng rng(static_cast<std::uint64_t>(reader) + 1);
                std::vector<double> mine;
                for (int i = 0; i < each; ++i) {
                    if (pause.count() > 0)
                        std::this_thread::sleep_for(pause / 2 + std::chrono::milliseconds(rng.below(
                                                                    static_cast<std::uint64_t>(pause.count()))));
                    const auto& person = persons_[rng.below(persons_.size())];
                    const auto began = Clockwork::now();
                    const auto seen = vault_.reveal(scope, person, {"course_operation", "申込みの確認のため"});
                    if (!seen || seen->records.size() != 1) std::abort();
                    mine.push_back(std::chrono::duration<double, std::milli>(Clockwork::now() - began).count());
                }
                const std::lock_guard lock(mutex);
                took.insert(took.end(), mine.begin(), mine.end());
            });
        for (auto& one : people) one.join();
        std::sort(took.begin(), took.end());
        return took;
    }
    std::int64_t visit_everybody()
    {
        std::int64_t found = 0;
        db_.read([&](const storage::Snapshot& snapshot) {
            if (!vault_.each_person(snapshot, safe_.reader(), [&](const auto&) { ++found; })) std::abort();
        });
        return found;
    }

private:
    storage::Db& db_;
    testing::Safe safe_;
    SystemEntropy entropy_; // that of tests is not for many threads
    Vault vault_{db_, safe_.keystore, entropy_, safe_.vault.matters()};
    std::vector<SubjectId> persons_;
};

std::unique_ptr<House> open_house;
House& house()
{
    return *open_house;
}

void tell(benchmark::State& state, const std::vector<double>& took)
{
    state.counters["p50_ms"] = took[took.size() / 2];
    state.counters["p99_ms"] = took[took.size() * 99 / 100];
    state.counters["max_ms"] = took.back();
    state.counters["reveals"] = static_cast<double>(took.size());
}

void reveal_with_32_people_at_work(benchmark::State& state)
{
    std::vector<double> took;
    for (auto _ : state) took = house().reveal(kReaders, 40, std::chrono::milliseconds(250));
    tell(state, took);
}
BENCHMARK(reveal_with_32_people_at_work)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

void reveal_with_32_people_without_pause(benchmark::State& state)
{
    std::vector<double> took;
    for (auto _ : state) took = house().reveal(kReaders, 200, std::chrono::milliseconds(0));
    tell(state, took);
}
BENCHMARK(reveal_with_32_people_without_pause)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

void reveal_alone(benchmark::State& state)
{
    std::vector<double> took;
    for (auto _ : state) took = house().reveal(1, 500, std::chrono::milliseconds(0));
    tell(state, took);
}
BENCHMARK(reveal_alone)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

void visit_5000_persons(benchmark::State& state)
{
    house().visit_everybody(); // keys come into memory
    for (auto _ : state) benchmark::DoNotOptimize(house().visit_everybody());
}
BENCHMARK(visit_5000_persons)->Unit(benchmark::kMillisecond);

} // namespace

int main(int count, char** words)
{
    benchmark::Initialize(&count, words);
    storage::testing::on_every_store(testing::migrations(), [](storage::Db& db) {
        ledger::grow_with(db);
        open_house = std::make_unique<House>(db);
        benchmark::RunSpecifiedBenchmarks();
        open_house.reset();
    });
}
