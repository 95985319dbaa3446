#include "backup/laying.h"

#include "backup/backup_refusals.h"
#include "backup/sealed_file.h"
#include "base/fault.h"
#include "base/system_cause.h"
#include "erasure/backup_set_store.h"
#include "erasure/destruction_list.h"
#include "infra/sheet/zip_reader.h"
#include "infra/storage/sqlite/sqlite_db.h"
#include "infra/storage/table_store.h"
#include "ledger/ledger_store.h"

#include <fmt/format.h>

namespace azukari::backup {
namespace {

namespace fs = std::filesystem;

constexpr int kStepsBetweenWords = 20; // of copying: a thousand rows each, or some mebibytes
constexpr std::string_view kEntryTiles = "tile/entries/";

// Our own archive, held against its digest before: as large as the ledger.
constexpr sheet::ZipLimits kOfLedger{
    .members = 50'000'000, .total_bytes = std::uint64_t{1} << 42, .ratio = 100'000, .ratio_from = 1 << 20};

void copy_private(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    fs::copy_file(from, to, error);
    if (!error) fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
    if (error) throw Fault(fmt::format("{} を写せません（{}）。", to.string(), cause_of(error)));
}

// The ledger's part, opened.
class CopiedLedger {
public:
    static Result<CopiedLedger> open(const Found& part)
    {
        auto archive = std::make_unique<sheet::FileArchive>((part.folder / kLedgerZip).string());
        auto reader = sheet::ZipReader::open(*archive, kOfLedger);
        if (!reader) return refuse(kLedgerUnsound);
        CopiedLedger opened(std::move(archive), *std::move(reader));
        for (const auto& member : opened.reader_.members()) {
            if (member.name != "checkpoint") continue;
            const auto text = opened.reader_.read_whole(member, nullptr);
            auto note = text ? ledger::note::SignedNote::parse(*text) : std::nullopt;
            const auto checkpoint = note ? ledger::note::Checkpoint::parse(note->text) : std::nullopt;
            const auto& manifest = part.manifest;
            if (!checkpoint || !is_signed_by(*note, manifest.key) || checkpoint->size != manifest.tree_size ||
                checkpoint->root != manifest.tree_root)
                return refuse(kLedgerUnsound);
            opened.published = {*checkpoint, manifest.made, *std::move(note)};
            return opened;
        }
        return refuse(kLedgerUnsound);
    }

    ledger::EachEntry entries()
    {
        return [this](const std::function<void(std::string_view)>& visit) {
            for (const auto& member : reader_.members()) {
                if (!member.name.starts_with(kEntryTiles)) continue;
                const auto tile = reader_.read_whole(member, nullptr);
                std::string_view rest = tile ? std::string_view(*tile) : std::string_view();
                sound = sound && tile;
                while (rest.size() >= 2) {
                    const auto size =
                        std::size_t{static_cast<unsigned char>(rest[0])} << 8 | static_cast<unsigned char>(rest[1]);
                    if (rest.size() < 2 + size) break;
                    visit(rest.substr(2, size));
                    rest.remove_prefix(2 + size);
                }
                sound = sound && rest.empty();
            }
        };
    }

    ledger::Published published;
    bool sound = true; // so far

private:
    CopiedLedger(std::unique_ptr<sheet::FileArchive> archive, sheet::ZipReader reader)
        : archive_(std::move(archive)), reader_(std::move(reader))
    {
    }
    std::unique_ptr<sheet::FileArchive> archive_;
    sheet::ZipReader reader_;
};

} // namespace

void lay_keys(const Parts& parts, const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) fs::permissions(folder, fs::perms::owner_all, error);
    if (error) throw Fault(fmt::format("{} を作れません（{}）。", folder.string(), cause_of(error)));
    for (const auto name : {kKeystore, kLedgerKey}) copy_private(parts.keys.folder / name, folder / name);
}

Result<void> check_keys(const Parts& parts, const seal::Keystore& keystore)
{
    AZK_TRY(const auto key, keystore.ledger_key());
    if (key.public_key() != parts.data.manifest.key.key) return refuse(kKeysOfOther);
    return {};
}

Result<void> lay_data(const Parts& parts, const seal::Keystore& keystore, const fs::path& workshop,
                      const std::function<void(storage::Db&)>& make_tables, storage::Db& into, const Progress& progress)
{
    const auto& manifest = parts.data.manifest;
    if (progress) progress("データの封を開けています");
    const auto plain = workshop / "copy.db";
    AZK_REQUIRE(open_file(parts.data.folder / kSealedData, keystore.service_key(kDataKey), manifest.set, plain));
    const auto copy = storage::open_sqlite(plain.string(), {.readers = 2});
    make_tables(*copy);
    const auto head = copy->read(ledger::read_head);
    if (head.tree_size != manifest.tree_size || head.tree_root != manifest.tree_root)
        return refuse(kNotOpened, parts.data.folder.string());

    if (progress) progress("データを記録台帳と見比べています");
    AZK_TRY(auto copied, CopiedLedger::open(parts.ledger));
    switch (ledger::check_continuation(copied.entries(), copied.published.checkpoint, head.tree_size, head.tree_root)) {
    case ledger::Continues::apart:
        return refuse(kLedgerApart, std::to_string(head.tree_size));
    case ledger::Continues::unsound:
        return refuse(kLedgerUnsound);
    case ledger::Continues::yes:
        break;
    }
    if (!copied.sound) return refuse(kLedgerUnsound);

    if (progress) progress("データを戻しています");
    int steps = 0;
    storage::copy_tables(*copy, into, [&](const std::string& table, std::int64_t rows) {
        if (progress && rows > 0 && ++steps % kStepsBetweenWords == 0)
            progress(fmt::format("データを戻しています: {} {}件", table, rows));
    });
    return {};
}

Result<Laid> lay_ledger(const Parts& parts, storage::Db& db, const Progress& progress)
{
    if (progress) progress("記録台帳の続きを戻しています");
    AZK_TRY(auto copied, CopiedLedger::open(parts.ledger));
    Laid laid;
    ledger::take_continuation(db, copied.entries(), copied.published, [&](storage::Tx& tx, const ledger::Entry& entry) {
        ++laid.entries_since;
        erasure::recall_backup(tx, entry);
    });
    return laid;
}

Result<void> lay_destructions(const Parts& parts, std::span<const fs::path> further, const fs::path& list)
{
    std::vector<fs::path> sources{parts.ledger.folder / kDestructions};
    sources.insert(sources.end(), further.begin(), further.end());
    std::map<EntrustmentId, erasure::DestructionList::Destroyed> known;
    for (const auto& source : sources) {
        std::error_code error;
        if (!fs::is_regular_file(source, error)) return refuse(kListUnreadable, source.string());
        for (auto& [entrustment, destroyed] : erasure::DestructionList(source).read()) {
            auto& of = known[entrustment];
            of.whole = of.whole || destroyed.whole;
            of.persons.merge(destroyed.persons);
        }
    }
    const erasure::DestructionList written(list);
    for (const auto& [entrustment, destroyed] : known)
        written.add(entrustment, destroyed.whole, std::vector(destroyed.persons.begin(), destroyed.persons.end()));
    return {};
}

} // namespace azukari::backup
