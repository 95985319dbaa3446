// What sealing costs: values of 200 bytes, keys for everybody in a year's file, signing in.
#include "infra/seal/digest.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/seal/keystore/passphrase_provider.h"
#include "infra/seal/sealed_value.h"

#include <benchmark/benchmark.h>
#include <cstdlib>

using namespace azukari;
using namespace azukari::seal;

namespace {

const Instant kNoon{1'700'000'000'000'000};
const EntrustmentId kEntrustment{IdBytes{1}};
const Context kPlace{"person", kEntrustment.bytes(), "name", kEntrustment};

struct Room {
    Room()
    {
        char pattern[] = "/tmp/azk-bench-XXXXXX";
        base = mkdtemp(pattern);
        options.directory = base / "keys";
    }
    ~Room() { std::filesystem::remove_all(base); }
    Keystore created() { return Keystore::create(options, provider, entropy).value(); }
    std::vector<SubjectId> people(std::size_t count)
    {
        std::vector<SubjectId> ids;
        for (std::size_t i = 0; i < count; ++i) ids.push_back(SubjectId(entropy.bytes<16>()));
        return ids;
    }
    std::filesystem::path base;
    SystemEntropy entropy;
    KeystoreOptions options;
    PassphraseProvider provider{SecretText("春はあけぼのやうやう白くなりゆく"), {8, 1}};
};

void seal_200_bytes(benchmark::State& state)
{
    KeyArena arena(8);
    SystemEntropy entropy;
    const auto key = arena.create(entropy);
    const Bytes text(200, 'x');
    for (auto _ : state) benchmark::DoNotOptimize(seal_value(key, kPlace, text, entropy));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(seal_200_bytes);

void open_200_bytes(benchmark::State& state)
{
    KeyArena arena(8);
    SystemEntropy entropy;
    const auto key = arena.create(entropy);
    const auto sealed = seal_value(key, kPlace, Bytes(200, 'x'), entropy);
    for (auto _ : state) benchmark::DoNotOptimize(open_value(key, kPlace, sealed));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(open_200_bytes);

void keys_for_4413_people_in_one_commit(benchmark::State& state)
{
    Room room;
    auto keystore = room.created();
    for (auto _ : state) {
        state.PauseTiming();
        const EntrustmentId entrustment(room.entropy.bytes<16>());
        const auto people = room.people(4413);
        if (!keystore.add_entrustment(entrustment)) state.SkipWithError("entrustment refused");
        state.ResumeTiming();
        if (!keystore.add_subjects(entrustment, people)) state.SkipWithError("subjects refused");
    }
}
BENCHMARK(keys_for_4413_people_in_one_commit)->Unit(benchmark::kMillisecond)->Iterations(10);

void erase_one_person_among_4413(benchmark::State& state)
{
    Room room;
    auto keystore = room.created();
    const auto people = room.people(4413);
    if (!keystore.add_entrustment(kEntrustment) || !keystore.add_subjects(kEntrustment, people))
        state.SkipWithError("refused");
    std::size_t at = 0;
    for (auto _ : state)
        if (!keystore.destroy_subjects(kEntrustment, std::span(people).subspan(at++, 1)))
            state.SkipWithError("refused");
}
BENCHMARK(erase_one_person_among_4413)->Unit(benchmark::kMillisecond)->Iterations(10);

void find_a_persons_key(benchmark::State& state)
{
    Room room;
    auto keystore = room.created();
    const auto people = room.people(4413);
    if (!keystore.add_entrustment(kEntrustment) || !keystore.add_subjects(kEntrustment, people))
        state.SkipWithError("refused");
    std::size_t at = 0;
    for (auto _ : state) {
        if (state.range(0) == 0) keystore.forget(std::nullopt);
        benchmark::DoNotOptimize(keystore.subject_key(kEntrustment, people[at++ % people.size()], kNoon));
    }
}
BENCHMARK(find_a_persons_key)->Arg(0)->Arg(1)->ArgName("in_memory");

void verify_a_password(benchmark::State& state)
{
    Passwords passwords({}, 2);
    SystemEntropy entropy;
    const SecretText password("見本太郎の長い合言葉です");
    const auto stored = passwords.hash(password, entropy);
    for (auto _ : state) benchmark::DoNotOptimize(passwords.verify(stored, password));
}
BENCHMARK(verify_a_password)->Unit(benchmark::kMillisecond);

void open_the_keystore(benchmark::State& state)
{
    Room room;
    {
        auto keystore = room.created();
        const auto people = room.people(50'000);
        if (!keystore.add_entrustment(kEntrustment) || !keystore.add_subjects(kEntrustment, people))
            state.SkipWithError("refused");
    }
    for (auto _ : state) benchmark::DoNotOptimize(Keystore::open(room.options, room.provider, room.entropy));
}
BENCHMARK(open_the_keystore)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
