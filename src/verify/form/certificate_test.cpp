#include "verify/form/certificate.h"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

using namespace azukari::verify;

namespace {

// Written by another program (trial/independent_certificate.py) on the day the format was fixed, and kept.
constexpr const char* kKept = AZK_SOURCE_DIR "/fuzz/corpus/certificate_fuzz/good";
constexpr const char* kKeptKey = "azukari.example/ledger+4736d555+ATu+Lhxlq7+UsVTZquWsjv+D+KbwX5qY4aXYbYoJ6fx+";

std::string kept()
{
    std::ifstream in(kKept, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("a certificate written on the day the format was fixed is read and holds [K65]")
{
    const auto file = CertificateFile::parse(kept());
    REQUIRE(file);
    CHECK(file->says.stage == "carried_out");
    CHECK(file->says.outcome == "complete");
    CHECK(file->says.entrustment_name == "見本の委託");
    CHECK(file->says.persons == 20);
    CHECK(file->says.rows == std::vector<std::pair<std::string, std::uint64_t>>{{"guidance_recipient", 20}});
    CHECK(file->says.agreed.size() == 2);
    CHECK(file->says.operated.name == "見本 太郎");
    CHECK(file->says.verified.name == "試験 花子");
    CHECK(file->says.steps.size() == 6);
    CHECK(file->says.steps[1].generation == 6);
    CHECK(file->receipt.index == 16);
    CertificateTrust trust;
    trust.log = Key::parse(kKeptKey);
    REQUIRE(trust.log);
    const auto verdict = verify_certificate(*file, trust);
    CHECK_FALSE(verdict.finding);
    CHECK(verdict.confirmed.size() == 5);
    CHECK(verdict.warnings.size() == 1); // nobody cosigned it
}

TEST_CASE("a certificate is judged by the key and the witness one has noted, not by what it brings along [K65]")
{
    const auto file = CertificateFile::parse(kept());
    REQUIRE(file);
    CertificateTrust trust;
    trust.log = Key{"azukari.example/ledger", kSigner, public_key(Seed{1})};
    REQUIRE(verify_certificate(*file, trust).finding);
    CHECK(verify_certificate(*file, trust).finding->what.find("控えの鍵と") != std::string::npos);
    trust.log = Key::parse(kKeptKey);
    trust.witnesses = {Key{"ward.example/witness", kCosigner, public_key(Seed{2})}};
    CHECK(verify_certificate(*file, trust).finding); // it names no witness at all
    CHECK(verify_certificate(*file, {}).warnings.size() == 2);
}

TEST_CASE("what is not written as a certificate is written is none [K65]")
{
    const auto good = kept();
    CHECK_FALSE(CertificateFile::parse(""));
    CHECK_FALSE(CertificateFile::parse(good + "\n"));
    CHECK_FALSE(CertificateFile::parse(good.substr(1)));
    CHECK_FALSE(CertificateFile::parse(std::string(300 * 1024, 'x')));
    auto extended = good; // room in a proof for what nobody signs
    const auto at = extended.find("\nindex ");
    REQUIRE(at != std::string::npos);
    extended.insert(at, "\nextra AAAA");
    CHECK_FALSE(CertificateFile::parse(extended));
}
