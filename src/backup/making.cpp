#include "backup/making.h"

#include "backup/backup_refusals.h"
#include "backup/sealed_file.h"
#include "base/fault.h"
#include "base/system_cause.h"
#include "erasure/backup_set_store.h"
#include "infra/storage/sqlite/sqlite_db.h"
#include "infra/storage/table_store.h"
#include "ledger/evidence/bundle.h"
#include "ledger/ledger.h"
#include "ledger/ledger_store.h"

#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace azukari::backup {
namespace {

namespace fs = std::filesystem;

constexpr int kStepsBetweenWords = 20; // of copying: a thousand rows each, or some mebibytes

// Where the store is copied to in plain before it is sealed: it stays in the data folder, on its disk.
fs::path workshop(const fs::path& folder)
{
    return folder / "backing-up";
}

struct Workshop {
    explicit Workshop(const fs::path& folder) : path(workshop(folder))
    {
        if (const auto gone = shred(path); !gone) throw Fault(gone.error().sentence());
        fs::create_directory(path);
        fs::permissions(path, fs::perms::owner_all);
    }
    ~Workshop()
    {
        std::error_code error;
        fs::remove_all(path, error);
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    fs::path path;
};

bool is_within(const fs::path& inner, const fs::path& outer)
{
    const auto relative = inner.lexically_relative(outer);
    return !relative.empty() && *relative.begin() != "..";
}

// Three places, none within another or within the data folder.
Result<void> check_places(const Places& places, const fs::path& folder)
{
    std::vector<fs::path> taken{fs::weakly_canonical(folder)};
    for (const auto part : kParts) {
        std::error_code error;
        const auto place = fs::canonical(places.of(part), error);
        if (error) return refuse(kNoPlace, places.of(part).string(), cause_of(error));
        for (const auto& other : taken)
            if (is_within(place, other) || is_within(other, place)) return refuse(kPlacesTogether, place.string());
        taken.push_back(place);
    }
    return {};
}

class Making {
public:
    Making(const Means& means, const Places& places, const Keep& keep, Instant now, const Progress& progress)
        : means_(means),
          places_(places),
          keep_(keep),
          now_(now),
          progress_(progress),
          set_(IdSource(now, means.entropy).next<BackupNoun>())
    {
    }

    Result<Made> make()
    {
        Made made{set_, {}};
        AZK_TRY(made.folders[0], data(made));
        AZK_TRY(made.folders[1], keys(made));
        AZK_TRY(made.folders[2], ledger_part(made));
        means_.db.write([&](storage::Tx& tx) {
            auto entry = own_entry("backup.made");
            entry.counts = {{"rows", made.rows},
                            {"bytes", static_cast<std::int64_t>(made.bytes)},
                            {"entries", static_cast<std::int64_t>(made.entries)}};
            ledger::append(tx, entry);
        });
        return made;
    }

private:
    Result<fs::path> data(Made& made)
    {
        AZK_TRY(auto folder, PartFolder::begin(places_.data, manifest_of(Part::data)));
        const Workshop shop(means_.folder);
        const auto plain = shop.path / "copy.db";
        {
            const auto copy = storage::open_sqlite(plain.string(), {.readers = 1});
            means_.make_tables(*copy);
            tell("データを写しています");
            int steps = 0;
            folder.manifest.rows =
                storage::copy_tables(means_.db, *copy, [&](const std::string& table, std::int64_t rows) {
                    if (rows > 0 && ++steps % kStepsBetweenWords == 0)
                        tell(fmt::format("データを写しています: {} {}件", table, rows));
                });
            const auto head = copy->read(ledger::read_head);
            folder.manifest.tree_size = head.tree_size;
            folder.manifest.tree_root = head.tree_root;
        }
        tell("データを封じています");
        AZK_TRY(auto file, folder.file(kSealedData));
        AZK_REQUIRE(seal_file(plain, means_.keystore.service_key(kDataKey), set_, means_.entropy, file));
        AZK_TRY(auto digest, file.finish());
        folder.keep(kSealedData, std::move(digest));
        for (const auto& [table, rows] : folder.manifest.rows) made.rows += rows;
        AZK_TRY(const auto whole, finish(folder, made));
        record(erasure::BackupKind::store, whole, 0, keep_.data_days);
        return whole;
    }

    Result<fs::path> keys(Made& made)
    {
        tell("鍵を写しています");
        AZK_TRY(auto folder, PartFolder::begin(places_.keys, manifest_of(Part::keys)));
        const auto copy = means_.keystore.sealed_copy();
        folder.manifest.generation = copy.generation;
        // Before a byte of it lies there: a copy nobody knows of would let an erasure be called final too soon.
        record(erasure::BackupKind::keystore, folder_name(Part::keys, set_, now_), copy.generation, keep_.keys_days);
        AZK_REQUIRE(folder.write(kKeystore, copy.keystore));
        AZK_REQUIRE(folder.write(kLedgerKey, copy.ledger_key));
        return finish(folder, made);
    }

    Result<fs::path> ledger_part(Made& made)
    {
        tell("記録台帳を写しています");
        AZK_TRY(auto folder, PartFolder::begin(places_.ledger, manifest_of(Part::ledger)));
        const auto published = means_.db.write([&](storage::Tx& tx) { return means_.publisher.publish(tx, now_); });
        made.entries = published.checkpoint.size;
        folder.manifest.tree_size = published.checkpoint.size;
        folder.manifest.tree_root = published.checkpoint.root;
        AZK_TRY(auto file, folder.file(kLedgerZip));
        ledger::evidence::Bundle bundle(means_.db, means_.publisher, published);
        for (std::string piece; bundle.next(piece); piece.clear()) AZK_REQUIRE(file.add(as_bytes(piece)));
        AZK_TRY(auto digest, file.finish());
        folder.keep(kLedgerZip, std::move(digest));
        std::ifstream in(means_.destructions, std::ios::binary);
        const std::string destructions{std::istreambuf_iterator<char>(in), {}};
        AZK_REQUIRE(folder.write(kDestructions, as_bytes(destructions)));
        return finish(folder, made);
    }

    Result<fs::path> finish(PartFolder& folder, Made& made) const
    {
        for (const auto& [name, file] : folder.manifest.files) made.bytes += file.size;
        return folder.finish([&](std::string text) { return means_.publisher.sign(std::move(text)); });
    }

    Manifest manifest_of(Part part) const { return {part, set_, means_.publisher.key(), now_}; }

    ledger::Entry own_entry(std::string_view act) const
    {
        ledger::Entry entry;
        entry.at = now_;
        entry.act = act;
        entry.actor = "system";
        entry.object = set_.text();
        entry.outcome = "done";
        return entry;
    }

    // The label is the folder's name: by it the house finds the copy again when its time is over.
    void record(erasure::BackupKind kind, const fs::path& folder, std::uint64_t generation, int days) const
    {
        const erasure::BackupSet set{erasure::BackupSetId(IdBytes{}),
                                     kind,
                                     folder.filename().string(),
                                     now_,
                                     CivilDate::of(now_).plus_days(days).midnight(),
                                     generation};
        means_.db.write([&](storage::Tx& tx) {
            IdSource ids(now_, means_.entropy);
            auto entry = own_entry("erasure.backup_recorded");
            entry.references = {{"set", set_.text()}, {"label", set.label}};
            erasure::record_backup(tx, ids, set, std::nullopt, std::move(entry));
        });
    }

    void tell(std::string_view line) const
    {
        if (progress_) progress_(line);
    }

    const Means& means_;
    const Places& places_;
    const Keep& keep_;
    Instant now_;
    const Progress& progress_;
    SetId set_;
};

} // namespace

Result<Made> make(const Means& means, const Places& places, const Keep& keep, Instant now, const Progress& progress)
{
    AZK_REQUIRE(check_places(places, means.folder));
    return Making(means, places, keep, now, progress).make();
}

fs::path drill_folder(const fs::path& folder)
{
    return folder / "drilling";
}

void clear_leftovers(const fs::path& folder)
{
    for (const auto& left : {workshop(folder), drill_folder(folder)})
        if (const auto gone = shred(left); !gone) throw Fault(gone.error().sentence());
}

} // namespace azukari::backup
