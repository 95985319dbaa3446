// What stands in a part, told by the house that made it and signed with its ledger's key (C2SP signed-note):
//
//   azukari-backup/v1
//   part data                       data, keys, ledger
//   set 0190…                       the three made together share it
//   ledger azukari.example/ledger   whose house
//   key azukari.example/ledger+…    vkey of the signature below
//   made 1795226700000000           microseconds since 1970
//   tree 1234 <hex>                 entries and root: in `data` the store's own ledger, in `ledger` its checkpoint
//   generation 12                   of the keystore, in `keys`; 0 elsewhere
//   file <name> <bytes> <SHA-256>   each file, in the order of the names
//   rows <table> <count>            in `data`: each table
#pragma once

#include "backup/backup.h"
#include "ledger/note/signed_note.h"
#include "ledger/tree/hash.h"

#include <map>

namespace azukari::backup {

struct FileDigest {
    std::uint64_t size = 0;
    std::string sha256; // hex
    bool operator==(const FileDigest&) const = default;
};

struct Manifest {
    Part part;
    SetId set;
    ledger::note::VerifierKey key; // its name is the ledger's origin
    Instant made{};
    std::uint64_t tree_size = 0;
    ledger::tree::Hash tree_root{};
    std::uint64_t generation = 0;
    std::map<std::string, FileDigest> files{};
    std::map<std::string, std::int64_t> rows{};
    bool operator==(const Manifest&) const = default;
};

std::string text_of(const Manifest& manifest);
// Accepts exactly what text_of() writes.
std::optional<Manifest> parse_manifest(std::string_view text);

inline constexpr std::size_t kMostManifestBytes = 64 * 1024;

} // namespace azukari::backup
