#include "access/webauthn/authenticator_data.h"
#include "access/webauthn/ceremony.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const ByteView bytes(data, size);
    if (const auto told = webauthn::parse_authenticator_data(bytes)) {
        AZK_CHECK(told->party_hash.size() == 32);
        AZK_CHECK(!told->credential || told->credential->id.size() <= webauthn::kLongestCredentialId);
    }
    const webauthn::RelyingParty party{"localhost", "http://localhost", "azukari"};
    const std::string_view client = R"({"type":"webauthn.create","challenge":"AAAA","origin":"http://localhost"})";
    const Bytes challenge(3);
    static_cast<void>(webauthn::check_registration(party, challenge, {as_bytes(client), bytes}));
    return 0;
}
