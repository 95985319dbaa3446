// 暗号化データの申請: what the contractor wants to send out. The ZIP is made at once and kept, locked under its own
// password, until a second person has checked it and a third approved it; then who asked takes it, once. Whatever
// changes in between voids the approval. The file of a request that was refused, withdrawn or left lying is forgotten.
// Source: K51, 特記事項 21-6, 31-8.
#pragma once

#include "approval/approval.h"
#include "approval/description.h"
#include "custody/packing/package_store.h"

namespace azukari::custody {

inline constexpr Duration kPackageRequestHolds = Duration::hours(24 * 3);

struct PackageRequest {
    Package package; // without a number yet
    StaffId maker;
    std::string recipient;
    bool kept; // the file is still here
    approval::Request approval;
};

// Keeps the ZIP and asks for approval.
Result<PackageId> ask_package(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                              const seal::SealKey& key, const Packed& packed, std::string_view recipient);

// Newest first; those that were taken are packages now. Refuses kNoSuchPackage.
std::vector<PackageRequest> package_requests(const storage::Snapshot& snapshot, EntrustmentId entrustment);
Result<PackageRequest> find_package_request(const storage::Snapshot& snapshot, EntrustmentId entrustment, PackageId id);

// Whether this person may agree or refuse now.
bool may_decide_on(const PackageRequest& request, const access::Scope& scope);

// One of its files, opened for somebody who checks; leaves its ledger entry. `line` counts from 1. Refuses
// kNoSuchPackage, kRequestOver.
struct OpenedFile {
    std::string name, content;
};
Result<OpenedFile> open_package_file(storage::Tx& tx, const access::Scope& scope, const seal::SealKey& key,
                                     PackageId id, std::int64_t line);

// Held against what lies there at this moment. Refuse what approval::agree, reject and withdraw refuse.
Result<void> agree_package(storage::Tx& tx, const access::Scope& scope, PackageId id);
Result<void> reject_package(storage::Tx& tx, const access::Scope& scope, PackageId id, std::string_view reason);
Result<void> withdraw_package(storage::Tx& tx, const access::Scope& scope, PackageId id);

// Lets the ZIP out, to who asked for it: package, copy and ledger are durable with this transaction, and the file is
// kept no longer. Refuses kNotYourRequest and what approval::use refuses.
struct TakenPackage {
    Package package;
    std::string file;
};
Result<TakenPackage> take_package(storage::Tx& tx, IdSource& ids, const access::Scope& scope, PackageId id);

// Forgets the files of requests whose time is over. Returns how many.
std::int64_t forget_package_requests(storage::Tx& tx, Instant now);

} // namespace azukari::custody
