// For tests: the town's entrustment is the training course, with its register in force, a purpose, a text of the
// purpose and a keystore in a folder of its own.
#pragma once

#include "access/testing.h"
#include "entrustment/definition/definition.h"
#include "entrustment/version_store.h"
#include "entrustment_migrations.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/storage/testing.h"
#include "matters_migrations.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault.h"
#include "vault_migrations.h"

#include <filesystem>
#include <stdlib.h>

namespace azukari::vault::testing {

inline std::vector<storage::Migration> migrations()
{
    auto all = access::testing::migrations();
    for (const auto& room : {migrations_of_matters(), migrations_of_entrustment(), migrations_of_vault()})
        all.insert(all.end(), room.begin(), room.end());
    return all;
}

struct Safe {
    // `definitions`: the folder of that name in the tree.
    Safe(storage::Db& store, const std::string& definitions_folder)
        : db(store),
          town(store),
          keystore(open_keystore()),
          vault(store, keystore, entropy,
                matters::Matters::read(definitions_folder + "/collection/matters.toml").value())
    {
        const auto definitions = entrustment::read_definitions(definitions_folder).value();
        for (const auto& [code, id, contractor] : {std::tuple("training", town.entrustment, town.contractor),
                                                   std::tuple("livelihood", town.other_entrustment, town.stranger)})
            for (const auto& definition : definitions.entrustments)
                if (definition.current.code == code)
                    db.write([&](storage::Tx& tx) {
                          return entrustment::load(tx, town.moment, definition,
                                                   {.id = id,
                                                    .ward = town.ward,
                                                    .contractor = contractor,
                                                    .contractor_name = "株式会社見本",
                                                    .carried_to = town.moment.year});
                      }).value();
        const auto ward = scope(access::actions::kDeclarePurposes, access::Role::ward_officer);
        db.write([&](storage::Tx& tx) -> Result<std::int64_t> {
              AZK_REQUIRE(declare_purpose(tx, ward, "course_operation", "講座・研修の運営"));
              return publish_text(tx, ward, TextKind::purpose, "利用目的", "講座の受付と連絡のためだけに使います。");
          }).value();
    }
    ~Safe() { std::filesystem::remove_all(folder); }

    seal::Keystore open_keystore()
    {
        const bool memory = std::filesystem::exists("/dev/shm");
        std::string name = std::string(memory ? "/dev/shm" : "/tmp") + "/azukari-vault-XXXXXX";
        folder = mkdtemp(name.data());
        auto guard = seal::KeyFileProvider::fresh(folder / "root.key").value();
        return seal::Keystore::create({.directory = folder / "keys", .keys_in_memory = 1024}, guard, entropy).value();
    }

    access::Scope scope(const access::Action& action, access::Role role = access::Role::handler) const
    {
        return town.scope(action, role);
    }
    access::Scope writer() const { return scope(access::actions::kRecordPerson); }
    access::Scope reader() const { return scope(access::actions::kRevealPerson); }

    // What a clerk writes who took a call.
    Vault::Writing writing(FieldMap values, std::set<std::string, std::less<>> circumstances = {}) const
    {
        Vault::Writing made;
        made.purpose = "course_operation";
        made.content.values = std::move(values);
        made.content.circumstances = std::move(circumstances);
        made.content.origin = {Source::person, "", Channel::telephone, town.moment.today, 1};
        made.content.reason = "申込みの電話を受けたため";
        return made;
    }
    SubjectId person(FieldMap values) const
    {
        return vault.record_person(writer(), writing(std::move(values))).value();
    }
    Result<Vault::Revealed> look(SubjectId subject, bool history = false) const
    {
        return vault.reveal(reader(), subject, {"course_operation", "申込みの確認"}, history);
    }
    std::int64_t entries(std::string_view act) const { return town.entries(act); }

    storage::Db& db;
    access::testing::Town town;
    mutable SeededEntropy entropy{11};
    std::filesystem::path folder;
    seal::Keystore keystore;
    Vault vault;
};

inline void with_safe(const std::string& definitions_folder, const std::function<void(Safe&)>& test)
{
    storage::testing::on_every_store(migrations(), [&](storage::Db& db) {
        Safe safe(db, definitions_folder);
        test(safe);
    });
}

} // namespace azukari::vault::testing
