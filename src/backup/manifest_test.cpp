#include "backup/manifest.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::backup;

namespace {

Manifest example()
{
    SeededEntropy entropy(5);
    IdSource ids(Instant{1}, entropy);
    Manifest manifest{
        Part::data,
        ids.next<BackupNoun>(),
        {"azukari.example/ledger", ledger::note::KeyType::ed25519, seal::SigningKey::create(entropy).public_key()},
        Instant{1'795'226'700'000'000}};
    manifest.tree_size = 12;
    manifest.tree_root.fill(7);
    manifest.files["data.sealed"] = {34, std::string(64, 'a')};
    manifest.rows = {{"party_staff", 3}, {"vault_person", 0}};
    return manifest;
}

} // namespace

TEST_CASE("a manifest is read back exactly as it was written, and in no other form")
{
    const auto manifest = example();
    const auto text = text_of(manifest);
    CHECK(parse_manifest(text) == manifest);
    CHECK_FALSE(parse_manifest(text.substr(0, text.size() - 1)));
    CHECK_FALSE(parse_manifest(text + "rows zz 1\nrows aa 1\n")); // another order
    CHECK_FALSE(parse_manifest(text + "rows vault_person 0\n"));  // twice
    CHECK_FALSE(parse_manifest(text + "file ../../etc/passwd 1 " + std::string(64, 'a') + "\n"));
    CHECK_FALSE(parse_manifest(text + "rows zz 01\n"));
    CHECK_FALSE(parse_manifest(text + "rows zz -1\n"));
    CHECK_FALSE(parse_manifest("azukari-backup/v2" + text.substr(17)));
}
