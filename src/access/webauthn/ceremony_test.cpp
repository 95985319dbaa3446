#include "access/webauthn/ceremony.h"

#include "access/webauthn/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::webauthn;
using access::testing::Authenticator;
using access::testing::Manner;

namespace {

const RelyingParty kParty{"localhost", "http://localhost:8080", "預かり"};
const Bytes kChallenge(32, 7);
const Bytes kOtherChallenge(32, 8);

Result<Credential> enrolled(const Authenticator& authenticator, const Manner& manner = {})
{
    const auto made = authenticator.enrol(kChallenge, manner);
    return check_registration(kParty, kChallenge, {made.client_data, made.attestation_object});
}

template <class T>
std::string_view answer(const Result<T>& result)
{
    return result ? std::string_view("accepted") : result.error().code();
}

std::string_view proved(const Authenticator& authenticator, const Credential& known, const Manner& manner = {},
                        const Bytes& challenge = kChallenge)
{
    const auto made = authenticator.prove(challenge, manner);
    return answer(
        check_assertion(kParty, kChallenge, known, {made.client_data, made.authenticator_data, made.signature}));
}

} // namespace

TEST_CASE("passkeys of each algorithm are enrolled and prove themselves [K13]")
{
    for (const auto algorithm :
         {Authenticator::Algorithm::es256, Authenticator::Algorithm::ed25519, Authenticator::Algorithm::rs256}) {
        const Authenticator authenticator(algorithm);
        const auto known = enrolled(authenticator);
        REQUIRE(known);
        CHECK(known->id == authenticator.id);
        CHECK(known->public_key == authenticator.cose_key());
        CHECK(proved(authenticator, *known) == "accepted");
    }
}

TEST_CASE("an answer without verification of the person is refused [K13]")
{
    const Authenticator authenticator;
    CHECK(answer(enrolled(authenticator, {.flags = 0x01})) == "webauthn.not_verified");
    CHECK(answer(enrolled(authenticator, {.flags = 0x04})) == "webauthn.not_verified");
    CHECK(proved(authenticator, *enrolled(authenticator), {.flags = 0x01}) == "webauthn.not_verified");
}

TEST_CASE("an answer for another site, another challenge or another purpose is refused [K13]")
{
    const Authenticator authenticator;
    const auto known = *enrolled(authenticator);
    CHECK(proved(authenticator, known, {.origin = "http://localhost:8081"}) == "webauthn.origin");
    CHECK(proved(authenticator, known, {.origin = "https://azukari.example"}) == "webauthn.origin");
    CHECK(proved(authenticator, known, {.party = "example"}) == "webauthn.party");
    CHECK(proved(authenticator, known, {.cross_origin = true}) == "webauthn.origin");
    CHECK(proved(authenticator, known, {.type = "webauthn.create"}) == "webauthn.kind");
    CHECK(proved(authenticator, known, {}, kOtherChallenge) == "webauthn.challenge");
    CHECK(answer(enrolled(authenticator, {.type = "webauthn.get"})) == "webauthn.kind");
}

TEST_CASE("a counter may stay at nought, must otherwise go up, and never goes back [K13]")
{
    const Authenticator authenticator;
    auto known = *enrolled(authenticator);
    CHECK(proved(authenticator, known, {.count = 0}) == "accepted");
    CHECK(proved(authenticator, known, {.count = 5}) == "accepted");
    known.sign_count = 5;
    CHECK(proved(authenticator, known, {.count = 6}) == "accepted");
    CHECK(proved(authenticator, known, {.count = 5}) == "webauthn.counter");
    CHECK(proved(authenticator, known, {.count = 0}) == "webauthn.counter");
}

TEST_CASE("a passkey that becomes synchronisable later is another passkey [K13]")
{
    const Authenticator authenticator;
    const auto known = *enrolled(authenticator);
    CHECK(proved(authenticator, known, {.flags = 0x0D}) == "webauthn.backup");
    CHECK(proved(authenticator, known, {.flags = 0x15}) == "webauthn.malformed");
    const auto synchronised = *enrolled(authenticator, {.flags = 0x1D});
    CHECK(synchronised.backed_up);
    CHECK(proved(authenticator, synchronised, {.flags = 0x0D}) == "accepted");
}

TEST_CASE("a signature by another key, or over anything else, is refused [K13]")
{
    const Authenticator authenticator;
    const Authenticator other;
    const auto known = *enrolled(authenticator);
    CHECK(proved(other, known) == "webauthn.signature");
    auto made = authenticator.prove(kChallenge);
    made.authenticator_data[36] ^= 1; // the counter
    CHECK(answer(check_assertion(kParty, kChallenge, known,
                                 {made.client_data, made.authenticator_data, made.signature})) == "webauthn.signature");
    CHECK(answer(check_assertion(kParty, kChallenge, known, {made.client_data, made.authenticator_data, {}})) ==
          "webauthn.signature");
}

TEST_CASE("every shortened or changed enrolment is refused without harm")
{
    const Authenticator authenticator;
    const auto made = authenticator.enrol(kChallenge);
    for (std::size_t length = 0; length < made.attestation_object.size(); ++length)
        CHECK_FALSE(check_registration(kParty, kChallenge,
                                       {made.client_data, ByteView(made.attestation_object).first(length)}));
    auto longer = made.attestation_object;
    longer.push_back(0);
    CHECK(answer(check_registration(kParty, kChallenge, {made.client_data, longer})) == "webauthn.malformed");
}

TEST_CASE("a relying party has a name, not an address in numbers [K13]")
{
    const auto party = [](std::string id, std::string origin) {
        return answer(check_party({std::move(id), std::move(origin), ""}));
    };
    CHECK(party("azukari.example.lg.jp", "https://azukari.example.lg.jp") == "accepted");
    CHECK(party("azukari.internal", "https://azukari.internal:8443") == "accepted");
    CHECK(party("localhost", "http://localhost:8080") == "accepted");
    CHECK(party("192.0.2.10", "https://192.0.2.10") == "webauthn.no_domain");
    CHECK(party("[2001:db8::1]", "https://[2001:db8::1]") == "webauthn.no_domain");
    CHECK(party("azukari.internal", "http://azukari.internal") == "webauthn.no_domain");
    CHECK(party("azukari.internal", "https://azukari.internal.example") == "webauthn.no_domain");
    CHECK(party("", "https://") == "webauthn.no_domain");
}
