#include "restitution/return_package.h"

#include "base/check.h"
#include "infra/seal/digest.h"
#include "infra/seal/running_digest.h"
#include "infra/sheet/zip_password.h"
#include "infra/sheet/zip_writer.h"
#include "infra/text/csv.h"
#include "restitution/restitution_refusals.h"

#include <nlohmann/json.hpp>

namespace azukari::restitution {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr std::string_view kReadMe = "この ZIP は、委託で預かった個人情報を区に返還するためのものです。\r\n"
                                     "・各 .csv は、UTF-8（BOM 付き）のカンマ区切りで、1行目が見出しです。\r\n"
                                     "・添付された書類は、受け取ったままの形で attachments フォルダーにあります。\r\n"
                                     "・manifest.json に、ファイルごとの件数と指紋（SHA-256）があります。\r\n"
                                     "・パスワードは、別の人が、別の機会に渡します。\r\n";

struct WrittenTable {
    std::string content;
    std::int64_t rows = 0;
};

Result<WrittenTable> write_table(const ReturnTable& table)
{
    WrittenTable written{std::string(kByteOrderMark)};
    text::append_csv_row(written.content, {table.header.begin(), table.header.end()});
    bool even = true;
    AZK_REQUIRE(table.rows([&](const std::vector<std::string_view>& cells) {
        ++written.rows;
        if (!even) return;
        even = cells.size() == table.header.size();
        if (even)
            text::append_csv_row(written.content, cells);
        else
            written.content = std::to_string(written.rows); // which one it was
    }));
    if (!even) return refuse(kUnevenRow, table.title, written.content);
    if (written.rows != table.expected)
        return refuse(kDoesNotReconcile, table.title, std::to_string(table.expected), std::to_string(written.rows));
    return written;
}

// What manifest.json says of the file.
Result<nlohmann::ordered_json> write_file(const ReturnFile& file, sheet::ZipWriter& zip, std::string& out)
{
    seal::RunningDigest digest;
    std::size_t bytes = 0;
    zip.begin(out, file.file);
    AZK_REQUIRE(file.content([&](std::string_view piece) {
        digest.add(as_bytes(piece));
        bytes += piece.size();
        zip.write(out, piece);
    }));
    zip.end(out);
    return nlohmann::ordered_json{
        {"file", file.file}, {"title", file.title}, {"bytes", bytes}, {"sha256", hex(digest.finish())}};
}

} // namespace

Result<ReturnPackage> make_return_package(const access::Scope& scope, std::string_view name,
                                          const std::vector<ReturnSource>& sources, ReturnId id,
                                          const SecretText& password, Entropy& entropy)
{
    AZK_CHECK(scope.action().kind == access::Kind::ending && scope.entrustment());
    ReturnPackage package{.id = id, .zip = {}, .sha256 = {}};
    sheet::ZipWriter zip(SecretText(std::string(password.reveal())), entropy, scope.moment().at);
    auto files = nlohmann::ordered_json::array();
    for (const auto& source : sources) {
        AZK_TRY(const auto tables, source(scope));
        for (const auto& table : tables) {
            AZK_TRY(const auto written, write_table(table));
            const auto file = table.file + ".csv";
            zip.add(package.zip, file, written.content);
            files.push_back({{"file", file},
                             {"title", table.title},
                             {"rows", written.rows},
                             {"bytes", written.content.size()},
                             {"sha256", hex(seal::sha256(as_bytes(written.content)))}});
            package.rows += written.rows;
            if (table.of_persons) package.persons += written.rows;
            ++package.files;
            for (const auto& attached : table.files) {
                AZK_TRY(auto told, write_file(attached, zip, package.zip));
                files.push_back(std::move(told));
                ++package.files;
            }
        }
    }
    if (package.rows == 0) return refuse(kNothingToReturn);
    const nlohmann::ordered_json manifest{{"format", "azukari-return/v1"},
                                          {"return", id.text()},
                                          {"entrustment", {{"id", scope.entrustment()->text()}, {"name", name}}},
                                          {"made", to_iso(scope.moment().at)},
                                          {"persons", package.persons},
                                          {"rows", package.rows},
                                          {"files", files}};
    zip.add(package.zip, "manifest.json", manifest.dump(2) + "\n");
    zip.add(package.zip, "README.txt", std::string(kByteOrderMark) + std::string(kReadMe));
    zip.finish(package.zip);
    package.files += 2;
    package.sha256 = hex(seal::sha256(as_bytes(package.zip)));
    return package;
}

SecretText password_of(const seal::SealKey& key, ReturnId id)
{
    const auto drawn = seal::hmac_sha256(key.reveal().reveal(), ByteView(id.bytes()));
    std::string password;
    // 24 signs out of 32 bytes: a byte above the largest multiple is drawn again from the digest of the rest.
    auto pool = drawn;
    std::size_t at = 0;
    constexpr auto signs = sheet::kPasswordSigns;
    const std::size_t limit = 256 / signs.size() * signs.size();
    for (std::size_t sign = 0; sign < sheet::kPasswordGroups * sheet::kPasswordGroup;) {
        if (at == pool.size()) {
            pool = seal::hmac_sha256(key.reveal().reveal(), ByteView(pool));
            at = 0;
        }
        const std::size_t byte = pool[at++];
        if (byte >= limit) continue;
        if (sign > 0 && sign % sheet::kPasswordGroup == 0) password += '-';
        password += signs[byte % signs.size()];
        ++sign;
    }
    return SecretText(std::move(password));
}

} // namespace azukari::restitution
