// A tree is made of inputs of 65 bytes, for which the one-shot SHA-256 costs a third of OpenSSL's EVP front door.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "verify/digest.h"

#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <stdexcept>

namespace azukari::verify {
namespace {

const unsigned char* raw(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

Hash prefixed(unsigned char prefix, std::string_view first, std::string_view second)
{
    SHA256_CTX context;
    Hash hash;
    SHA256_Init(&context);
    SHA256_Update(&context, &prefix, 1);
    SHA256_Update(&context, first.data(), first.size());
    SHA256_Update(&context, second.data(), second.size());
    SHA256_Final(hash.data(), &context);
    return hash;
}

Key private_key(const Seed& seed)
{
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    if (!key) throw std::runtime_error("Ed25519 の鍵を用意できません。");
    return key;
}

} // namespace

Hash sha256(std::string_view bytes)
{
    Hash hash;
    SHA256(raw(bytes), bytes.size(), hash.data());
    return hash;
}

Hash leaf_hash(std::string_view entry)
{
    return prefixed(0, entry, {});
}

Hash parent_hash(const Hash& left, const Hash& right)
{
    return prefixed(1, view(left), view(right));
}

bool signature_holds(const PublicKey& key, std::string_view message, std::string_view signature)
{
    const Key loaded(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const Context context(EVP_MD_CTX_new());
    return loaded && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, loaded.get()) == 1 &&
           EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(message), message.size()) == 1;
}

PublicKey public_key(const Seed& seed)
{
    PublicKey out;
    std::size_t size = out.size();
    if (EVP_PKEY_get_raw_public_key(private_key(seed).get(), out.data(), &size) != 1 || size != out.size())
        throw std::runtime_error("Ed25519 の公開鍵を作れません。");
    return out;
}

std::string sign(const Seed& seed, std::string_view message)
{
    const auto key = private_key(seed);
    const Context context(EVP_MD_CTX_new());
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, raw(message),
                       message.size()) != 1 ||
        size != signature.size())
        throw std::runtime_error("署名を作れません。");
    return signature;
}

Seed random_seed()
{
    Seed seed;
    if (RAND_bytes(seed.data(), static_cast<int>(seed.size())) != 1) throw std::runtime_error("乱数を得られません。");
    return seed;
}

} // namespace azukari::verify
