// For tests of what erases: a town whose entrustment holds persons' information in two tables, sealed under their keys,
// in a folder of its own that can be closed, copied, put back and opened again.
#pragma once

#include "access/testing.h"
#include "erasure/certificate.h"
#include "infra/storage/db.h"

#include <filesystem>

namespace azukari::erasure::testing {

inline constexpr whereabouts::SubjectTable kShelves[] = {
    {.table = "shelf_letter", .batch_column = "batch"},
    {.table = "shelf_note", .entrustment_column = "entrusted_as", .subject_column = "about"}};

// Everything a test needs of tables.
void migrate(storage::Db& db);

class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct Batch {
    std::string id;
    std::vector<SubjectId> persons;
};

// Keys and store are opened in `folder`, or made when there are none; the town is found again in a store that has one.
// `db`: another store than the folder's own.
class Archive {
public:
    explicit Archive(const std::filesystem::path& folder, storage::Db* db = nullptr, seal::DiskStep disk_step = {});

    // Rows of `count` persons: a letter and a note for each, whose words are "<marker>-<number>".
    Batch take_in(std::size_t count, std::string_view marker);
    Result<std::string> open_letter(SubjectId person); // its words
    std::int64_t letters() const;

    access::Scope scope(const access::Action& action, access::Role role) const;
    // Planned by the handler; with every agreement, too.
    ErasureId planned(const Target& target);
    ErasureId approved(const Target& target);
    // Begun and done by the handler, checked by the security officer.
    Result<void> carry_out(ErasureId id);
    Result<Findings> check(ErasureId id);
    Erasure find(ErasureId id) const;
    std::string certificate(ErasureId id, Stage stage) const;
    Target whole() const { return {TargetKind::entrustment, town->entrustment.text()}; }

private:
    std::unique_ptr<storage::Db> own_;

public:
    storage::Db& db;
    SeededEntropy entropy;
    std::unique_ptr<seal::Keystore> keystore;
    std::unique_ptr<access::testing::Town> town;
    ledger::Publisher publisher;
    Entrusted entrusted{"見本の委託", "toku21 12"};
    std::vector<OpenCopy> copies{};
    Means means;
};

} // namespace azukari::erasure::testing
