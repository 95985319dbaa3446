#include "infra/wire/clamd.h"

#include "infra/wire/clamd_testing.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::wire;

namespace {

ScanSource source_of(std::string content, std::size_t piece_size = 1000)
{
    return [content = std::move(content), piece_size, at = std::size_t{0}](Bytes& piece) mutable -> Result<bool> {
        const auto size = std::min(piece_size, content.size() - at);
        piece = to_bytes(content.substr(at, size));
        at += size;
        return at < content.size();
    };
}

std::string eicar()
{
    return fmt::format("{}EICAR-STANDARD-{}", "X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "ANTIVIRUS-TEST-FILE!$H+H*");
}

struct Folder {
    Folder()
    {
        std::string name = "/tmp/azukari-clamd-XXXXXX";
        path = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

} // namespace

TEST_CASE("what the scanner says is a verdict only in its own words")
{
    using namespace std::string_view_literals;
    CHECK_FALSE(verdict_in("stream: OK\0"sv)->found);
    CHECK(verdict_in("stream: Win.Test.EICAR_HDB-1 FOUND\0"sv)->signature == "Win.Test.EICAR_HDB-1");
    CHECK(verdict_in("stream: <b>evil</b> FOUND\0"sv)->signature == "unnamed");
    for (const auto reply : {""sv, "stream: OK"sv, "stream: OK\n"sv, "OK\0"sv, "stream: OK\0stream: OK\0"sv,
                             "INSTREAM size limit exceeded. ERROR\0"sv, "stream:  FOUND\0"sv, "stream: FOUND\0"sv})
        CHECK_FALSE(verdict_in(reply));
    const auto told = signatures_in("ClamAV 1.4.6/27123/Tue Nov 24 09:25:14 2026\0"sv);
    REQUIRE(told);
    CHECK(told->database == "27123");
    CHECK(to_iso(*told->made_at) == "2026-11-24T18:25:14+09:00");
    CHECK(signatures_in("ClamAV 1.4.6/1/Mon Jun  1 00:05:00 2026\0"sv).has_value());
    CHECK_FALSE(signatures_in("ClamAV 1.4.6\0"sv)->made_at);
    for (const auto reply : {"ClamAV \0"sv, "ClamAV 1/2\0"sv, "ClamAV 1/2/Tue Nov 31 09:25:14 2026\0"sv,
                             "ClamAV 1/2/Tue Abc 24 09:25:14 2026\0"sv, "ClamAV 1/2/Tue ovD 24 09:25:14 2026\0"sv})
        CHECK_FALSE(signatures_in(reply));
}

TEST_CASE("a stream reaches the scanner whole and in order, and its verdict comes back [K36]")
{
    const Folder folder;
    testing::FakeClamd fake(folder.path / "clamd.ctl");
    const Clamd clamd{fake.place().string()};
    std::string long_text;
    for (int i = 0; i < 100'000; ++i) long_text += static_cast<char>('a' + i % 26);
    CHECK_FALSE(scan(clamd, source_of(long_text))->found);
    CHECK(as_text(fake.last()) == long_text);
    const auto found = scan(clamd, source_of("before " + eicar()));
    CHECK(found->found);
    CHECK(found->signature == "Eicar-Signature");
    CHECK(signatures_of(clamd)->database == "27123");
    fake.set_trouble("INSTREAM size limit exceeded. ERROR");
    const auto trouble = scan(clamd, source_of("x"));
    CHECK(trouble.error().is(kScannerFailed));
    CHECK(trouble.error().sentence().find("size limit") != std::string::npos);
}

TEST_CASE("a scanner that is not there, or is silent, is no clean verdict [K36]")
{
    const Folder folder;
    CHECK(scan({(folder.path / "none").string()}, source_of("x")).error().is(kCannotReach));
    CHECK(scan({"127.0.0.1:1"}, source_of("x")).error().is(kCannotReach));
    const RefusalKind gone{"test.gone", "消えました。"};
    testing::FakeClamd fake(folder.path / "clamd.ctl");
    CHECK(scan({fake.place().string()}, [&](Bytes&) -> Result<bool> { return refuse(gone); }).error().is(gone));
    CHECK(is_clamd_place("/run/clamav/clamd.ctl"));
    CHECK(is_clamd_place("127.0.0.1:3310"));
    CHECK(is_clamd_place("[::1]:3310"));
    for (const auto* place : {"", "clamd.ctl", ":3310", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "host:"})
        CHECK_FALSE(is_clamd_place(place));
}

TEST_CASE("ClamAV's own clamd, with one signature of ours, finds EICAR and nothing else [K36]")
{
    const char* place = std::getenv("AZUKARI_TEST_CLAMD");
    if (place == nullptr) {
        WARN_MESSAGE(false, "AZUKARI_TEST_CLAMD is not set: run with script/clamd-for-tests");
        return;
    }
    const Clamd clamd{place};
    CHECK_FALSE(scan(clamd, source_of("nothing"))->found);
    std::string large(30U << 20, 'a');
    CHECK_FALSE(scan(clamd, source_of(large, 1U << 18))->found);
    const auto found = scan(clamd, source_of(eicar()));
    REQUIRE(found.has_value());
    CHECK(found->found);
    CHECK(found->signature.find("Azukari-Test") != std::string::npos);
    const auto signatures = signatures_of(clamd);
    CHECK(signatures->engine.starts_with("ClamAV 1"));
    CHECK_FALSE(signatures->made_at); // no database of ClamAV's own: its verdicts do not count by themselves
}
