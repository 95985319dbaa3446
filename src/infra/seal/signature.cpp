#include "infra/seal/signature.h"

#include "base/check.h"

#include <memory>
#include <openssl/evp.h>

namespace azukari::seal {
namespace {

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Pkey = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Pkey private_key(const Key256& seed)
{
    Pkey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.reveal().data(), seed.reveal().size()));
    AZK_CHECK(key != nullptr);
    return key;
}

} // namespace

SigningKey::SigningKey(const Key256& seed) : seed_(seed)
{
    std::size_t size = public_key_.size();
    AZK_CHECK(EVP_PKEY_get_raw_public_key(private_key(seed_).get(), public_key_.data(), &size) == 1);
    AZK_CHECK(size == public_key_.size());
}

SigningKey SigningKey::create(Entropy& entropy)
{
    Key256 seed;
    entropy.fill(seed.writable());
    return SigningKey(seed);
}

Signature SigningKey::sign(ByteView message) const
{
    // The library's own copy of the key lives only for this call.
    const auto key = private_key(seed_);
    const Context context(EVP_MD_CTX_new());
    Signature signature;
    std::size_t size = signature.size();
    AZK_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
    AZK_CHECK(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1);
    AZK_CHECK(size == signature.size());
    return signature;
}

bool verify_signature(const PublicKey& key, ByteView message, ByteView signature)
{
    if (signature.size() != std::tuple_size_v<Signature>) return false;
    const Pkey pkey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    if (!pkey) return false;
    const Context context(EVP_MD_CTX_new());
    AZK_CHECK(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, pkey.get()) == 1);
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

} // namespace azukari::seal
