#include "custody/packing/package_store.h"

#include "custody/copies/copy_store.h"
#include "custody/packing/package_file.h"
#include "infra/seal/digest.h"
#include "infra/sheet/zip_password.h"
#include "infra/sheet/zip_writer.h"
#include "ledger/ledger.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace azukari::custody {
namespace {

constexpr std::string_view kPackages =
    "select p.id, p.number, p.side, p.title, p.persons, p.made_at, s.name, p.sha256, p.size_bytes, p.notice_printed_at"
    " from custody_package p join party_staff s on s.id = p.made_by where p.entrustment = ? ";
constexpr std::string_view kManifestName = "目録.txt";

Package read_package(const storage::Row& row, EntrustmentId entrustment)
{
    return {row.id<PackageId>(0),
            entrustment,
            row.integer(1),
            static_cast<Side>(row.integer(2)),
            row.string(3),
            row.integer(4),
            row.instant(5),
            row.string(6),
            row.string(7),
            row.integer(8),
            row.maybe(9, [&] { return row.instant(9); }),
            {}};
}

void read_items(const storage::Snapshot& snapshot, Package& package)
{
    package.items = snapshot.all("select name, size_bytes, sha256 from custody_package_item"
                                 " where entrustment = ? and package = ? order by line",
                                 {package.entrustment, package.id}, [](const storage::Row& row) {
                                     return PackageItem{row.string(0), row.integer(1), row.string(2)};
                                 });
}

Result<std::vector<PackageItem>> items_of(const NewPackage& wanted)
{
    AZK_REQUIRE(detail::check_words(wanted.title, "title", "情報の内容"));
    if (wanted.persons < 1) return refuse_field("persons", kPersonsExpected);
    if (wanted.files.empty()) return refuse_field("files", kNoFiles);
    std::int64_t total = 0;
    for (const auto& file : wanted.files) total += static_cast<std::int64_t>(file.content.size());
    if (total > kMaxPackageBytes)
        return refuse_field("files", kPackageTooLarge, megabytes(total), megabytes(kMaxPackageBytes));
    std::vector<PackageItem> items;
    std::set<std::string_view> names{kManifestName};
    for (const auto& file : wanted.files) {
        AZK_REQUIRE(check_file(file.name, file.content));
        if (!names.insert(file.name).second) return refuse_field("files", kFileTwice, std::string(file.name));
        items.push_back({std::string(file.name), static_cast<std::int64_t>(file.content.size()),
                         hex(seal::sha256(as_bytes(file.content)))});
    }
    return items;
}

std::string zip_of(const Package& package, const NewPackage& wanted, SecretText password, Entropy& entropy)
{
    sheet::ZipWriter writer(std::move(password), entropy, package.made_at);
    std::string out;
    writer.add(out, kManifestName, manifest_of(package));
    for (const auto& file : wanted.files) {
        writer.begin(out, file.name);
        writer.write(out, file.content);
        writer.end(out);
    }
    writer.finish(out);
    return out;
}

} // namespace

std::string file_name_of(const Package& package)
{
    const auto day = CivilDate::of(package.made_at);
    return fmt::format("暗号化データ_第{}号_{:04}{:02}{:02}.zip", package.number, day.year(), day.month(), day.day());
}

std::string megabytes(std::int64_t bytes)
{
    return std::to_string((bytes + (std::int64_t{1} << 20) - 1) >> 20);
}

std::string manifest_of(const Package& package)
{
    auto text = fmt::format("暗号化データ 目録\r\n作成 {}（{}）\r\n情報の内容 {}\r\n含まれる人数 {}人\r\n\r\n",
                            to_japanese(package.made_at), japanese(package.side), package.title, package.persons);
    for (const auto& item : package.items)
        text += fmt::format("{}\r\n  {}バイト\r\n  指紋(SHA-256) {}\r\n", item.name, item.size, item.sha256);
    return text;
}

Result<Packed> pack(const access::Scope& scope, Entropy& entropy, const NewPackage& wanted)
{
    AZK_TRY(auto items, items_of(wanted));
    Package package{.entrustment = detail::about(scope),
                    .side = side_of(scope),
                    .title = wanted.title,
                    .persons = wanted.persons,
                    .made_at = scope.moment().at,
                    .items = std::move(items)};
    auto password = sheet::make_password(entropy);
    auto file = zip_of(package, wanted, SecretText(password.reveal()), entropy);
    package.sha256 = hex(seal::sha256(as_bytes(file)));
    package.size = static_cast<std::int64_t>(file.size());
    return Packed{std::move(package), std::move(file), std::move(password)};
}

Result<Package> record_package(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                               const seal::SealKey& key, const Packed& packed, std::string_view recipient)
{
    auto package = packed.package;
    package.id = ids.next<PackageNoun>();
    const auto sealed = seal::seal_value(key, detail::password_place(package.entrustment, package.id),
                                         as_bytes(packed.password.reveal()), entropy);
    return detail::record_sealed_package(tx, ids, scope, std::move(package), sealed, recipient);
}

namespace detail {

seal::Context password_place(EntrustmentId entrustment, const PackageId& id)
{
    return {"custody_package", id.bytes(), "password", entrustment};
}

Result<Package> record_sealed_package(storage::Tx& tx, IdSource& ids, const access::Scope& scope, Package package,
                                      ByteView sealed_password, std::string_view recipient)
{
    package.number = tx.integer("select coalesce(max(number), 0) + 1 from custody_package where entrustment = ?",
                                {package.entrustment});
    AZK_TRY(const auto copy, record_copy(tx, ids, scope,
                                         {.door = Door::package,
                                          .object = "custody-package:" + package.id.text(),
                                          .persons = package.persons,
                                          .sha256 = package.sha256,
                                          .recipient = std::string(recipient)}));
    tx.execute("insert into custody_package (entrustment, id, number, side, title, persons, made_at, made_by, sha256,"
               " size_bytes, copy, password) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {package.entrustment, package.id, package.number, static_cast<int>(package.side), package.title,
                package.persons, package.made_at, scope.staff(), package.sha256, package.size, copy, sealed_password});
    int line = 0;
    for (const auto& item : package.items)
        tx.execute("insert into custody_package_item (entrustment, package, line, name, size_bytes, sha256)"
                   " values (?, ?, ?, ?, ?, ?)",
                   {package.entrustment, package.id, ++line, item.name, item.size, item.sha256});
    auto entry = scope.entry("custody.package_made");
    entry.object = package.id.text();
    entry.counts = {{"files", line}, {"persons", package.persons}, {"number", package.number}};
    entry.references = {{"sha256", package.sha256}};
    ledger::append(tx, entry);
    return package;
}

} // namespace detail

Result<Notice> take_notice(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope,
                           const seal::SealKey& key, PackageId id)
{
    const auto entrustment = detail::about(scope);
    AZK_TRY(const auto package, find_package(tx, entrustment, id));
    if (package.side != side_of(scope)) return refuse(kNotYourPackage);
    if (package.notice_printed) return refuse(kNoticePrinted, to_japanese(*package.notice_printed));
    const auto sealed = tx.one("select password from custody_package where entrustment = ? and id = ?",
                               {entrustment, id}, [](const storage::Row& row) { return row.bytes(0); });
    AZK_TRY(const auto opened, seal::open_value(key, detail::password_place(entrustment, id), *sealed));
    AZK_TRY(const auto thing, record_thing(tx, ids, entropy, scope,
                                           {.kind = ThingKind::notice,
                                            .form = fmt::format("暗号化データ 第{}号", package.number),
                                            .title = fmt::format("暗号化データ 第{}号のパスワード", package.number),
                                            .unit = "通",
                                            .package = id}));
    tx.execute("update custody_package set password = null, notice_printed_at = ? where entrustment = ? and id = ?",
               {scope.moment().at, entrustment, id});
    auto entry = scope.entry("custody.notice_printed");
    entry.object = thing.text();
    entry.references = {{"package", id.text()}};
    ledger::append(tx, entry);
    return Notice{thing, SecretText(std::string(as_text(opened)))};
}

std::vector<Package> packages_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    auto packages = snapshot.all(fmt::format("{}order by p.number desc", kPackages), {entrustment},
                                 [&](const storage::Row& row) { return read_package(row, entrustment); });
    for (auto& package : packages) read_items(snapshot, package);
    return packages;
}

Result<Package> find_package(const storage::Snapshot& snapshot, EntrustmentId entrustment, PackageId id)
{
    auto package = snapshot.one(fmt::format("{}and p.id = ?", kPackages), {entrustment, id},
                                [&](const storage::Row& row) { return read_package(row, entrustment); });
    if (!package) return refuse(kNoSuchPackage);
    read_items(snapshot, *package);
    return *std::move(package);
}

} // namespace azukari::custody
