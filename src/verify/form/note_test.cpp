#include "verify/form/note.h"

#include <doctest/doctest.h>

using namespace azukari::verify;

namespace {

constexpr std::string_view kKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view kNote =
    "This is an example message.\n\n\xe2\x80\x94 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
// The request of C2SP tlog-witness.
constexpr std::string_view kRequest =
    "old 20852014\n"
    "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
    "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
    "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
    "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n"
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\xe2\x80\x94 example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

} // namespace

TEST_CASE("the published example of a signed note verifies, and with any bit changed it does not [K79]")
{
    const auto key = Key::parse(kKey);
    REQUIRE(key);
    CHECK(key->text() == kKey);
    CHECK(signed_by(*Note::parse(kNote), *key) == Signed::rightly);
    for (std::size_t i = 0; i < kNote.size() * 8; ++i) {
        std::string changed(kNote);
        changed[i / 8] = static_cast<char>(changed[i / 8] ^ 1 << i % 8);
        const auto note = Note::parse(changed);
        REQUIRE_FALSE((note && signed_by(*note, *key) == Signed::rightly));
    }
}

TEST_CASE("the published example of a witness request is read, and nothing cut off from it is")
{
    const auto request = WitnessRequest::parse(kRequest);
    REQUIRE(request);
    CHECK(request->old_size == 20'852'014);
    CHECK(request->proof.size() == 4);
    CHECK(request->checkpoint.size == 20'852'163);
    for (std::size_t cut = 0; cut < kRequest.size(); ++cut)
        REQUIRE_FALSE(WitnessRequest::parse(kRequest.substr(0, cut)));
}

TEST_CASE("a cosignature tells when it was made, and holds for one text and one key")
{
    const Seed seed{1}, other{2};
    const Key key{"w.example", kCosigner, public_key(seed)};
    Note note{"log.example\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", {}};
    CHECK(cosigned_by(note, key).how == Signed::by_nobody);
    note.signatures = {cosign("w.example", seed, note.text, 1'679'315'147)};
    const auto back = Note::parse(note.whole());
    REQUIRE(back);
    CHECK(cosigned_by(*back, key).at == 1'679'315'147);
    note.text[0] = 'L';
    CHECK(cosigned_by(note, key).how == Signed::wrongly);
    note.signatures = {cosign("w.example", other, note.text, 1)};
    CHECK(cosigned_by(note, key).how == Signed::by_nobody);
}
