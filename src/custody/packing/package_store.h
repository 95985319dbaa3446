// Making packages, and printing their notices.
#pragma once

#include "custody/custody_store.h"
#include "custody/packing/package.h"
#include "infra/seal/sealed_value.h"

namespace azukari::custody {

struct PackageFile {
    std::string_view name;
    std::string_view content;
};
struct NewPackage {
    std::string title;
    std::int64_t persons = 0;
    std::vector<PackageFile> files;
};
struct Packed {
    Package package;  // without number and id yet
    std::string file; // the ZIP: kept nowhere, handed out once
    SecretText password;
};
// Takes time with the size, and needs no store. Refuses kNoFiles, kPackageTooLarge, kFileTwice, kPersonsExpected,
// kWordsExpected, and what check_file (package_file.h) refuses.
Result<Packed> pack(const access::Scope& scope, Entropy& entropy, const NewPackage& wanted);
// The ward's own: records package and copy, the password sealed under `key`. What the contractor sends out is asked for
// first (package_request_store.h).
Result<Package> record_package(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                               const seal::SealKey& key, const Packed& packed, std::string_view recipient);

// Registers the notice as a paper of its own and gives the password for printing it; afterwards the house does not know
// it any more. Refuses kNoSuchPackage, kNotYourPackage, kNoticePrinted.
struct Notice {
    ThingId thing;
    SecretText password;
};
Result<Notice> take_notice(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                           const seal::SealKey& key, PackageId id);

std::vector<Package> packages_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first
Result<Package> find_package(const storage::Snapshot& snapshot, EntrustmentId entrustment, PackageId id);

namespace detail {
// Where a package's sealed password is bound to.
seal::Context password_place(EntrustmentId entrustment, const PackageId& id);
// Records a package that has its id, and the copy that leaves with it.
Result<Package> record_sealed_package(storage::Tx& tx, IdSource& ids, const access::Scope& scope, Package package,
                                      ByteView sealed_password, std::string_view recipient);
} // namespace detail

} // namespace azukari::custody
