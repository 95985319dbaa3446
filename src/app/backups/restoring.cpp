#include "app/backups/restoring.h"

#include "app/private_file.h"
#include "app/subject_tables.h"
#include "base/fault.h"
#include "base/system_cause.h"
#include "erasure/certificate.h"
#include "erasure/destruction_list.h"
#include "infra/seal/digest.h"
#include "infra/seal/keystore/ceremony.h"
#include "infra/storage/postgres/postgres_db.h"
#include "infra/storage/sqlite/sqlite_db.h"
#include "infra/storage/table_store.h"
#include "ledger/ledger.h"

#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <set>

namespace azukari::app {
namespace {

namespace fs = std::filesystem;

constexpr RefusalKind kNotEmpty{
    "restore.not_empty",
    "復元先 {} に、ほかのもの（{}）があります。復元は、azukari.toml と鍵のファイルのほかに何もないフォルダーにだけ行えます。"};
constexpr RefusalKind kStoreNotEmpty{"restore.store_not_empty",
                                     "復元先の PostgreSQL に、すでに表があります。空のスキーマを用意してください。"};
constexpr RefusalKind kNotCertificate{
    "restore.not_certificate",
    "{} は、このシステムが出した消去証明書の検証用ファイルではありません。ファイルを確かめてください。"};
constexpr RefusalKind kCannotPrepare{"restore.cannot_prepare", "復元先 {} を用意できません（{}）。"};

std::string content_of(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Stands beside the marker while the keys are being guarded anew, with the digest of the keys as they were laid.
fs::path note_of_new_guard(const Settings& settings)
{
    return settings.folder / "restoring-new-guard";
}

// What people put into the folder before: it stays whatever happens.
std::set<fs::path> put_there(const Settings& settings)
{
    std::set<fs::path> names{settings.folder / "azukari.toml"};
    if (settings.guard == KeyGuard::key_file) names.insert(settings.key_file.lexically_normal());
    return names;
}

// Everything else goes.
void clear(const Settings& settings, bool marker_too)
{
    const auto stays = put_there(settings);
    for (const auto& entry : fs::directory_iterator(settings.folder))
        if (!stays.contains(entry.path().lexically_normal()) &&
            (marker_too || entry.path() != restoring_marker(settings)))
            fs::remove_all(entry.path());
}

// A folder with the marker of an interrupted restoring into the same store is cleared and used again.
Result<void> prepare_folder(const Settings& settings)
{
    std::error_code error;
    fs::create_directories(settings.folder, error);
    if (!error) fs::permissions(settings.folder, fs::perms::owner_all, error);
    if (error) return refuse(kCannotPrepare, settings.folder.string(), cause_of(error));
    if (fs::exists(restoring_marker(settings)) && content_of(restoring_marker(settings)) == settings.postgres) {
        clear(settings, false);
        return {};
    }
    const auto stays = put_there(settings);
    for (const auto& entry : fs::directory_iterator(settings.folder))
        if (!stays.contains(entry.path().lexically_normal()))
            return refuse(kNotEmpty, settings.folder.string(), entry.path().filename().string());
    if (!settings.postgres.empty() && !storage::is_empty(*storage::open_postgres(settings.postgres)))
        return refuse(kStoreNotEmpty);
    return write_private_file(restoring_marker(settings), settings.postgres);
}

void make_tables(storage::Db& db)
{
    for (const auto migrations : house_migrations()) db.migrate(migrations);
}

std::unique_ptr<storage::Db> fresh_store(const Settings& settings)
{
    if (!settings.postgres.empty()) return storage::open_postgres(settings.postgres);
    fs::create_directories(settings.store().parent_path());
    fs::permissions(settings.store().parent_path(), fs::perms::owner_all);
    return storage::open_sqlite(settings.store().string());
}

std::vector<whereabouts::SubjectTable> information_tables()
{
    auto tables = subject_tables();
    std::erase_if(tables, [](const auto& table) { return table.holds != whereabouts::Holds::information; });
    return tables;
}

class Restore {
public:
    Restore(const Settings& settings, const Restoring& wish, AskPassphrase ask, const backup::Progress& progress)
        : settings_(settings), wish_(wish), ask_(std::move(ask)), progress_(progress)
    {
    }

    Result<Restored> run()
    {
        AZK_TRY(auto parts, backup::read_parts(wish_.from, progress_));
        retire_abandoned();
        // Whoever cannot open the keys is told so before anything is made.
        AZK_TRY(const auto guard, guard_of(settings_, ask_, guards_anew()));
        AZK_REQUIRE(prepare_folder(settings_));
        Restored restored{std::move(parts)};
        auto laid = lay(restored, *guard);
        if (!laid) {
            take_back(*guard);
            return tl::unexpected<Refusal>(std::move(laid).error());
        }
        return restored;
    }

private:
    bool guards_anew() const { return !wish_.shares.empty(); }

    std::string digest_of_keys() const
    {
        return hex(seal::sha256(as_bytes(content_of(settings_.keys() / seal::KeystoreDisk::kFile))));
    }

    // The secret that an interrupted restoring made to guard the keys anew opens nothing any more once they are laid
    // again. It goes only when the keys were changed since they were laid and it opens them: the secret of before,
    // which somebody may have found since, opens them as they were laid.
    void retire_abandoned()
    {
        std::error_code error;
        const auto note = note_of_new_guard(settings_);
        if (!fs::exists(note, error) || content_of(note) == digest_of_keys()) return;
        const auto guard = guard_of(settings_, ask_, false);
        if (!guard || !seal::Keystore::open({.directory = settings_.keys()}, **guard, entropy_)) return;
        (*guard)->retire();
    }

    // Folder and store as they were found.
    void take_back(seal::KeyProvider& guard)
    {
        if (!settings_.postgres.empty()) storage::drop_tables(*storage::open_postgres(settings_.postgres));
        if (guards_anew()) guard.retire();
        clear(settings_, true);
    }

    Result<void> lay(Restored& restored, seal::KeyProvider& guard)
    {
        backup::lay_keys(restored.parts, settings_.keys());
        if (guards_anew()) AZK_REQUIRE(write_private_file(note_of_new_guard(settings_), digest_of_keys()));
        AZK_REQUIRE(lay_store(restored, guard));
        AZK_REQUIRE(backup::lay_destructions(restored.parts, wish_.destructions, settings_.folder / "destructions"));
        if (progress_) progress_("消去の記録と照らし合わせています");
        AZK_TRY(auto house, House::open(settings_, ask_, Opening::while_restoring));
        restored.replayed = house.replayed();
        note(house, restored);
        for (const auto& mark : {restoring_marker(settings_), note_of_new_guard(settings_)}) {
            std::error_code error;
            fs::remove(mark, error);
            if (error) throw Fault(fmt::format("{} を消せません（{}）。", mark.string(), cause_of(error)));
        }
        return {};
    }

    Result<seal::Keystore> open_keys(Restored& restored, seal::KeyProvider& guard)
    {
        const seal::KeystoreOptions options{.directory = settings_.keys()};
        if (!guards_anew()) return seal::Keystore::open(options, guard, entropy_);
        AZK_TRY(auto guarded, seal::recover_keystore(options, wish_.shares, guard, entropy_));
        for (auto& share : guarded.shares) restored.shares.push_back(std::move(share));
        return std::move(guarded.keystore);
    }

    Result<void> lay_store(Restored& restored, seal::KeyProvider& guard)
    {
        AZK_TRY(const auto keystore, open_keys(restored, guard));
        AZK_REQUIRE(backup::check_keys(restored.parts, keystore));
        const auto workshop = settings_.folder / "opening";
        fs::create_directory(workshop);
        fs::permissions(workshop, fs::perms::owner_all);
        const auto db = fresh_store(settings_);
        make_tables(*db);
        AZK_REQUIRE(backup::lay_data(restored.parts, keystore, workshop, make_tables, *db, progress_));
        fs::remove_all(workshop);
        AZK_TRY(const auto laid, backup::lay_ledger(restored.parts, *db, progress_));
        restored.entries_since = laid.entries_since;
        return read_certificates(restored, *db);
    }

    // Who the certificates say was destroyed after the data were copied. An erasure from before is in the copy already.
    Result<void> read_certificates(const Restored& restored, storage::Db& db)
    {
        const auto& manifest = restored.parts.data.manifest;
        const auto means = information_tables();
        for (const auto& path : wish_.certificates) {
            const auto certified = erasure::read_certificate(content_of(path), manifest.key);
            if (!certified) return refuse(kNotCertificate, path.string());
            if (certified->keys_destroyed_at < to_iso(manifest.made)) continue;
            const auto persons = db.read([&](const storage::Snapshot& snapshot) {
                return erasure::subjects_of(snapshot, means, certified->entrustment, certified->target);
            });
            further_.add(certified->entrustment, certified->target.kind == erasure::TargetKind::entrustment, persons);
        }
        return {};
    }

    void note(House& house, const Restored& restored) const
    {
        ledger::Entry entry;
        entry.at = house.clock().now();
        entry.act = "backup.restored";
        entry.actor = "system";
        entry.object = restored.parts.data.manifest.set.text();
        entry.outcome = "done";
        entry.counts = {{"entries_since", restored.entries_since},
                        {"keys_again", restored.replayed.keys_again},
                        {"persons_again", restored.replayed.persons_again}};
        entry.references = {{"data_made", to_iso(restored.parts.data.manifest.made)},
                            {"keys_made", to_iso(restored.parts.keys.manifest.made)},
                            {"ledger_made", to_iso(restored.parts.ledger.manifest.made)}};
        house.db().write([&](storage::Tx& tx) { ledger::append(tx, entry); });
    }

    const Settings& settings_;
    const Restoring& wish_;
    AskPassphrase ask_;
    const backup::Progress& progress_;
    SystemEntropy entropy_;
    erasure::DestructionList further_{settings_.folder / "destructions"}; // grows: certificates first, then the lists
};

} // namespace

Result<Restored> restore(const Settings& settings, const Restoring& wish, const AskPassphrase& ask,
                         const backup::Progress& progress)
{
    return Restore(settings, wish, ask, progress).run();
}

} // namespace azukari::app
