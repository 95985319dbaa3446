#include "access/webauthn/authenticator_data.h"

#include "access/webauthn/cbor.h"

namespace azukari::webauthn {
namespace {

constexpr std::size_t kHead = 32 + 1 + 4;
constexpr std::size_t kAaguid = 16;

Bytes copy(ByteView bytes)
{
    return Bytes(bytes.begin(), bytes.end());
}

std::optional<AttestedCredential> take_credential(ByteView& in)
{
    if (in.size() < kAaguid + 2) return std::nullopt;
    const std::size_t length = static_cast<std::size_t>(in[kAaguid]) << 8U | in[kAaguid + 1];
    in = in.subspan(kAaguid + 2);
    if (length == 0 || length > kLongestCredentialId || length > in.size()) return std::nullopt;
    AttestedCredential credential{copy(in.first(length)), {}};
    in = in.subspan(length);
    const auto before = in;
    if (!take_cbor(in)) return std::nullopt;
    credential.public_key = copy(before.first(before.size() - in.size()));
    return credential;
}

} // namespace

Result<AuthenticatorData> parse_authenticator_data(ByteView bytes)
{
    if (bytes.size() < kHead) return refuse(kMalformed);
    const unsigned flags = bytes[32];
    AuthenticatorData data{copy(bytes.first(32)), (flags & 0x01U) != 0, (flags & 0x04U) != 0,
                           (flags & 0x08U) != 0,  (flags & 0x10U) != 0, 0,
                           std::nullopt};
    for (std::size_t i = 33; i < kHead; ++i) data.sign_count = data.sign_count << 8U | bytes[i];
    if (data.backed_up && !data.backup_eligible) return refuse(kMalformed);
    auto rest = bytes.subspan(kHead);
    if ((flags & 0x40U) != 0) {
        data.credential = take_credential(rest);
        if (!data.credential) return refuse(kMalformed);
    }
    if ((flags & 0x80U) != 0) {
        const auto extensions = take_cbor(rest);
        if (!extensions || !extensions->as<CborMap>()) return refuse(kMalformed);
    }
    if (!rest.empty()) return refuse(kMalformed);
    return data;
}

} // namespace azukari::webauthn
