#include "app/house_jobs.h"
#include "app/subject_tables.h"

#include "infra/jobs/rhythm.h"
#include "ledger/ledger_store.h"
#include "ledger/witness/witness_exchange.h"

#include <doctest/doctest.h>
#include <set>
#include <sstream>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::app;

namespace {

// A house that was just founded, with its real keys and store, in a folder of its own.
struct Founded {
    explicit Founded(const std::string& witness_url = {})
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-jobs-XXXXXX").string();
        folder = mkdtemp(name.data());
        Settings settings{.folder = folder};
        settings.key_file = folder / "root.key";
        settings.witness_url = witness_url;
        const AskPassphrase nobody = [](std::string_view) { return SecretText(std::string()); };
        REQUIRE(House::found(settings, nobody, entropy));
        auto opened = House::open(settings, nobody);
        REQUIRE(opened);
        house.emplace(*std::move(opened));
        publisher.emplace(ledger::Identity{"azukari.example/ledger", house->keystore().ledger_key().value(),
                                           witness_url.empty() ? std::nullopt : std::optional(witness())});
    }
    ~Founded() { std::filesystem::remove_all(folder); }

    static ledger::note::VerifierKey witness()
    {
        SeededEntropy seeded(2);
        return {"ward.example/witness", ledger::note::KeyType::cosigner, seal::SigningKey::create(seeded).public_key()};
    }
    jobs::Rhythm rhythm()
    {
        return jobs::Rhythm(house->db(), house_jobs(*house, *publisher, forget), [this](const jobs::Told& told) {
            lines.push_back(job_line(told));
            record_job(house->db(), told);
        });
    }
    std::int64_t entries(std::string_view act)
    {
        return house->db().read([&](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from ledger_entry where act = ?", {act});
        });
    }
    std::int64_t checkpoints()
    {
        return house->db().read([](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from ledger_checkpoint");
        });
    }

    SystemEntropy entropy;
    std::filesystem::path folder;
    std::optional<House> house;
    std::optional<ledger::Publisher> publisher;
    std::vector<std::string> lines;
    std::size_t indexes = 0; // that nobody uses any more
    ForgetIndexes forget = [this](Instant) { return std::exchange(indexes, 0); };
};

constexpr Instant kMorning{1'795'226'700'000'000}; // 2026-11-21 10:05 in Japan

bool any_contains(const std::vector<std::string>& lines, std::string_view words)
{
    return std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return line.find(words) != line.npos; });
}

// Tables of the house that name a person in a column "subject", read out of the migrations.
std::set<std::string> tables_with_subjects()
{
    std::set<std::string> found;
    for (const auto migrations : house_migrations())
        for (const auto& migration : migrations) {
            std::istringstream text{std::string(migration.sql)};
            std::string line, table;
            while (std::getline(text, line)) {
                if (line.starts_with("create table ")) table = line.substr(13, line.find(' ', 13) - 13);
                if (line.starts_with("    subject blob ")) found.insert(table);
            }
        }
    return found;
}

} // namespace

TEST_CASE("a day of the house by itself: signed every hour it grew, checked once, nothing failing [K79]")
{
    Founded founded;
    auto rhythm = founded.rhythm();
    for (auto now = kMorning; now < kMorning + Duration::hours(24); now = now + Duration::minutes(1)) rhythm.tick(now);
    CHECK(rhythm.failing().empty());
    CHECK(founded.entries("store.checked") == 2); // when it was opened, and in the night
    CHECK(founded.entries("job.failed") == 0);
    CHECK(any_contains(founded.lines, "store.check: 保存データに傷みはありません"));
    CHECK(any_contains(founded.lines, "ledger.checkpoint: "));
    // The house's own entries are signed within the hour; a ledger that does not grow is not signed again and again.
    CHECK(founded.checkpoints() <= 4);
    const auto head =
        founded.house->db().read([](const storage::Snapshot& snapshot) { return ledger::read_head(snapshot).entries; });
    CHECK(founded.house->db()
              .read([](const storage::Snapshot& snapshot) { return ledger::latest_checkpoint(snapshot); })
              ->checkpoint.size == head);
}

TEST_CASE("in the first night of a month the epoch of the keys is renewed, and the ledger tells [K31]")
{
    Founded founded;
    const auto before = founded.house->keystore().mark().epoch;
    auto rhythm = founded.rhythm();
    rhythm.tick(kMorning);
    CHECK(founded.house->keystore().mark().epoch == before);
    rhythm.tick(CivilDate::from(2026, 12, 1).value().midnight() + Duration::hours(2));
    CHECK(founded.house->keystore().mark().epoch == before + 1);
    CHECK(founded.entries("keys.rotated") == 1);
}

TEST_CASE("a witness out of reach fails its job, is told once, and hinders nothing else")
{
    Founded founded("http://127.0.0.1:1"); // nobody answers there
    auto rhythm = founded.rhythm();
    // In the first hour there is nothing to cosign; then it is asked, and asked again every ten minutes.
    for (int minute = 0; minute < 90; ++minute) rhythm.tick(kMorning + Duration::minutes(minute));
    REQUIRE(rhythm.failing().size() == 1);
    CHECK(rhythm.failing()[0].name == ledger::kWitnessJob);
    CHECK(rhythm.failing()[0].failure.find("http://127.0.0.1:1/add-checkpoint") != std::string::npos);
    CHECK(founded.entries("job.failed") == 1);
    CHECK(founded.entries("store.checked") == 1);
    CHECK(std::ranges::count_if(founded.lines, [](const std::string& line) {
              return line.find("ledger.witness: 失敗") != std::string::npos;
          }) == 1);
}

TEST_CASE("indexes of opened values that nobody uses any more are forgotten within a minute [K31]")
{
    Founded founded;
    founded.indexes = 2;
    auto rhythm = founded.rhythm();
    rhythm.tick(kMorning);
    CHECK(founded.indexes == 0);
    CHECK(any_contains(founded.lines, "search.forget: 使われなくなった索引2件を忘れました"));
}

TEST_CASE("without a witness in the settings nobody is asked: the house makes no connection by itself")
{
    Founded founded;
    for (const auto& job : house_jobs(*founded.house, *founded.publisher, founded.forget))
        CHECK(job.name != ledger::kWitnessJob);
}

TEST_CASE("every table that names a person is declared, so that no key in use is taken for an orphan")
{
    std::set<std::string> declared;
    for (const auto& table : subject_tables()) declared.emplace(table.table);
    const auto named = tables_with_subjects();
    CHECK(named.contains("guidance_recipient"));
    for (const auto& table : named) {
        CAPTURE(table);
        CHECK(declared.contains(table));
    }
}
