// Speed of the ledger: appending in bulk, proofs over a million entries, reconciliation.
#include "base/random.h"
#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger/ledger_store.h"
#include "ledger/reconcile.h"
#include "ledger/tree/proof.h"
#include "ledger_migrations.h"

#include <benchmark/benchmark.h>

using namespace azukari;
using namespace azukari::ledger;

namespace {

constexpr std::uint64_t kMillion = 1'000'000;

std::vector<Entry> entries(std::size_t count)
{
    SeededEntropy entropy(1);
    IdSource ids({1'795'226'700'000'000}, entropy);
    std::vector<std::string> people;
    for (int i = 0; i < 50; ++i) people.push_back(ids.next<AccountNoun>().text());
    const auto entrustment = ids.next<EntrustmentNoun>();
    std::vector<Entry> made(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto& entry = made[i];
        entry.at = {1'795'226'700'000'000 + static_cast<std::int64_t>(i)};
        entry.act = i % 3 == 0 ? "access.signed_in" : "guidance.read";
        entry.actor = people[i % people.size()];
        entry.entrustment = entrustment;
        entry.object = ids.next<SubjectNoun>().text();
        entry.purpose = "guidance.print";
        entry.outcome = "done";
        entry.counts["fields"] = 12;
    }
    return made;
}

// Not before somebody asks: a run of one figure need not wait for a million entries.
void fill(storage::Db& db)
{
    if (db.read([](const storage::Snapshot& data) { return read_head(data).entries; }) > 0) return;
    const auto some = entries(20'000);
    for (std::uint64_t done = 0; done < kMillion; done += some.size())
        db.write([&](storage::Tx& tx) { append(tx, some); });
}

void append_in_bulk(benchmark::State& state, storage::Db& db)
{ // durable: one commit for every 20,000 entries
    const auto some = entries(20'000);
    for (auto _ : state) db.write([&](storage::Tx& tx) { append(tx, some); });
    const auto appended = state.iterations() * static_cast<std::int64_t>(some.size());
    state.SetItemsProcessed(appended);
    db.read([](const storage::Snapshot& data) {
        const auto head = read_head(data);
        Tiles tiles(data);
        if (head.tree_size != head.entries || tree::root_at(head.tree_size, tiles.source()) != head.tree_root) abort();
    });
}

void rows_alone(benchmark::State& state, storage::Db& db)
{ // the same rows and commits without text, tree and blocks: what the store takes for itself
    const auto some = entries(20'000);
    constexpr std::uint64_t kBeyond = 1'000'000'000'000; // behind every entry
    auto seq = kBeyond;
    const auto bytes = canonical({seq, some.front(), {}});
    for (auto _ : state)
        db.write([&](storage::Tx& tx) {
            for (const auto& entry : some) insert_entry(tx, seq++, entry.at, entry, bytes);
        });
    state.SetItemsProcessed(static_cast<std::int64_t>(seq - kBeyond));
}

void tree_alone(benchmark::State& state)
{
    const std::string bytes(260, 'x');
    tree::Edge edge;
    const auto drop = [](unsigned, std::uint64_t, const tree::Tile&) {};
    for (auto _ : state) edge.push(tree::leaf_hash(as_bytes(bytes)), drop);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(tree_alone);

void inclusion_proof_at_a_million(benchmark::State& state, storage::Db& db)
{ // read from the store each time, nothing kept
    fill(db);
    Rng rng(1);
    db.read([&](const storage::Snapshot& data) {
        for (auto _ : state) {
            Tiles tiles(data);
            benchmark::DoNotOptimize(tree::inclusion_proof(rng.below(kMillion), kMillion, tiles.source()));
        }
    });
}

void consistency_proof_at_a_million(benchmark::State& state, storage::Db& db)
{
    fill(db);
    Rng rng(2);
    db.read([&](const storage::Snapshot& data) {
        for (auto _ : state) {
            Tiles tiles(data);
            benchmark::DoNotOptimize(tree::consistency_proof(1 + rng.below(kMillion), kMillion, tiles.source()));
        }
    });
}

void reconcile_a_million(benchmark::State& state, storage::Db& db)
{
    fill(db);
    SeededEntropy entropy(1);
    const note::VerifierKey key{"azukari.example/ledger", note::KeyType::ed25519,
                                seal::SigningKey::create(entropy).public_key()};
    for (auto _ : state) {
        const auto report = db.read([&](const storage::Snapshot& data) { return reconcile(data, key, {}); });
        if (report.entries != kMillion || !report.discrepancies.empty()) state.SkipWithError("does not reconcile");
    }
}

void on_fresh_ledger(const std::function<void(storage::Db&)>& use)
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](storage::Db& db) {
        grow_with(db);
        use(db);
    });
}

} // namespace

int main(int argc, char** argv)
{
    using benchmark::RegisterBenchmark;
    benchmark::Initialize(&argc, argv);
    const auto with = [](auto run, storage::Db& db) { return [run, &db](benchmark::State& s) { run(s, db); }; };
    on_fresh_ledger([&](storage::Db& bulk) {
        on_fresh_ledger([&](storage::Db& million) {
            RegisterBenchmark("append_in_bulk", with(append_in_bulk, bulk))
                ->Iterations(30)
                ->Unit(benchmark::kMillisecond)
                ->UseRealTime()
                ->MeasureProcessCPUTime();
            RegisterBenchmark("rows_alone", with(rows_alone, bulk))
                ->Iterations(30)
                ->Unit(benchmark::kMillisecond)
                ->UseRealTime()
                ->MeasureProcessCPUTime();
            RegisterBenchmark("inclusion_proof_at_a_million", with(inclusion_proof_at_a_million, million))
                ->Unit(benchmark::kMicrosecond);
            RegisterBenchmark("consistency_proof_at_a_million", with(consistency_proof_at_a_million, million))
                ->Unit(benchmark::kMicrosecond);
            RegisterBenchmark("reconcile_a_million", with(reconcile_a_million, million))
                ->Iterations(1)
                ->Unit(benchmark::kMillisecond);
            benchmark::RunSpecifiedBenchmarks();
            benchmark::ClearRegisteredBenchmarks();
        });
    });
}
