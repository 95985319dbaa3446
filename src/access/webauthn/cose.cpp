#include "access/webauthn/cose.h"

#include "access/webauthn/cbor.h"

#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace azukari::webauthn {
namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* params) const { OSSL_PARAM_free(params); }
    void operator()(BIGNUM* number) const { BN_free(number); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

struct PublicKey {
    Owned<EVP_PKEY> key;
    const EVP_MD* digest; // none for Ed25519, which hashes by itself
};

Owned<EVP_PKEY> built(const char* type, OSSL_PARAM_BLD* builder)
{
    const Owned<OSSL_PARAM> params(OSSL_PARAM_BLD_to_param(builder));
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    Owned<EVP_PKEY> owned(key);
    const Owned<EVP_PKEY_CTX> check(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(owned) : nullptr;
}

const ByteView* bytes_at(const CborItem& item, std::int64_t key)
{
    const auto* member = item.member(key);
    return member == nullptr ? nullptr : member->as<ByteView>();
}

bool number_at(const CborItem& item, std::int64_t key, std::int64_t expected)
{
    const auto* member = item.member(key);
    const auto* number = member == nullptr ? nullptr : member->as<std::int64_t>();
    return number != nullptr && *number == expected;
}

bool has_members(const CborItem& item, std::size_t count)
{
    return item.as<CborMap>()->size() == count;
}

Result<PublicKey> es256(const CborItem& item)
{
    const auto* x = bytes_at(item, -2);
    const auto* y = bytes_at(item, -3);
    if (!number_at(item, 1, 2) || !number_at(item, -1, 1) || !x || !y || x->size() != 32 || y->size() != 32 ||
        !has_members(item, 5))
        return refuse(kMalformed);
    Bytes point{4};
    point.insert(point.end(), x->begin(), x->end());
    point.insert(point.end(), y->begin(), y->end());
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    auto key = built("EC", builder.get());
    if (!key) return refuse(kBrokenKey);
    return PublicKey{std::move(key), EVP_sha256()};
}

Result<PublicKey> ed25519(const CborItem& item)
{
    const auto* x = bytes_at(item, -2);
    if (!number_at(item, 1, 1) || !number_at(item, -1, 6) || !x || x->size() != 32 || !has_members(item, 4))
        return refuse(kMalformed);
    Owned<EVP_PKEY> key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, x->data(), x->size()));
    if (!key) return refuse(kBrokenKey);
    return PublicKey{std::move(key), nullptr};
}

Result<PublicKey> rs256(const CborItem& item)
{
    const auto* n = bytes_at(item, -1);
    const auto* e = bytes_at(item, -2);
    if (!number_at(item, 1, 3) || !n || !e || !has_members(item, 4)) return refuse(kMalformed);
    if (n->size() < 256 || n->size() > 512 || e->empty() || e->size() > 4) return refuse(kBrokenKey);
    const Owned<BIGNUM> modulus(BN_bin2bn(n->data(), static_cast<int>(n->size()), nullptr));
    const Owned<BIGNUM> exponent(BN_bin2bn(e->data(), static_cast<int>(e->size()), nullptr));
    if (BN_num_bits(modulus.get()) < 2048) return refuse(kBrokenKey);
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    auto key = built("RSA", builder.get());
    if (!key) return refuse(kBrokenKey);
    return PublicKey{std::move(key), EVP_sha256()};
}

Result<PublicKey> public_key(ByteView cose)
{
    const auto item = parse_cbor(cose);
    if (!item || !item->as<CborMap>()) return refuse(kMalformed);
    if (number_at(*item, 3, -7)) return es256(*item);
    if (number_at(*item, 3, -8)) return ed25519(*item);
    if (number_at(*item, 3, -257)) return rs256(*item);
    return refuse(kUnknownAlgorithm);
}

} // namespace

Result<void> check_cose_key(ByteView key)
{
    AZK_REQUIRE(public_key(key));
    return {};
}

Result<void> check_signature(ByteView key, ByteView message, ByteView signature)
{
    AZK_TRY(const auto known, public_key(key));
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    const bool right =
        EVP_DigestVerifyInit(context.get(), nullptr, known.digest, nullptr, known.key.get()) == 1 &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    if (!right) return refuse(kWrongSignature);
    return {};
}

} // namespace azukari::webauthn
