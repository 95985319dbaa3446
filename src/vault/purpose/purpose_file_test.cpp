#include "vault/purpose/purpose_file.h"

#include "vault/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::vault;

namespace {

std::string told(std::string_view content)
{
    const auto read = FirstPurposes::parse(content, "purposes.toml");
    return read ? std::string("read") : read.error().sentence();
}

} // namespace

TEST_CASE("the letters begin with the two purposes of their paper, and with nothing of another entrustment [K26]")
{
    testing::with_safe(AZK_SOURCE_DIR "/definitions", [](testing::Safe& safe) {
        const auto first = FirstPurposes::read(AZK_SOURCE_DIR "/definitions/purposes/purposes.toml").value();
        const auto ward = safe.scope(access::actions::kDeclarePurposes, access::Role::ward_officer);
        const auto before =
            safe.db.read([&](const storage::Snapshot& s) { return purposes(s, *ward.entrustment()).size(); });
        REQUIRE(safe.db.write([&](storage::Tx& tx) { return first.declare(tx, ward, "guidance"); }));
        safe.db.read([&](const storage::Snapshot& snapshot) {
            CHECK(purposes(snapshot, *ward.entrustment()).size() == before + 2);
            CHECK(may_use_for(snapshot, *ward.entrustment(), "participation"));
            CHECK(may_use_for(snapshot, *ward.entrustment(), "referral"));
            CHECK_FALSE(may_use_for(snapshot, *ward.entrustment(), "job_introduction"));
            CHECK(texts(snapshot, *ward.entrustment()).front().text.find("保健指導") != std::string::npos);
        });
        CHECK_FALSE(safe.db.write([&](storage::Tx& tx) { return first.declare(tx, ward, "guidance"); }));
    });
}

TEST_CASE("what is wrong with the file of purposes is told with its line [K26]")
{
    CHECK(told("") == "read");
    CHECK(told("[[purposes]]\nentrustment = \"a\"\ncode = \"b\"\n").find("purposes.toml:") == 0);
    const auto kind = told("[[texts]]\nentrustment = \"a\"\nkind = \"advert\"\ntitle = \"b\"\ntext = \"c\"\n");
    CHECK(kind.find("purposes.toml:3") == 0);
    CHECK(kind.find("同意の説明文") != std::string::npos);
    CHECK(told("[[purpose]]\nentrustment = \"a\"\n").find("purpose") != std::string::npos);
}
