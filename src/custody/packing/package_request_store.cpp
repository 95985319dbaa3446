#include "custody/packing/package_request_store.h"

#include "approval/approval_rules.h"
#include "approval/approval_store.h"
#include "base/check.h"
#include "base/fault.h"
#include "infra/seal/running_digest.h"
#include "infra/sheet/zip_reader.h"
#include "ledger/ledger.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody {
namespace {

constexpr std::string_view kDoor = "package";
constexpr std::int64_t kPartBytes = std::int64_t{1} << 20;

std::vector<PackageItem> items_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, const PackageId& id)
{
    return snapshot.all("select name, size_bytes, sha256 from custody_package_request_item"
                        " where entrustment = ? and package = ? order by line",
                        {entrustment, id}, [](const storage::Row& row) {
                            return PackageItem{row.string(0), row.integer(1), row.string(2)};
                        });
}

std::int64_t parts_of(std::int64_t size)
{
    return (size + kPartBytes - 1) / kPartBytes;
}

// One part of the ZIP as it lies there; nothing when it is gone.
std::optional<Bytes> part_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, const PackageId& id,
                             std::int64_t part)
{
    return snapshot.one("select bytes from custody_package_request_part where entrustment = ? and package = ?"
                        " and part = ?",
                        {entrustment, id, part}, [](const storage::Row& row) { return row.bytes(0); });
}

// The ZIP as it lies there, one part of it in memory at a time.
class KeptArchive final : public sheet::Archive {
public:
    KeptArchive(const storage::Snapshot& snapshot, const Package& package) : snapshot_(snapshot), package_(package) {}
    std::uint64_t size() const override { return static_cast<std::uint64_t>(package_.size); }
    bool read(std::uint64_t offset, std::span<char> room) const override
    {
        while (!room.empty()) {
            const auto number = static_cast<std::int64_t>(offset) / kPartBytes;
            if (number != number_) {
                part_ = part_of(snapshot_, package_.entrustment, package_.id, number).value_or(Bytes{});
                number_ = number;
            }
            const auto at = static_cast<std::size_t>(offset) % static_cast<std::size_t>(kPartBytes);
            if (at >= part_.size()) return false;
            const auto taken = std::min(room.size(), part_.size() - at);
            std::copy_n(as_text(part_).substr(at).begin(), taken, room.begin());
            room = room.subspan(taken);
            offset += taken;
        }
        return true;
    }

private:
    const storage::Snapshot& snapshot_;
    const Package& package_;
    mutable std::int64_t number_ = -1;
    mutable Bytes part_;
};

std::string digest_of_kept(const storage::Snapshot& snapshot, const Package& package)
{
    seal::RunningDigest digest;
    for (std::int64_t number = 0;; ++number) {
        const auto part = part_of(snapshot, package.entrustment, package.id, number);
        if (!part) return hex(digest.finish());
        digest.add(*part);
    }
}

// What would leave at this moment. `zip_sha256`: of the file itself, as it lies there.
approval::Description description_of(const Package& package, std::string_view recipient, std::string_view zip_sha256)
{
    approval::Description what(kDoor, package.id.text());
    what.add("content", package.title).add("persons", package.persons).add("recipient", recipient);
    for (const auto& item : package.items) what.add("file", fmt::format("{} {} {}", item.sha256, item.size, item.name));
    what.add("zip_sha256", zip_sha256);
    return what;
}

struct AsItLies {
    PackageRequest request;
    approval::Description description;
};
Result<AsItLies> as_it_lies(const storage::Snapshot& snapshot, const access::Scope& scope, PackageId id)
{
    AZK_TRY(auto request, find_package_request(snapshot, detail::about(scope), id));
    auto description = description_of(request.package, request.recipient, digest_of_kept(snapshot, request.package));
    return AsItLies{std::move(request), std::move(description)};
}

// The file and its password; that it was asked for, and what became of it, stays.
void forget_file(storage::Tx& tx, EntrustmentId entrustment, const PackageId& id)
{
    tx.execute("delete from custody_package_request_part where entrustment = ? and package = ?", {entrustment, id});
    tx.execute("update custody_package_request set password = null where entrustment = ? and id = ?",
               {entrustment, id});
}

// It is a package now; its file stays until it has left.
void forget_request(storage::Tx& tx, EntrustmentId entrustment, const PackageId& id)
{
    tx.execute("delete from custody_package_request_item where entrustment = ? and package = ?", {entrustment, id});
    tx.execute("delete from custody_package_request where entrustment = ? and id = ?", {entrustment, id});
}

} // namespace

Result<PackageId> ask_package(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                              const seal::SealKey& key, const Packed& packed, std::string_view recipient)
{
    auto package = packed.package;
    package.id = ids.next<PackageNoun>();
    const auto& entrustment = package.entrustment;
    const auto waiting = kept_bytes(tx, entrustment);
    if (waiting + package.size > kMaxKeptBytes)
        return refuse(kRequestsFull, megabytes(kMaxKeptBytes), megabytes(waiting), megabytes(package.size));
    const auto sealed = seal::seal_value(key, detail::password_place(entrustment, package.id),
                                         as_bytes(packed.password.reveal()), entropy);
    const auto approval = approval::ask(tx, ids, scope, description_of(package, recipient, package.sha256),
                                        approval::two_persons(), kPackageRequestHolds);
    tx.execute(
        "insert into custody_package_request (entrustment, id, side, title, persons, made_at, made_by, recipient,"
        " sha256, size_bytes, password, approval) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {entrustment, package.id, static_cast<int>(package.side), package.title, package.persons, package.made_at,
         scope.staff(), recipient, package.sha256, package.size, sealed, approval});
    std::int64_t line = 0;
    for (const auto& item : package.items)
        tx.execute("insert into custody_package_request_item (entrustment, package, line, name, size_bytes, sha256)"
                   " values (?, ?, ?, ?, ?, ?)",
                   {entrustment, package.id, ++line, item.name, item.size, item.sha256});
    const std::string_view file = packed.file;
    for (std::int64_t part = 0; part < parts_of(package.size); ++part)
        tx.execute("insert into custody_package_request_part (entrustment, package, part, bytes) values (?, ?, ?, ?)",
                   {entrustment, package.id, part,
                    as_bytes(file.substr(static_cast<std::size_t>(part * kPartBytes), kPartBytes))});
    auto entry = scope.entry("custody.package_asked");
    entry.object = package.id.text();
    entry.counts = {{"files", line}, {"persons", package.persons}};
    entry.references = {{"sha256", package.sha256}};
    ledger::append(tx, entry);
    return package.id;
}

std::vector<PackageRequest> package_requests(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    struct Asked {
        Package package;
        StaffId maker;
        std::string recipient;
        approval::ApprovalId approval;
        bool kept;
    };
    const auto read = [&](const storage::Row& row) {
        Package package{.id = row.id<PackageId>(0), .entrustment = entrustment};
        package.side = static_cast<Side>(row.integer(1));
        package.title = row.string(2);
        package.persons = row.integer(3);
        package.made_at = row.instant(4);
        package.made_by = row.string(5);
        package.sha256 = row.string(6);
        package.size = row.integer(7);
        return Asked{std::move(package), row.id<StaffId>(8), row.string(9), row.id<approval::ApprovalId>(10),
                     !row.is_null(11)};
    };
    auto stored = snapshot.all(
        "select r.id, r.side, r.title, r.persons, r.made_at, s.name, r.sha256, r.size_bytes, r.made_by, r.recipient,"
        " r.approval, r.password from custody_package_request r join party_staff s on s.id = r.made_by"
        " where r.entrustment = ? order by r.made_at desc",
        {entrustment}, read);
    std::vector<PackageRequest> all;
    for (auto& asked : stored) {
        asked.package.items = items_of(snapshot, entrustment, asked.package.id);
        auto approval = approval::find_request(snapshot, entrustment, asked.approval);
        AZK_CHECK(approval.has_value()); // asked for in the same transaction
        all.push_back(
            {std::move(asked.package), asked.maker, std::move(asked.recipient), asked.kept, *std::move(approval)});
    }
    return all;
}

Result<PackageRequest> find_package_request(const storage::Snapshot& snapshot, EntrustmentId entrustment, PackageId id)
{
    for (auto& request : package_requests(snapshot, entrustment))
        if (request.package.id == id) return std::move(request);
    return refuse(kNoSuchPackage);
}

bool may_decide_on(const PackageRequest& request, const access::Scope& scope)
{
    const auto& asked = request.approval;
    return request.kept &&
           approval::may_decide(asked, scope.staff(), scope.role(), asked.digest, scope.moment().at).has_value();
}

std::int64_t kept_bytes(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    std::int64_t sum = 0;
    snapshot.each("select size_bytes from custody_package_request where entrustment = ? and password is not null",
                  {entrustment}, [&](const storage::Row& row) { sum += row.integer(0); });
    return sum;
}

Result<OpenedFile> open_package_file(const storage::Snapshot& snapshot, const access::Scope& scope,
                                     const seal::SealKey& key, PackageId id, std::int64_t line)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(const auto request, find_package_request(snapshot, entrustment, id));
    if (!request.kept) return refuse(kRequestOver);
    const auto& items = request.package.items;
    if (line < 1 || static_cast<std::size_t>(line) > items.size()) return refuse(kNoSuchPackage);
    const auto& item = items[static_cast<std::size_t>(line - 1)];
    const auto sealed = snapshot.one("select password from custody_package_request where entrustment = ? and id = ?",
                                     {entrustment, id}, [](const storage::Row& row) { return row.bytes(0); });
    AZK_TRY(const auto opened, seal::open_value(key, detail::password_place(entrustment, id), *sealed));
    const SecretText password{std::string(as_text(opened))};
    const KeptArchive archive(snapshot, request.package);
    AZK_TRY(const auto reader, sheet::ZipReader::open(archive));
    for (const auto& member : reader.members()) {
        if (member.name != item.name) continue;
        AZK_TRY(auto content, reader.read_whole(member, &password));
        return OpenedFile{id, line, item.name, item.sha256, request.package.persons, std::move(content)};
    }
    return refuse(kNoSuchPackage);
}

void note_opening(storage::Tx& tx, const access::Scope& scope, const OpenedFile& opened)
{
    auto entry = scope.entry("custody.package_looked");
    entry.object = opened.package.text();
    entry.counts = {{"line", opened.line}, {"persons", opened.persons}};
    entry.references = {{"sha256", opened.sha256}};
    ledger::append(tx, entry);
}

Result<void> agree_package(storage::Tx& tx, const access::Scope& scope, PackageId id)
{
    AZK_TRY(const auto lies, as_it_lies(tx, scope, id));
    return approval::agree(tx, scope, lies.request.approval.id, lies.description);
}

Result<void> reject_package(storage::Tx& tx, const access::Scope& scope, PackageId id, std::string_view reason)
{
    AZK_TRY(const auto lies, as_it_lies(tx, scope, id));
    AZK_REQUIRE(approval::reject(tx, scope, lies.request.approval.id, lies.description, reason));
    forget_file(tx, detail::about(scope), id);
    return {};
}

Result<void> withdraw_package(storage::Tx& tx, const access::Scope& scope, PackageId id)
{
    AZK_TRY(const auto request, find_package_request(tx, detail::about(scope), id));
    AZK_REQUIRE(approval::withdraw(tx, scope, request.approval.id));
    forget_file(tx, detail::about(scope), id);
    return {};
}

Result<Package> take_package(storage::Tx& tx, IdSource& ids, const access::Scope& scope, PackageId id)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(auto lies, as_it_lies(tx, scope, id));
    if (lies.request.maker != scope.staff()) return refuse(kNotYourRequest);
    AZK_REQUIRE(approval::use(tx, scope, lies.request.approval.id, lies.description));
    const auto sealed = tx.one("select password from custody_package_request where entrustment = ? and id = ?",
                               {entrustment, id}, [](const storage::Row& row) { return row.bytes(0); });
    forget_request(tx, entrustment, id);
    return detail::record_sealed_package(tx, ids, scope, std::move(lies.request.package), *sealed,
                                         lies.request.recipient);
}

LeavingFile::LeavingFile(storage::Db& db, Package package) : db_(db), package_(std::move(package)) {}

bool LeavingFile::next(std::string& piece)
{
    const auto part = db_.read(
        [&](const storage::Snapshot& snapshot) { return part_of(snapshot, package_.entrustment, package_.id, part_); });
    if (!part) throw Fault("取り出されている暗号化データの一部が、保存先にありません");
    digest_.add(*part);
    if (++part_ < parts_of(package_.size)) {
        piece += as_text(*part);
        return true;
    }
    if (hex(digest_.finish()) != package_.sha256) throw Fault("取り出されている暗号化データの指紋が、記録と違います");
    db_.write([&](storage::Tx& tx) {
        tx.execute("delete from custody_package_request_part where entrustment = ? and package = ?",
                   {package_.entrustment, package_.id});
    });
    piece += as_text(*part);
    return false;
}

std::int64_t forget_package_requests(storage::Tx& tx, Instant now)
{
    const auto all = tx.all("select distinct entrustment from custody_package_request where password is not null", {},
                            [](const storage::Row& row) { return row.id<EntrustmentId>(0); });
    std::int64_t forgotten = 0;
    for (const auto entrustment : all)
        for (const auto& request : package_requests(tx, entrustment))
            if (request.kept && approval::state_of(request.approval, now) == approval::State::expired) {
                forget_file(tx, entrustment, request.package.id);
                ++forgotten;
            }
    // Files whose way out was broken off.
    tx.execute("delete from custody_package_request_part where exists (select 1 from custody_package p"
               " join custody_copy c on c.entrustment = p.entrustment and c.id = p.copy"
               " where p.entrustment = custody_package_request_part.entrustment"
               " and p.id = custody_package_request_part.package and c.made_at <= ?)",
               {Instant{now.micros - kLeavesWithin.micros}});
    return forgotten;
}

} // namespace azukari::custody
