#include "programmes/guidance/received_file.h"

#include "base/random.h"
#include "infra/sheet/sheet_refusals.h"
#include "infra/sheet/zip_writer.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

const std::string kRows = "氏名,住所\r\n架空　花子,見本区架空町\r\n";

std::string zipped(std::initializer_list<std::pair<const char*, std::string>> files, const char* password)
{
    SeededEntropy entropy(5);
    std::string zip;
    const auto fill = [&](sheet::ZipWriter writer) {
        for (const auto& [name, content] : files) writer.add(zip, name, content);
        writer.finish(zip);
    };
    if (*password == 0)
        fill(sheet::ZipWriter());
    else
        fill(sheet::ZipWriter(SecretText{std::string(password)}, entropy, Instant{}));
    return zip;
}

Result<std::string> open(std::string content, const char* password)
{
    return open_received(std::move(content), SecretText{std::string(password)});
}

} // namespace

TEST_CASE("the ward's encrypted file is opened with the password of its notice, and only with it [G1] [K41]")
{
    const auto zip = zipped({{"利用券等対象者データ.csv", kRows}}, "abcd-efgh-ijkl");
    CHECK(open(zip, "abcd-efgh-ijkl").value() == kRows);
    CHECK(open(zip, "").error().is(kZipPasswordExpected));
    CHECK(open(zip, "abcd-efgh-ijkm").error().is(sheet::kWrongPassword));
    CHECK(open(zip, "abcd-efgh-ijkm").error().field() == "password");
}

TEST_CASE("a file without encryption is what it is, and a password for it is a mistake [G1]")
{
    CHECK(open(kRows, "").value() == kRows);
    CHECK(open(kRows, "abcd").error().is(kPasswordNotNeeded));
    CHECK(open(zipped({{"a.csv", kRows}}, ""), "abcd").error().is(sheet::kNotEncrypted));
}

TEST_CASE("a ZIP that holds no CSV, or two, is asked about rather than guessed at [G1]")
{
    CHECK(open(zipped({{"読んでください.pdf", "x"}}, "abcd"), "abcd").error().is(kOneCsvExpected));
    CHECK(open(zipped({{"a.csv", kRows}, {"b.CSV", kRows}}, "abcd"), "abcd").error().is(kOneCsvExpected));
    CHECK(open(zipped({{"a.csv", kRows}, {"説明.pdf", "x"}}, "abcd"), "abcd").value() == kRows);
}

TEST_CASE("a torn ZIP is not taken for its beginning [G1]")
{
    const auto zip = zipped({{"a.csv", kRows}}, "abcd");
    for (std::size_t size = 4; size < zip.size(); size += 7) CHECK_FALSE(open(zip.substr(0, size), "abcd"));
}
