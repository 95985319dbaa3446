#include "app/house.h"

#include "access_migrations.h"
#include "app/ending.h"
#include "approval_migrations.h"
#include "attachments_migrations.h"
#include "backup/making.h"
#include "base/check.h"
#include "base/system_cause.h"
#include "custody_migrations.h"
#include "entrustment_migrations.h"
#include "erasure/replay.h"
#include "erasure_migrations.h"
#include "guidance_batch_migrations.h"
#include "guidance_sealing_migrations.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/seal/keystore/passphrase_provider.h"
#include "infra/seal/keystore/pkcs11_provider.h"
#include "infra/storage/postgres/postgres_db.h"
#include "infra/storage/sqlite/sqlite_db.h"
#include "infra/text/folding.h"
#include "jobs_migrations.h"
#include "ledger/ledger.h"
#include "ledger_migrations.h"
#include "matters_migrations.h"
#include "party_migrations.h"
#include "printing_migrations.h"
#include "restitution_migrations.h"
#include "retention_migrations.h"
#include "vault_migrations.h"

namespace azukari::app {
namespace {

constexpr RefusalKind kCannotMakeFolder{
    "house.cannot_make_folder", "データフォルダー {} を作れません（{}）。場所と書き込みの権限を確かめてください。"};
constexpr RefusalKind kNotPrepared{
    "house.not_prepared",
    "データフォルダー {0} には、まだ何も用意されていません。はじめに `azukari init --data {0}`（試すだけなら "
    "`azukari demo --data {0}`）を行ってください。"};

constexpr RefusalKind kRestoreUnfinished{
    "house.restore_unfinished",
    "{} への復元が、途中で止まっています。`azukari restore` をもう一度行ってください。それまで開きません。"};

Result<void> make_private_folder(const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (!error) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error) return refuse(kCannotMakeFolder, folder.string(), cause_of(error));
    return {};
}

std::unique_ptr<storage::Db> open_store(const Settings& settings)
{
    std::unique_ptr<storage::Db> db;
    if (settings.postgres.empty())
        db = storage::open_sqlite(settings.store().string());
    else
        db = storage::open_postgres(settings.postgres);
    for (const auto migrations : house_migrations()) db->migrate(migrations);
    ledger::grow_with(*db);
    return db;
}

} // namespace

std::vector<std::span<const storage::Migration>> house_migrations()
{
    return {migrations_of_jobs(),           migrations_of_ledger(),
            migrations_of_party(),          migrations_of_access(),
            migrations_of_approval(),       migrations_of_matters(),
            migrations_of_entrustment(),    migrations_of_vault(),
            migrations_of_custody(),        migrations_of_retention(),
            migrations_of_erasure(),        migrations_of_restitution(),
            migrations_of_guidance_batch(), migrations_of_attachments(),
            migrations_of_printing(),       migrations_of_guidance_sealing()};
}

Result<std::unique_ptr<seal::KeyProvider>> guard_of(const Settings& settings, const AskPassphrase& ask, bool fresh)
{
    switch (settings.guard) {
    case KeyGuard::key_file: {
        AZK_TRY(auto provider,
                fresh ? seal::KeyFileProvider::fresh(settings.key_file) : seal::KeyFileProvider::at(settings.key_file));
        return std::make_unique<seal::KeyFileProvider>(std::move(provider));
    }
    case KeyGuard::passphrase:
        return std::make_unique<seal::PassphraseProvider>(SecretText(text::nfkc(ask("鍵の合言葉").reveal())));
    case KeyGuard::pkcs11: {
        const auto begin = fresh ? seal::Pkcs11Provider::fresh : seal::Pkcs11Provider::open;
        AZK_TRY(auto provider,
                begin({settings.pkcs11_module, settings.pkcs11_token, settings.pkcs11_key}, ask("鍵装置の PIN")));
        return std::make_unique<seal::Pkcs11Provider>(std::move(provider));
    }
    }
    stop_on_bug("a key guard that settings know", __FILE__, __LINE__);
}

bool House::is_founded(const Settings& settings)
{
    std::error_code error;
    return std::filesystem::exists(settings.keys() / seal::KeystoreDisk::kFile, error) || error;
}

Result<void> House::found(const Settings& settings, const AskPassphrase& ask, Entropy& entropy)
{
    std::error_code error;
    if (std::filesystem::exists(restoring_marker(settings), error))
        return refuse(kRestoreUnfinished, settings.folder.string());
    AZK_REQUIRE(make_private_folder(settings.folder));
    AZK_REQUIRE(make_private_folder(settings.store().parent_path()));
    if (!settings.postgres.empty()) storage::open_postgres(settings.postgres);
    AZK_TRY(const auto guard, guard_of(settings, ask, true));
    AZK_REQUIRE(seal::Keystore::create({.directory = settings.keys()}, *guard, entropy));
    return {};
}

std::filesystem::path restoring_marker(const Settings& settings)
{
    return settings.folder / "restoring";
}

Result<House> House::open(const Settings& settings, const AskPassphrase& ask, Opening opening)
{
    House house;
    house.settings_ = settings;
    house.clock_ = std::make_unique<SystemClock>();
    house.entropy_ = std::make_unique<SystemEntropy>();
    std::error_code error;
    if (opening == Opening::usual && std::filesystem::exists(restoring_marker(settings), error))
        return refuse(kRestoreUnfinished, settings.folder.string());
    if (!std::filesystem::exists(settings.keys(), error) && !error)
        return refuse(kNotPrepared, settings.folder.string());
    AZK_TRY(const auto guard, guard_of(settings, ask, false));
    AZK_TRY(auto keystore, seal::Keystore::open({.directory = settings.keys()}, *guard, *house.entropy_));
    house.keystore_ = std::make_unique<seal::Keystore>(std::move(keystore));
    house.db_ = open_store(settings);
    backup::clear_leftovers(settings.folder); // nobody else is at work here: the store is ours
    house.erasing_ = std::make_unique<erasure::Means>(
        means_of_erasing(*house.db_, *house.keystore_, *house.entropy_, settings.folder));
    AZK_TRY(house.replayed_, erasure::replay(*house.erasing_, house.clock_->now()));
    return house;
}

} // namespace azukari::app
