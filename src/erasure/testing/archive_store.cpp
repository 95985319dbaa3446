#include "approval/approval_store.h"
#include "approval_migrations.h"
#include "base/check.h"
#include "erasure/erasure_refusals.h"
#include "erasure/testing.h"
#include "erasure_migrations.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/seal/sealed_value.h"
#include "infra/storage/sqlite/sqlite_db.h"
#include "ledger/ledger.h"
#include "retention_migrations.h"

#include <fmt/format.h>
#include <stdlib.h>

namespace azukari::erasure::testing {
namespace {

constexpr storage::Migration kShelfTables[] = {
    {"shelf", 1, "shelf",
     "create table shelf_letter (entrustment blob not null, batch blob not null, subject blob not null,"
     " sealed blob not null, primary key (entrustment, subject));"
     "create index shelf_letter_batch on shelf_letter (entrustment, batch);"
     "create table shelf_note (entrusted_as blob not null, about blob not null, sealed blob not null,"
     " primary key (entrusted_as, about))"}};

template <class T>
T must(Result<T> result)
{
    AZK_CHECK(result.has_value());
    return *std::move(result);
}

void must(const Result<void>& result)
{
    AZK_CHECK(result.has_value());
}

seal::Context place(std::string_view table, EntrustmentId entrustment, const SubjectId& person)
{
    return {table, person.bytes(), "sealed", entrustment};
}

std::unique_ptr<seal::Keystore> open_keystore(const std::filesystem::path& folder, Entropy& entropy,
                                              seal::DiskStep step)
{
    const seal::KeystoreOptions options{
        .directory = folder / "keys", .keys_in_memory = 256, .before_step = std::move(step)};
    const auto key_file = folder / "root.key";
    const bool there = std::filesystem::exists(options.directory / "keystore.azk");
    auto guard = must(there ? seal::KeyFileProvider::at(key_file) : seal::KeyFileProvider::fresh(key_file));
    return std::make_unique<seal::Keystore>(
        must(there ? seal::Keystore::open(options, guard, entropy) : seal::Keystore::create(options, guard, entropy)));
}

bool is_founded(storage::Db& db)
{
    return db.read([](const storage::Snapshot& data) { return data.integer("select count(*) from access_fence") > 0; });
}

} // namespace

void migrate(storage::Db& db)
{
    db.migrate(access::testing::migrations());
    for (const auto& room : {migrations_of_approval(), migrations_of_retention(), migrations_of_erasure()})
        db.migrate(room);
    db.migrate(kShelfTables);
}

TemporaryFolder::TemporaryFolder()
{
    auto name = (std::filesystem::temp_directory_path() / "azukari-erasure-XXXXXX").string();
    AZK_CHECK(mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TemporaryFolder::~TemporaryFolder()
{
    std::filesystem::remove_all(path_);
}

Archive::Archive(const std::filesystem::path& folder, storage::Db* other, seal::DiskStep disk_step)
    : own_(other != nullptr ? nullptr : storage::open_sqlite((folder / "store.db").string(), {.readers = 2})),
      db(other != nullptr ? *other : *own_),
      entropy(std::filesystem::exists(folder / "keys") ? 12 : 11),
      keystore(open_keystore(folder, entropy, std::move(disk_step))),
      publisher({"azukari.example/ledger", must(keystore->ledger_key()), {}}),
      means{db, *keystore, entropy}
{
    if (own_) migrate(db);
    ledger::grow_with(db);
    if (is_founded(db)) {
        town = std::make_unique<access::testing::Town>(access::testing::Town::again(db));
    } else {
        town = std::make_unique<access::testing::Town>(db);
        must(keystore->add_entrustment(town->entrustment));
    }
    means.destructions = folder / "destructions";
    means.tables.assign(std::begin(kShelves), std::end(kShelves));
    means.open_copies = [this](const storage::Snapshot&, EntrustmentId, const Target&) { return copies; };
}

Batch Archive::take_in(std::size_t count, std::string_view marker)
{
    IdSource ids(town->moment.at, entropy);
    const auto of = town->entrustment;
    const auto id = ids.next<struct BatchNoun>();
    Batch batch{id.text(), {}};
    for (std::size_t i = 0; i < count; ++i) batch.persons.push_back(ids.next<SubjectNoun>());
    must(keystore->add_subjects(of, batch.persons));
    db.write([&](storage::Tx& tx) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto& person = batch.persons[i];
            const auto key = must(keystore->subject_key(of, person, town->moment.at));
            const auto words = fmt::format("{}-{}", marker, i);
            tx.execute(
                "insert into shelf_letter values (?, ?, ?, ?)",
                {of, id, person, seal::seal_value(key, place("shelf_letter", of, person), as_bytes(words), entropy)});
            tx.execute("insert into shelf_note values (?, ?, ?)",
                       {of, person, seal::seal_value(key, place("shelf_note", of, person), as_bytes(words), entropy)});
        }
    });
    return batch;
}

Result<std::string> Archive::open_letter(SubjectId person)
{
    AZK_TRY(const auto key, keystore->subject_key(town->entrustment, person, town->moment.at));
    const auto sealed = db.read([&](const storage::Snapshot& data) {
        return data.one("select sealed from shelf_letter where entrustment = ? and subject = ?",
                        {town->entrustment, person}, [](const storage::Row& row) { return row.bytes(0); });
    });
    if (!sealed) return refuse(kNoSuchTarget);
    AZK_TRY(const auto opened, seal::open_value(key, place("shelf_letter", town->entrustment, person), *sealed));
    return std::string(as_text(opened));
}

std::int64_t Archive::letters() const
{
    return db.read([](const storage::Snapshot& data) { return data.integer("select count(*) from shelf_letter"); });
}

access::Scope Archive::scope(const access::Action& action, access::Role role) const
{
    return town->scope(action, role);
}

ErasureId Archive::planned(const Target& target)
{
    return must(plan(means, scope(access::actions::kPlanErasure, access::Role::handler), target, Cause::work_finished));
}

ErasureId Archive::approved(const Target& target)
{
    const auto id = planned(target);
    must(agree(means, scope(access::actions::kAgreeErasure, access::Role::security_officer), id));
    must(agree(means, scope(access::actions::kAgreeErasure, access::Role::handling_supervisor), id));
    return id;
}

Result<void> Archive::carry_out(ErasureId id)
{
    return erasure::carry_out(means, scope(access::actions::kCarryOutErasure, access::Role::handler), id);
}

Result<Findings> Archive::check(ErasureId id)
{
    return check_and_certify(means, publisher, scope(access::actions::kCheckErasure, access::Role::security_officer),
                             entrusted, id);
}

Erasure Archive::find(ErasureId id) const
{
    return must(db.read([&](const storage::Snapshot& data) { return find_erasure(data, town->entrustment, id); }));
}

std::string Archive::certificate(ErasureId id, Stage stage) const
{
    const auto erasure = find(id);
    return must(
        db.read([&](const storage::Snapshot& data) { return certificate_file(data, publisher, erasure, stage); }));
}

} // namespace azukari::erasure::testing
