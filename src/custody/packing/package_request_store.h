// 暗号化データの申請: what the contractor wants to send out. The ZIP is made at once and kept, locked under its own
// password, until a second person has checked it and a third approved it; then who asked takes it, once. Whatever
// changes in between voids the approval. The file of a request that was refused, withdrawn or left lying is forgotten.
// Source: K51, 特記事項 21-6, 31-8.
#pragma once

#include "approval/approval.h"
#include "approval/description.h"
#include "custody/packing/package_store.h"
#include "infra/seal/running_digest.h"

namespace azukari::custody {

inline constexpr Duration kPackageRequestHolds = Duration::hours(24 * 3);
inline constexpr Duration kLeavesWithin = Duration::hours(1);
// Of all files that wait in one entrustment, so that nobody fills the store.
inline constexpr std::int64_t kMaxKeptBytes = std::int64_t{256} << 20;

struct PackageRequest {
    Package package; // without a number yet
    StaffId maker;
    std::string recipient;
    bool kept; // the file is still here
    approval::Request approval;
};

// Keeps the ZIP and asks for approval. Refuses kRequestsFull.
Result<PackageId> ask_package(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                              const seal::SealKey& key, const Packed& packed, std::string_view recipient);

// Newest first; those that were taken are packages now. Refuses kNoSuchPackage.
std::vector<PackageRequest> package_requests(const storage::Snapshot& snapshot, EntrustmentId entrustment);
Result<PackageRequest> find_package_request(const storage::Snapshot& snapshot, EntrustmentId entrustment, PackageId id);

// Whether this person may agree or refuse now.
bool may_decide_on(const PackageRequest& request, const access::Scope& scope);

// What lies there for the requests of an entrustment.
std::int64_t kept_bytes(const storage::Snapshot& snapshot, EntrustmentId entrustment);

// One of its files, opened for somebody who checks. `line` counts from 1. Refuses kNoSuchPackage, kRequestOver, and
// what ZipReader refuses. note_opening() leaves the ledger entry: call it before anybody is handed the content.
struct OpenedFile {
    PackageId package;
    std::int64_t line;
    std::string name, sha256;
    std::int64_t persons;
    std::string content;
};
Result<OpenedFile> open_package_file(const storage::Snapshot& snapshot, const access::Scope& scope,
                                     const seal::SealKey& key, PackageId id, std::int64_t line);
void note_opening(storage::Tx& tx, const access::Scope& scope, const OpenedFile& opened);

// Held against what lies there at this moment. Refuse what approval::agree, reject and withdraw refuse.
Result<void> agree_package(storage::Tx& tx, const access::Scope& scope, PackageId id);
Result<void> reject_package(storage::Tx& tx, const access::Scope& scope, PackageId id, std::string_view reason);
Result<void> withdraw_package(storage::Tx& tx, const access::Scope& scope, PackageId id);

// Lets the ZIP out, to who asked for it: package, copy and ledger are durable with this transaction. LeavingFile hands
// the file over. Refuses kNotYourRequest and what approval::use refuses.
Result<Package> take_package(storage::Tx& tx, IdSource& ids, const access::Scope& scope, PackageId id);

// The file of a package that was just taken, on its way out: part by part from the store, held against its fingerprint,
// and forgotten there before the last part is handed over.
class LeavingFile {
public:
    LeavingFile(storage::Db& db, Package package); // the store outlives it
    // Appends the next part to `piece`; false when it was the last. Throws Fault when the file is not whole any more.
    bool next(std::string& piece);

private:
    storage::Db& db_;
    Package package_;
    std::int64_t part_ = 0;
    seal::RunningDigest digest_;
};

// Forgets the files of requests whose time is over, and those whose way out was broken off more than kLeavesWithin ago.
// Returns how many requests.
std::int64_t forget_package_requests(storage::Tx& tx, Instant now);

} // namespace azukari::custody
