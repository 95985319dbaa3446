#include "access/webauthn/ceremony.h"

#include "access/webauthn/authenticator_data.h"
#include "access/webauthn/cbor.h"
#include "access/webauthn/client_data.h"
#include "access/webauthn/cose.h"
#include "infra/seal/digest.h"

#include <algorithm>

namespace azukari::webauthn {
namespace {

Result<void> check_authenticator(const RelyingParty& party, const AuthenticatorData& data)
{
    if (!equal_in_constant_time(data.party_hash, seal::sha256(as_bytes(party.id)))) return refuse(kWrongParty);
    if (!data.present || !data.verified) return refuse(kNotVerified);
    return {};
}

} // namespace

Result<void> check_party(const RelyingParty& party)
{
    const auto& id = party.id;
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    const bool lettered = std::any_of(id.begin(), id.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const auto last = id.substr(id.rfind('.') == std::string::npos ? 0 : id.rfind('.') + 1);
    const bool numbered = last.find_first_not_of("0123456789") == std::string::npos;
    if (!plain || !lettered || numbered || id.front() == '.') return refuse(kNoDomain, id);
    const auto at = [&](std::string_view scheme) {
        const auto start = std::string(scheme) + id;
        return party.origin == start || party.origin.starts_with(start + ":");
    };
    if (!at("https://") && !(id == "localhost" && at("http://"))) return refuse(kNoDomain, party.origin);
    return {};
}

Result<Credential> check_registration(const RelyingParty& party, ByteView challenge, const RegistrationAnswer& answer)
{
    AZK_REQUIRE(check_client_data(answer.client_data, Ceremony::registration, challenge, party.origin));
    const auto object = parse_cbor(answer.attestation_object);
    const auto* map = object ? object->as<CborMap>() : nullptr;
    const auto* format = object ? object->member("fmt") : nullptr;
    const auto* statement = object ? object->member("attStmt") : nullptr;
    const auto* data = object ? object->member("authData") : nullptr;
    if (!map || map->size() != 3 || !format || !statement || !data || !data->as<ByteView>()) return refuse(kMalformed);
    const auto* name = format->as<std::string_view>();
    const auto* nothing = statement->as<CborMap>();
    if (!name || *name != "none" || !nothing || !nothing->empty()) return refuse(kMalformed);
    AZK_TRY(auto told, parse_authenticator_data(*data->as<ByteView>()));
    AZK_REQUIRE(check_authenticator(party, told));
    if (!told.credential) return refuse(kMalformed);
    AZK_REQUIRE(check_cose_key(told.credential->public_key));
    return Credential{std::move(told.credential->id), std::move(told.credential->public_key), told.sign_count,
                      told.backup_eligible, told.backed_up};
}

Result<Credential> check_assertion(const RelyingParty& party, ByteView challenge, const Credential& known,
                                   const AssertionAnswer& answer)
{
    AZK_REQUIRE(check_client_data(answer.client_data, Ceremony::assertion, challenge, party.origin));
    AZK_TRY(const auto told, parse_authenticator_data(answer.authenticator_data));
    AZK_REQUIRE(check_authenticator(party, told));
    if (told.backup_eligible != known.backup_eligible) return refuse(kBackupChanged);
    const auto digest = seal::sha256(answer.client_data);
    Bytes signed_text(answer.authenticator_data.begin(), answer.authenticator_data.end());
    signed_text.insert(signed_text.end(), digest.begin(), digest.end());
    AZK_REQUIRE(check_signature(known.public_key, signed_text, answer.signature));
    // Synchronised passkeys count nothing; a counter that counts must go up, or the key lives in two places.
    const bool counts = told.sign_count != 0 || known.sign_count != 0;
    if (counts && told.sign_count <= known.sign_count) return refuse(kCounterRegressed);
    auto now = known;
    now.sign_count = told.sign_count;
    now.backed_up = told.backed_up;
    return now;
}

} // namespace azukari::webauthn
