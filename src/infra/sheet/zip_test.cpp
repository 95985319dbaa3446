#include "infra/sheet/zip_writer.h"

#include "infra/sheet/zip_directory.h"
#include "infra/sheet/zip_password.h"
#include "infra/sheet/zip_reader.h"

#include <cstdio>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <set>
#include <stdlib.h>
#include <zlib.h>

using namespace azukari;
using namespace azukari::sheet;

namespace {

constexpr Instant kMade{1'795'000'000'000'000}; // 2026-11-18

SecretText password()
{
    return SecretText("RW3D-7HKA-4NXP-9CTE-6GJM-FYAD");
}

// Compresses like a ward's file: rows that resemble one another.
std::string rows(std::size_t bytes)
{
    Rng rng(7);
    std::string text;
    while (text.size() < bytes)
        text += "見本市架空町" + std::to_string(rng.below(40)) + "丁目," + std::to_string(rng.next()) + "\r\n";
    text.resize(bytes);
    return text;
}

std::string archive_of(std::string_view name, std::string_view content, bool hidden = true)
{
    SeededEntropy entropy(1);
    auto writer = hidden ? ZipWriter(password(), entropy, kMade) : ZipWriter();
    std::string out;
    writer.add(out, name, content);
    writer.finish(out);
    return out;
}

// The refusal's code, or what the first member holds.
std::string opened(std::string_view bytes, const SecretText* with = nullptr, const ZipLimits& limits = {})
{
    const TextArchive archive(bytes);
    const auto reader = ZipReader::open(archive, limits);
    if (!reader) return std::string(reader.error().code());
    const auto content = reader->read_whole(reader->members().at(0), with);
    return content ? *content : std::string(content.error().code());
}

struct Folder {
    std::filesystem::path path;
    Folder()
    {
        auto name = (std::filesystem::temp_directory_path() / "azukari-zip-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

void put(const std::filesystem::path& path, std::string_view bytes)
{
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

int run(const std::string& command)
{
    return std::system((command + " >/dev/null 2>&1").c_str());
}

// Replaces the only occurrences of `from` (in header and directory) by `to`, of the same length.
std::string with_name(std::string bytes, std::string_view from, std::string_view to)
{
    for (auto at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + 1))
        bytes.replace(at, from.size(), to);
    return bytes;
}

} // namespace

TEST_CASE("a package opens with its password and says what was put in [K41]")
{
    const auto with = password();
    for (const std::size_t size : {0UL, 1UL, 4095UL, 4096UL, 100'000UL, 3'000'000UL}) {
        CAPTURE(size);
        const auto content = rows(size);
        const auto bytes = archive_of("健診結果_髙橋.csv", content);
        CHECK(opened(bytes, &with) == content);
        if (size > 100) CHECK(bytes.find(content.substr(0, 40)) == std::string::npos);
    }
    const auto bytes = archive_of("健診結果_髙橋.csv", "x");
    const TextArchive archive(bytes);
    CHECK(ZipReader::open(archive)->members().at(0).name == "健診結果_髙橋.csv");
}

TEST_CASE("a file that comes in pieces gives the same content however it is cut, and the same bytes [K41]")
{
    const auto with = password();
    const auto content = rows(9'300'000);
    std::set<std::string> archives;
    for (const std::size_t step : {777'777UL, 65'536UL, 9'300'000UL}) {
        SeededEntropy entropy(3);
        ZipWriter writer(password(), entropy, kMade, 1);
        std::string out;
        writer.begin(out, "data/対象者.csv");
        for (std::size_t at = 0; at < content.size(); at += step) writer.write(out, content.substr(at, step));
        writer.end(out);
        writer.begin(out, "empty.csv");
        writer.end(out);
        writer.finish(out);
        CHECK(opened(out, &with) == content);
        archives.insert(out);
    }
    CHECK(archives.size() == 1);
    CHECK(archives.begin()->size() < content.size() / 2);
}

TEST_CASE("blocks of noise, of nothing and of one byte follow one another in one stream [K41]")
{
    const auto with = password();
    SeededEntropy entropy(5);
    std::string content(2 * BlockDeflater::kBlock + 17, 'a');
    entropy.fill(std::span(reinterpret_cast<std::uint8_t*>(content.data()), BlockDeflater::kBlock + 999));
    for (const int level : {1, 6, 9}) {
        ZipWriter writer(password(), entropy, kMade, level);
        std::string out;
        writer.begin(out, "a.bin");
        writer.write(out, content);
        writer.end(out);
        writer.finish(out);
        CHECK(opened(out, &with, {.ratio = 2000}) == content);
    }
}

TEST_CASE("7-Zip opens what was written, tells a wrong password, and shows Japanese names [K41] [K54]")
{
    const Folder folder;
    const auto zip = (folder.path / "p.zip").string();
    SeededEntropy entropy(2);
    const auto large = rows(4'500'000), small = rows(900);
    ZipWriter writer(password(), entropy, kMade, 1);
    std::string out;
    writer.add(out, "目録.txt", small);
    writer.begin(out, "健診結果_髙橋.csv");
    writer.write(out, large);
    writer.end(out);
    writer.finish(out);
    put(zip, out);
    CHECK(run("7z t -p" + password().reveal() + " " + zip) == 0);
    CHECK(run("7z t -pWRONG " + zip) != 0);
    REQUIRE(run("cd " + folder.path.string() + " && LC_ALL=C.UTF-8 7z x -p" + password().reveal() + " p.zip") == 0);
    std::ifstream file(folder.path / "健診結果_髙橋.csv", std::ios::binary);
    CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == large);
}

TEST_CASE("what 7-Zip encrypts with AES-256 is read, what it encrypts weakly is refused [K44] [K54]")
{
    const Folder folder;
    put(folder.path / "報告.csv", "通し番号,氏名\r\n1,見本 太郎\r\n");
    const auto with = password();
    const auto seven = "cd " + folder.path.string() + " && LC_ALL=C.UTF-8 7z a -tzip -p" + with.reveal() + " ";
    REQUIRE(run(seven + "-mem=AES256 a.zip 報告.csv") == 0);
    REQUIRE(run(seven + "-mem=AES128 weak.zip 報告.csv") == 0);
    REQUIRE(run(seven + "-mem=ZipCrypto old.zip 報告.csv") == 0);
    const FileArchive archive((folder.path / "a.zip").string());
    const auto reader = ZipReader::open(archive);
    REQUIRE(reader);
    CHECK(reader->members().at(0).name == "報告.csv");
    CHECK(reader->read_whole(reader->members().at(0), &with).value() == "通し番号,氏名\r\n1,見本 太郎\r\n");
    const FileArchive weak((folder.path / "weak.zip").string()), old((folder.path / "old.zip").string());
    CHECK(ZipReader::open(weak).error().is(kWeakEncryption));
    CHECK(ZipReader::open(old).error().is(kWeakEncryption));
}

TEST_CASE("a wrong password, a missing one, and a file that should have been encrypted are told apart [K41]")
{
    const auto hidden = archive_of("a.csv", rows(1000)), plain = archive_of("a.csv", rows(1000), false);
    const SecretText wrong("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"), right = password();
    CHECK(opened(hidden, &wrong) == kWrongPassword.code);
    CHECK(opened(hidden) == kPasswordExpected.code);
    CHECK(opened(plain, &right) == kNotEncrypted.code);
    CHECK(opened(plain) == rows(1000));
}

TEST_CASE("one changed bit anywhere in a package is refused, never believed [K41]")
{
    const auto with = password();
    const auto content = rows(300);
    const auto whole = archive_of("a.csv", content);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        const auto answer = opened(bytes, &with);
        // Dates, versions and permissions apart, a change is noticed; what is read is what was written.
        CHECK((answer == content || answer.starts_with("zip.")));
    }
    auto forged = whole;
    forged[whole.find("a.csv") + 60] ^= 1; // in what is hidden
    CHECK(opened(forged, &with) == kNotAuthentic.code);
}

TEST_CASE("a torn archive is refused wherever it was cut")
{
    const auto whole = archive_of("a.csv", rows(2000));
    const auto with = password();
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        const auto answer = opened(std::string_view(whole).substr(0, size), &with);
        CHECK((answer == kTornZip.code || answer == kNoZip.code));
    }
    CHECK(opened("これはZIPではありません。ただの文章です。") == kNoZip.code);
    CHECK(opened(whole + "x", &with) == kTornZip.code);
}

TEST_CASE("names that lead out of the folder are refused before anything is opened")
{
    for (const auto name : {"/etc/passwd", "../../a.csv", "a/../../b.csv", "C:\\a.csv", "a\\b.csv", "a//b.csv", "a/./b",
                            "con\x01.csv", "a\"b.csv", "tail."})
        CHECK(opened(archive_of(name, "x", false)) == kUnsafeName.code);
    CHECK(opened(archive_of("年度/区 報告.csv", "x", false)) == "x");
    CHECK(opened(with_name(archive_of("ab.csv", "x", false), "ab.csv", "\xff\xff.csv")) == kUnreadableName.code);
    CHECK(opened(with_name(archive_of("abcd.csv", "x", false), "abcd", "\x95\xf1\x8d\x90")) == "x"); // 報告 in CP932
}

TEST_CASE("an archive that unpacks to far too much is refused by what it says, and by what it does")
{
    const auto bomb = archive_of("a.csv", std::string(30'000'000, '0'), false);
    CHECK(bomb.size() < 100'000);
    CHECK(opened(bomb) == kBomb.code);
    CHECK(opened(bomb, nullptr, {.total_bytes = 1 << 20}) == kTooLarge.code);

    // The directory lies: it promises little.
    auto lying = archive_of("a.csv", rows(200'000), false);
    const auto central = lying.find("PK\x01\x02");
    for (const auto at : {std::size_t{22}, central + 24}) lying.replace(at, 4, std::string("\x10\x00\x00\x00", 4));
    CHECK(opened(lying) == kDamagedMember.code);

    ZipWriter writer;
    std::string many;
    for (int i = 0; i < 30; ++i) writer.add(many, std::to_string(i), "x", ZipWriter::Method::store);
    writer.finish(many);
    CHECK(opened(many, nullptr, {.members = 29}) == kTooManyMembers.code);
}

TEST_CASE("archives within archives are refused, what a spreadsheet program writes is not")
{
    const auto inner = archive_of("a.csv", "x", false);
    CHECK(opened(archive_of("inner.csv", inner, false)) == kNested.code);
    CHECK(opened(archive_of("集計.xlsx", inner, false)) == inner);
    CHECK(opened(archive_of("b.dat", "7z\xbc\xaf\x27\x1c....", false)) == kNested.code);
}

TEST_CASE("members that lie upon each other, or are named twice, are refused")
{
    ZipWriter writer;
    std::string out;
    writer.add(out, "a.csv", rows(300));
    writer.add(out, "b.csv", rows(300));
    writer.finish(out);
    CHECK(opened(with_name(out, "b.csv", "a.csv")) == kSameName.code);
    auto upon = out; // the second entry points at the first member
    const auto second = upon.find("PK\x01\x02", upon.find("PK\x01\x02") + 1);
    upon.replace(second + 42, 4, std::string(4, '\0'));
    CHECK(opened(upon) == kUnsoundZip.code);
}

TEST_CASE("a changed byte in a plain archive is found by its sum")
{
    ZipWriter writer;
    std::string out;
    writer.add(out, "a.csv", "通し番号", ZipWriter::Method::store);
    writer.finish(out);
    out[out.find("\xe9\x80\x9a") + 2] ^= 1;
    CHECK(opened(out) == kDamagedMember.code);
}

TEST_CASE("a member beyond 4 GiB has its sizes as ZIP64, and 7-Zip believes them [K41]" *
          doctest::skip(std::getenv("AZUKARI_LARGE") == nullptr))
{
    const Folder folder;
    const auto zip = (folder.path / "large.zip").string();
    SeededEntropy entropy(2);
    ZipWriter writer(password(), entropy, kMade, 1);
    std::ofstream file(zip, std::ios::binary);
    std::string out;
    const std::string piece(BlockDeflater::kBlock, '0');
    const auto flush = [&] {
        file.write(out.data(), static_cast<std::streamsize>(out.size()));
        out.clear();
    };
    writer.begin(out, "large.csv");
    for (int i = 0; i < 1025; ++i) {
        writer.write(out, piece);
        flush();
    }
    writer.end(out);
    writer.add(out, "after.csv", "x");
    writer.finish(out);
    flush();
    file.close();
    CHECK(run("7z t -p" + password().reveal() + " " + zip) == 0);
    const FileArchive archive(zip);
    const auto reader = ZipReader::open(archive, {.total_bytes = std::uint64_t{8} << 30, .ratio = 2000});
    REQUIRE(reader);
    CHECK(reader->members().at(0).size == std::uint64_t{4100} << 20);
    const auto with = password();
    CHECK(reader->read_whole(reader->members().at(1), &with).value() == "x");
}

TEST_CASE("passwords are made with more than 100 bits of signs nobody confuses, in groups [K41]")
{
    SystemEntropy entropy;
    std::set<std::string> seen;
    std::set<char> signs;
    for (int i = 0; i < 200; ++i) {
        const auto made = make_password(entropy);
        const auto& text = made.reveal();
        CHECK(text.size() == 29);
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (at % 5 == 4)
                CHECK(text[at] == '-');
            else
                CHECK(kPasswordSigns.find(text[at]) != std::string_view::npos);
            if (text[at] != '-') signs.insert(text[at]);
        }
        seen.insert(text);
    }
    CHECK(seen.size() == 200);
    CHECK(signs.size() == kPasswordSigns.size());
    for (const char confusing : std::string_view("0OQ1IL2Z5S8BUV")) CHECK(signs.count(confusing) == 0);
}
