// 消去証明書: the file that the contractor's system hands to the ward about an erasure, read without trust. It holds the
// signed text, the ledger's entry about it and the proof that the entry stands in the ledger:
//
//   azukari-erasure-certificate/v1
//   note <bytes>\n…  entry <bytes>\n…  proof <bytes>\n…
#pragma once

#include "verify/finding.h"
#include "verify/form/note.h"

#include <vector>

namespace azukari::verify {

struct Person { // 「2026-06-01T10:00:00+09:00 0190…  見本 太郎」
    std::string at, staff, name;
};

struct CertificateText { // what the signed text says, in its order
    std::string ledger, key, witness;
    std::string erasure, stage, outcome;
    std::string entrustment, entrustment_name, ward, contractor, clause;
    std::string target, object, cause;
    std::uint64_t persons = 0, keys = 0;
    std::string persons_digest, keys_digest;
    std::vector<std::pair<std::string, std::uint64_t>> rows; // table, number
    std::string tool;
    Person planned, operated, verified;
    std::vector<Person> agreed;
    struct Step {
        std::string code, at;
        std::uint64_t entry = 0, number = 0, generation = 0, epoch = 0;
    };
    std::vector<Step> steps;
    std::uint64_t probes = 0;
    struct Outside { // a copy, or a backup of the keys, that is still somewhere
        std::string id, what, made, expires;
    };
    std::vector<Outside> copies, backups;
    std::string earlier, issued;

    static std::optional<CertificateText> parse(std::string_view text);
};

struct CertificateFile {
    Note note;
    CertificateText says;
    std::string entry; // without its line's end
    Receipt receipt;
    static std::optional<CertificateFile> parse(std::string_view file);
};

struct CertificateTrust {
    std::optional<Key> log; // noted on paper; otherwise the certificate's own is taken, with a warning
    std::vector<Key> witnesses;
    const CertificateFile* earlier = nullptr; // the first stage's, when this is the second
};

struct CertificateVerdict {
    std::vector<std::string> confirmed, warnings; // sentences
    std::optional<Finding> finding;
};
CertificateVerdict verify_certificate(const CertificateFile& file, const CertificateTrust& trust);
// What the certificate says, a line for each thing, in Japanese.
std::vector<std::string> spoken(const CertificateText& says);

} // namespace azukari::verify
