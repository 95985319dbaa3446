#include "custody/packing/package_request_store.h"

#include "approval/approval_rules.h"
#include "approval/approval_store.h"
#include "base/check.h"
#include "infra/seal/digest.h"
#include "infra/sheet/zip_reader.h"
#include "ledger/ledger.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody {
namespace {

constexpr std::string_view kDoor = "package";
constexpr std::size_t kPartBytes = std::size_t{1} << 20;

std::vector<PackageItem> items_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, const PackageId& id)
{
    return snapshot.all("select name, size_bytes, sha256 from custody_package_request_item"
                        " where entrustment = ? and package = ? order by line",
                        {entrustment, id}, [](const storage::Row& row) {
                            return PackageItem{row.string(0), row.integer(1), row.string(2)};
                        });
}

// The ZIP as it lies there.
std::string file_of(const storage::Snapshot& snapshot, EntrustmentId entrustment, const PackageId& id)
{
    std::string file;
    snapshot.each("select bytes from custody_package_request_part where entrustment = ? and package = ? order by part",
                  {entrustment, id}, [&](const storage::Row& row) { file += as_text(row.bytes(0)); });
    return file;
}

// What would leave at this moment, from the file itself.
approval::Description description_of(const Package& package, std::string_view recipient, std::string_view file)
{
    approval::Description what(kDoor, package.id.text());
    what.add("content", package.title).add("persons", package.persons).add("recipient", recipient);
    for (const auto& item : package.items) what.add("file", fmt::format("{} {} {}", item.sha256, item.size, item.name));
    what.add("zip_sha256", hex(seal::sha256(as_bytes(file))));
    return what;
}

struct AsItLies {
    PackageRequest request;
    std::string file;
    approval::Description description;
};
Result<AsItLies> as_it_lies(const storage::Snapshot& snapshot, const access::Scope& scope, PackageId id)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(auto request, find_package_request(snapshot, entrustment, id));
    auto file = file_of(snapshot, entrustment, id);
    auto description = description_of(request.package, request.recipient, file);
    return AsItLies{std::move(request), std::move(file), std::move(description)};
}

// The file and its password; that it was asked for, and what became of it, stays.
void forget_file(storage::Tx& tx, EntrustmentId entrustment, const PackageId& id)
{
    tx.execute("delete from custody_package_request_part where entrustment = ? and package = ?", {entrustment, id});
    tx.execute("update custody_package_request set password = null where entrustment = ? and id = ?",
               {entrustment, id});
}

void forget(storage::Tx& tx, EntrustmentId entrustment, const PackageId& id)
{
    forget_file(tx, entrustment, id);
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
    const auto sealed = seal::seal_value(key, detail::password_place(entrustment, package.id),
                                         as_bytes(packed.password.reveal()), entropy);
    const auto approval = approval::ask(tx, ids, scope, description_of(package, recipient, packed.file),
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
    for (std::size_t at = 0; at < file.size(); at += kPartBytes)
        tx.execute("insert into custody_package_request_part (entrustment, package, part, bytes) values (?, ?, ?, ?)",
                   {entrustment, package.id, static_cast<std::int64_t>(at / kPartBytes),
                    as_bytes(file.substr(at, kPartBytes))});
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

Result<OpenedFile> open_package_file(storage::Tx& tx, const access::Scope& scope, const seal::SealKey& key,
                                     PackageId id, std::int64_t line)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(const auto lies, as_it_lies(tx, scope, id));
    if (!lies.request.kept) return refuse(kRequestOver);
    const auto& items = lies.request.package.items;
    if (line < 1 || static_cast<std::size_t>(line) > items.size()) return refuse(kNoSuchPackage);
    const auto& item = items[static_cast<std::size_t>(line - 1)];
    const auto sealed = tx.one("select password from custody_package_request where entrustment = ? and id = ?",
                               {entrustment, id}, [](const storage::Row& row) { return row.bytes(0); });
    AZK_TRY(const auto opened, seal::open_value(key, detail::password_place(entrustment, id), *sealed));
    const SecretText password{std::string(as_text(opened))};
    const sheet::TextArchive archive(lies.file);
    AZK_TRY(const auto reader, sheet::ZipReader::open(archive));
    for (const auto& member : reader.members()) {
        if (member.name != item.name) continue;
        AZK_TRY(auto content, reader.read_whole(member, &password));
        auto entry = scope.entry("custody.package_looked");
        entry.object = id.text();
        entry.counts = {{"line", line}, {"persons", lies.request.package.persons}};
        entry.references = {{"sha256", item.sha256}};
        ledger::append(tx, entry);
        return OpenedFile{item.name, std::move(content)};
    }
    return refuse(kNoSuchPackage);
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

Result<TakenPackage> take_package(storage::Tx& tx, IdSource& ids, const access::Scope& scope, PackageId id)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(auto lies, as_it_lies(tx, scope, id));
    if (lies.request.maker != scope.staff()) return refuse(kNotYourRequest);
    AZK_REQUIRE(approval::use(tx, scope, lies.request.approval.id, lies.description));
    const auto sealed = tx.one("select password from custody_package_request where entrustment = ? and id = ?",
                               {entrustment, id}, [](const storage::Row& row) { return row.bytes(0); });
    forget(tx, entrustment, id);
    AZK_TRY(auto package, detail::record_sealed_package(tx, ids, scope, std::move(lies.request.package), *sealed,
                                                        lies.request.recipient));
    return TakenPackage{std::move(package), std::move(lies.file)};
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
    return forgotten;
}

} // namespace azukari::custody
