#include "erasure/backup_set_store.h"

#include "base/check.h"
#include "erasure/erasure_refusals.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"
#include "ledger/ledger.h"

#include <algorithm>

namespace azukari::erasure {
namespace {

bool fits(std::string_view text, std::size_t most)
{
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++characters) text::next_code_point(text, at);
    return characters <= most && !text::is_blank(text);
}

} // namespace

std::string_view code_of(BackupKind kind)
{
    return kind == BackupKind::keystore ? "keystore" : "store";
}

std::string_view japanese(BackupKind kind)
{
    return kind == BackupKind::keystore ? "鍵の控え" : "データの控え";
}

BackupSetId record_backup(storage::Tx& tx, IdSource& ids, const BackupSet& set, std::optional<StaffId> recorded_by,
                          ledger::Entry entry)
{
    const auto id = ids.next<BackupSetNoun>();
    tx.execute("insert into erasure_backup_set (id, kind, label, made_at, expires_at, generation, recorded_at,"
               " recorded_by) values (?, ?, ?, ?, ?, ?, ?, ?)",
               {id, static_cast<int>(set.kind), set.label, set.made_at, set.expires_at, set.generation, entry.at,
                recorded_by});
    entry.act = "erasure.backup_recorded";
    entry.object = id.text();
    entry.counts["keystore_generation"] = static_cast<std::int64_t>(set.generation);
    entry.references["kind"] = code_of(set.kind);
    entry.references["expires"] = CivilDate::of(set.expires_at).iso();
    entry.references["made"] = CivilDate::of(set.made_at).iso();
    ledger::append(tx, entry);
    return id;
}

Result<BackupSetId> record_backup(storage::Tx& tx, IdSource& ids, const access::Scope& scope, BackupKind kind,
                                  std::string_view label, CivilDate made, CivilDate expires)
{
    if (!fits(label, 60)) return refuse_field("label", kBackupLabel);
    if (made > scope.moment().today) return refuse_field("made", kBackupDays);
    const auto latest = made.midnight() + kKeystoreBackupsLive;
    const bool too_long = kind == BackupKind::keystore && latest < expires.midnight();
    if (expires <= made || too_long) return refuse_field("expires", kBackupDays);
    const BackupSet set{BackupSetId(IdBytes{}), kind, std::string(label), made.midnight(), expires.midnight(), 0};
    return record_backup(tx, ids, set, scope.staff(), scope.entry("erasure.backup_recorded"));
}

Result<void> record_destruction(storage::Tx& tx, const access::Scope& scope, BackupSetId id, std::string_view how)
{
    if (!fits(how, 100)) return refuse_field("how", kBackupHow);
    const auto changed = tx.execute("update erasure_backup_set set destroyed_at = ?, destroyed_by = ?,"
                                    " destroyed_how = ? where id = ? and destroyed_at is null",
                                    {scope.moment().at, scope.staff(), how, id});
    if (changed == 0) return refuse(kNoSuchBackup);
    auto entry = scope.entry("erasure.backup_destroyed");
    entry.object = id.text();
    ledger::append(tx, entry);
    return {};
}

Result<void> record_destruction(storage::Tx& tx, BackupSetId id, std::string_view how, ledger::Entry entry)
{
    const auto changed = tx.execute("update erasure_backup_set set destroyed_at = ?, destroyed_how = ?"
                                    " where id = ? and destroyed_at is null",
                                    {entry.at, how, id});
    if (changed == 0) return refuse(kNoSuchBackup);
    entry.act = "erasure.backup_destroyed";
    entry.object = id.text();
    ledger::append(tx, entry);
    return {};
}

void recall_backup(storage::Tx& tx, const ledger::Entry& entry)
{
    const auto id = BackupSetId::parse(entry.object);
    if (!id) return;
    if (entry.act == "erasure.backup_destroyed")
        tx.execute("update erasure_backup_set set destroyed_at = ?, destroyed_how = ?"
                   " where id = ? and destroyed_at is null",
                   {entry.at, "記録台帳による", *id});
    if (entry.act != "erasure.backup_recorded") return;
    const auto kind = entry.references.find("kind"), expires = entry.references.find("expires");
    const auto generation = entry.counts.find("keystore_generation");
    if (kind == entry.references.end() || expires == entry.references.end() || generation == entry.counts.end()) return;
    const auto day = CivilDate::parse(expires->second);
    const auto written = entry.references.find("made");
    const auto made = written == entry.references.end() ? CivilDate::parse("") : CivilDate::parse(written->second);
    const auto which = kind->second == code_of(BackupKind::store) ? BackupKind::store : BackupKind::keystore;
    // A name the house gave stands in the ledger; a name that people gave does not.
    const auto label = entry.references.find("label");
    tx.execute("insert into erasure_backup_set (id, kind, label, made_at, expires_at, generation, recorded_at)"
               " values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
               {*id, static_cast<int>(which), label == entry.references.end() ? "名前は台帳にない控え" : label->second,
                made ? made->midnight() : entry.at, (day ? *day : CivilDate::of(entry.at)).midnight(),
                generation->second, entry.at});
}

std::vector<BackupSet> backup_sets(const storage::Snapshot& snapshot)
{
    return snapshot.all("select id, kind, label, made_at, expires_at, generation, destroyed_at,"
                        " coalesce(destroyed_how, '') from erasure_backup_set"
                        " order by case when destroyed_at is null then 0 else 1 end, made_at, id",
                        {}, [](const storage::Row& row) {
                            BackupSet read{row.id<BackupSetId>(0), static_cast<BackupKind>(row.integer(1)),
                                           row.string(2),          row.instant(3),
                                           row.instant(4),         static_cast<std::uint64_t>(row.integer(5))};
                            read.destroyed_at = row.maybe(6, [&] { return row.instant(6); });
                            read.destroyed_how = row.string(7);
                            return read;
                        });
}

std::vector<BackupSet> outstanding_backups(const storage::Snapshot& snapshot, const Erasure& erasure)
{
    const auto* keys = erasure.find(Step::keys);
    AZK_CHECK(keys != nullptr);
    auto sets = backup_sets(snapshot);
    std::erase_if(sets, [&](const BackupSet& set) {
        const bool before = set.generation > 0 ? set.generation < keys->generation : set.made_at <= keys->at;
        return set.kind != BackupKind::keystore || set.destroyed_at || !before;
    });
    return sets;
}

} // namespace azukari::erasure
