#include "app/backups/backing_up.h"

#include "backup/backup_refusals.h"
#include "backup/part_folder.h"
#include "base/system_cause.h"
#include "erasure/backup_set_store.h"
#include "ledger/ledger.h"

#include <fmt/format.h>

namespace azukari::app {
namespace {

namespace fs = std::filesystem;

backup::Part part_of(erasure::BackupKind kind)
{
    return kind == erasure::BackupKind::keystore ? backup::Part::keys : backup::Part::data;
}

// The ledger's part holds no personal information and goes with the data of its set.
Result<void> destroy_ledger_part(const fs::path& place, std::string_view data_label)
{
    const auto beginning = fmt::format("azukari-{}-", backup::code_of(backup::Part::data));
    const auto folder = place / fmt::format("azukari-{}-{}", backup::code_of(backup::Part::ledger),
                                            data_label.substr(beginning.size()));
    std::error_code error;
    if (!fs::is_directory(folder, error)) return {};
    return backup::destroy_part(folder);
}

Result<void> destroy(House& house, const erasure::BackupSet& set, const fs::path& folder, Instant now)
{
    AZK_REQUIRE(backup::destroy_part(folder));
    if (set.kind == erasure::BackupKind::store)
        AZK_REQUIRE(destroy_ledger_part(house.settings().backups.ledger, set.label));
    return house.db().write([&](storage::Tx& tx) {
        ledger::Entry entry;
        entry.at = now;
        entry.actor = "system";
        entry.outcome = "done";
        return erasure::record_destruction(tx, set.id, "期限が来たため、システムが上書きして削除", entry);
    });
}

} // namespace

backup::Means means_of_backup(House& house, const ledger::Publisher& publisher)
{
    backup::Means means{house.db(), house.keystore(), publisher, house.entropy(), house.settings().folder};
    means.make_tables = [](storage::Db& db) {
        for (const auto migrations : house_migrations()) db.migrate(migrations);
    };
    means.destructions = house.erasing().destructions;
    return means;
}

Result<std::string> back_up(House& house, const ledger::Publisher& publisher, Instant now)
{
    const std::lock_guard turn(house.backup_turn());
    const auto means = means_of_backup(house, publisher);
    AZK_TRY(const auto made, backup::make(means, house.settings().backups, {}, now, {}));
    return fmt::format("控えを作りました: {}（{}行、台帳{}件、{}MB）", made.folders[0].filename().string(), made.rows,
                       made.entries, (made.bytes + 999'999) / 1'000'000);
}

Result<std::string> destroy_expired(House& house, Instant now)
{
    int destroyed = 0, missing = 0;
    for (const auto& set : house.db().read(erasure::backup_sets)) {
        const auto part = part_of(set.kind);
        if (!set.is_overdue(now) || !backup::is_folder_name(part, set.label)) continue;
        const auto& place = house.settings().backups.of(part);
        std::error_code error;
        if (!fs::is_directory(place, error)) return refuse(backup::kNoPlace, place.string(), cause_of(error));
        if (fs::is_directory(place / set.label, error)) {
            AZK_REQUIRE(destroy(house, set, place / set.label, now));
            ++destroyed;
        } else {
            ++missing;
        }
    }
    std::string told;
    if (destroyed > 0) told = fmt::format("期限の過ぎた控え{}件を破棄しました", destroyed);
    if (missing > 0)
        told += fmt::format("{}期限の過ぎた控え{}件が置き場所にありません。破棄したなら記録してください",
                            told.empty() ? "" : "。", missing);
    return told;
}

} // namespace azukari::app
