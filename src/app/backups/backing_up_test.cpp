#include "app/backups/backing_up.h"

#include "app/house_jobs.h"
#include "backup/parts.h"
#include "erasure/backup_set_store.h"
#include "infra/jobs/rhythm.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::app;

namespace {

namespace fs = std::filesystem;

// A house that was just founded, with three places for its copies.
struct Kept {
    Kept()
    {
        std::string name = (fs::temp_directory_path() / "azukari-kept-XXXXXX").string();
        folder = mkdtemp(name.data());
        Settings settings{.folder = folder / "house"};
        settings.key_file = folder / "root.key";
        settings.backups = {folder / "data", folder / "keys", folder / "ledger"};
        for (const auto part : backup::kParts) fs::create_directory(settings.backups.of(part));
        const AskPassphrase nobody = [](std::string_view) { return SecretText(std::string()); };
        REQUIRE(House::found(settings, nobody, entropy));
        house.emplace(*House::open(settings, nobody));
        publisher.emplace(
            ledger::Identity{"azukari.example/ledger", house->keystore().ledger_key().value(), std::nullopt});
    }
    ~Kept() { fs::remove_all(folder); }

    jobs::Rhythm rhythm()
    {
        const auto forget = [](Instant) { return std::size_t{0}; }; // nobody searches here
        return jobs::Rhythm(house->db(), house_jobs(*house, *publisher, forget), [this](const jobs::Told& told) {
            lines.push_back(job_line(told));
            record_job(house->db(), told);
        });
    }
    std::size_t whole(backup::Part part) { return backup::parts_in(part, folder / backup::code_of(part)).size(); }
    std::int64_t living(erasure::BackupKind kind)
    {
        const auto sets = house->db().read(erasure::backup_sets);
        return std::ranges::count_if(sets, [&](const auto& set) { return set.kind == kind && !set.destroyed_at; });
    }
    bool told(std::string_view words) const
    {
        return std::ranges::any_of(lines, [&](const auto& line) { return line.find(words) != line.npos; });
    }

    SystemEntropy entropy;
    fs::path folder;
    std::optional<House> house;
    std::optional<ledger::Publisher> publisher;
    std::vector<std::string> lines;
};

constexpr Instant kMorning{1'795'226'700'000'000}; // 2026-11-21 10:05 in Japan

} // namespace

TEST_CASE("every night a copy is made, and none of the keys outlives its fourteen days [K61]")
{
    Kept kept;
    auto rhythm = kept.rhythm();
    for (int hour = 0; hour < 24 * 30; ++hour) rhythm.tick(kMorning + Duration::hours(hour));
    CHECK(rhythm.failing().empty());
    constexpr std::int64_t kMade = 31; // one when the house was opened, and thirty nights
    CHECK(kept.whole(backup::Part::data) == kMade);
    CHECK(kept.whole(backup::Part::ledger) == kMade);
    CHECK(kept.whole(backup::Part::keys) <= 14);
    CHECK(kept.whole(backup::Part::keys) >= 13);
    // What the list says lives is what lies there.
    CHECK(kept.living(erasure::BackupKind::keystore) == static_cast<std::int64_t>(kept.whole(backup::Part::keys)));
    CHECK(kept.living(erasure::BackupKind::store) == kMade);
    CHECK(kept.told("backup.make: 控えを作りました"));
    CHECK(kept.told("backup.expire: 期限の過ぎた控え1件を破棄しました"));
}

TEST_CASE("a medium that is not there fails the night's copy, and the house says so until it is")
{
    Kept kept;
    fs::rename(kept.folder / "keys", kept.folder / "unplugged");
    auto rhythm = kept.rhythm();
    for (int hour = 0; hour < 20; ++hour) rhythm.tick(kMorning + Duration::hours(hour));
    REQUIRE(rhythm.failing().size() == 1);
    CHECK(rhythm.failing()[0].name == "backup.make");
    CHECK(rhythm.failing()[0].failure.find("がありません") != std::string::npos);
    CHECK(kept.whole(backup::Part::data) == 0); // not a part of a set that was never whole
    fs::rename(kept.folder / "unplugged", kept.folder / "keys");
    for (int hour = 20; hour < 22; ++hour) rhythm.tick(kMorning + Duration::hours(hour));
    CHECK(rhythm.failing().empty());
    CHECK(kept.whole(backup::Part::keys) == 1);
}

TEST_CASE("a copy that somebody took away is not said to be destroyed [K61]")
{
    Kept kept;
    REQUIRE(back_up(*kept.house, *kept.publisher, kMorning));
    const auto part = backup::parts_in(backup::Part::keys, kept.folder / "keys").at(0);
    fs::rename(part.folder, kept.folder / "in somebody's pocket");
    const auto told = destroy_expired(*kept.house, kMorning + Duration::hours(24 * 15));
    REQUIRE(told);
    CHECK(told->find("置き場所にありません") != std::string::npos);
    CHECK(kept.living(erasure::BackupKind::keystore) == 1);
}

TEST_CASE("settings name all three places of the copies or none")
{
    Kept kept;
    std::ofstream(kept.folder / "house/azukari.toml") << "[backup]\ndata = \"/srv/a\"\nkeys = \"/srv/b\"\n";
    const auto read = read_settings(kept.folder / "house");
    REQUIRE_FALSE(read);
    CHECK(read.error().sentence().find("backup.ledger") != std::string::npos);
}
