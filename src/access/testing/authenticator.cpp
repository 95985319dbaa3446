#include "access/webauthn/testing.h"

#include "base/check.h"
#include "infra/seal/digest.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace azukari::access::testing {
namespace {

void put(Bytes& out, ByteView more)
{
    out.insert(out.end(), more.begin(), more.end());
}

void put_head(Bytes& out, unsigned kind, std::size_t number)
{
    const auto lead = [&](unsigned extra) { out.push_back(static_cast<std::uint8_t>(kind << 5U | extra)); };
    if (number < 24) {
        lead(static_cast<unsigned>(number));
    } else if (number < 256) {
        lead(24);
        out.push_back(static_cast<std::uint8_t>(number));
    } else {
        lead(25);
        out.push_back(static_cast<std::uint8_t>(number >> 8U));
        out.push_back(static_cast<std::uint8_t>(number));
    }
}

void put_integer(Bytes& out, int number)
{
    if (number >= 0)
        put_head(out, 0, static_cast<std::size_t>(number));
    else
        put_head(out, 1, static_cast<std::size_t>(-1 - number));
}

void put_bytes(Bytes& out, ByteView bytes)
{
    put_head(out, 2, bytes.size());
    put(out, bytes);
}

void put_text(Bytes& out, std::string_view text)
{
    put_head(out, 3, text.size());
    put(out, as_bytes(text));
}

Bytes client_data(std::string_view type, ByteView challenge, const Manner& manner)
{
    return to_bytes("{\"type\":\"" + std::string(manner.type.empty() ? type : manner.type) + "\",\"challenge\":\"" +
                    base64url(challenge) + "\",\"origin\":\"" + manner.origin +
                    "\",\"crossOrigin\":" + (manner.cross_origin ? "true" : "false") + "}");
}

} // namespace

struct Authenticator::Key {
    explicit Key(EVP_PKEY* made) : key(made) {}
    Key(const Key&) = delete;
    ~Key() { EVP_PKEY_free(key); }
    EVP_PKEY* key;
    Bytes number(const char* name) const
    {
        BIGNUM* value = nullptr;
        AZK_CHECK(EVP_PKEY_get_bn_param(key, name, &value) == 1);
        const bool coordinate = name[0] == 'q'; // of a point: always 32 bytes
        Bytes out(coordinate ? 32 : static_cast<std::size_t>(BN_num_bytes(value)));
        BN_bn2binpad(value, out.data(), static_cast<int>(out.size()));
        BN_free(value);
        return out;
    }
};

Authenticator::Authenticator(Algorithm algorithm) : algorithm_(algorithm)
{
    EVP_PKEY* key = algorithm == Algorithm::es256     ? EVP_EC_gen("P-256")
                    : algorithm == Algorithm::ed25519 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                                                      : EVP_RSA_gen(2048);
    AZK_CHECK(key != nullptr);
    key_ = std::make_unique<Key>(key);
}

Authenticator::~Authenticator() = default;

Bytes Authenticator::cose_key() const
{
    Bytes out;
    put_head(out, 5, algorithm_ == Algorithm::es256 ? 5 : 4);
    put_integer(out, 1);
    put_integer(out, algorithm_ == Algorithm::es256 ? 2 : algorithm_ == Algorithm::ed25519 ? 1 : 3);
    put_integer(out, 3);
    put_integer(out, algorithm_ == Algorithm::es256 ? -7 : algorithm_ == Algorithm::ed25519 ? -8 : -257);
    put_integer(out, -1);
    if (algorithm_ == Algorithm::es256) {
        put_integer(out, 1);
        put_integer(out, -2);
        put_bytes(out, key_->number(OSSL_PKEY_PARAM_EC_PUB_X));
        put_integer(out, -3);
        put_bytes(out, key_->number(OSSL_PKEY_PARAM_EC_PUB_Y));
    } else if (algorithm_ == Algorithm::ed25519) {
        Bytes raw(32);
        std::size_t size = raw.size();
        EVP_PKEY_get_raw_public_key(key_->key, raw.data(), &size);
        put_integer(out, 6);
        put_integer(out, -2);
        put_bytes(out, raw);
    } else {
        put_bytes(out, key_->number(OSSL_PKEY_PARAM_RSA_N));
        put_integer(out, -2);
        put_bytes(out, key_->number(OSSL_PKEY_PARAM_RSA_E));
    }
    return out;
}

Bytes Authenticator::head(const Manner& manner) const
{
    Bytes out;
    put(out, seal::sha256(as_bytes(manner.party)));
    out.push_back(manner.flags);
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(manner.count >> shift));
    return out;
}

Authenticator::Enrolment Authenticator::enrol(ByteView challenge, const Manner& manner) const
{
    auto told = manner;
    told.flags |= 0x40U;
    auto data = head(told);
    data.resize(data.size() + 16);
    data.push_back(static_cast<std::uint8_t>(id.size() >> 8U));
    data.push_back(static_cast<std::uint8_t>(id.size()));
    put(data, id);
    put(data, cose_key());

    Bytes object;
    put_head(object, 5, 3);
    put_text(object, "fmt");
    put_text(object, "none");
    put_text(object, "attStmt");
    put_head(object, 5, 0);
    put_text(object, "authData");
    put_bytes(object, data);
    return {client_data("webauthn.create", challenge, manner), std::move(object)};
}

Authenticator::Assertion Authenticator::prove(ByteView challenge, const Manner& manner) const
{
    Assertion made{client_data("webauthn.get", challenge, manner), head(manner), {}};
    Bytes text = made.authenticator_data;
    put(text, seal::sha256(made.client_data));
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const auto* digest = algorithm_ == Algorithm::ed25519 ? nullptr : EVP_sha256();
    std::size_t size = 512;
    made.signature.resize(size);
    AZK_CHECK(EVP_DigestSignInit(context, nullptr, digest, nullptr, key_->key) == 1);
    AZK_CHECK(EVP_DigestSign(context, made.signature.data(), &size, text.data(), text.size()) == 1);
    EVP_MD_CTX_free(context);
    made.signature.resize(size);
    return made;
}

} // namespace azukari::access::testing
