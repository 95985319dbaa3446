#include "infra/seal/digest.h"

#include "base/check.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace azukari::seal {
namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const
    {
        Free(object);
    }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX_free>>;

// Looking an algorithm up costs more than using it, so each is looked up once for the life of the
// process.
const EVP_MD* sha256_algorithm()
{
    static EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    AZK_CHECK(found != nullptr);
    return found;
}

EVP_MAC* hmac_algorithm()
{
    static EVP_MAC* const found = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    AZK_CHECK(found != nullptr);
    return found;
}

} // namespace

Digest sha256(std::initializer_list<ByteView> parts)
{
    thread_local const DigestContext context(EVP_MD_CTX_new());
    AZK_CHECK(EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr) == 1);
    for (const auto part : parts) AZK_CHECK(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
    Digest digest;
    AZK_CHECK(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
    return digest;
}

Digest hmac_sha256(ByteView key, std::initializer_list<ByteView> parts)
{
    const MacContext context(EVP_MAC_CTX_new(hmac_algorithm())); // not kept: it would hold the key
    char name[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                                     OSSL_PARAM_construct_end()};
    const std::uint8_t nothing = 0; // a null key would mean "the key given before"
    AZK_CHECK(EVP_MAC_init(context.get(), key.empty() ? &nothing : key.data(), key.size(), parameters) == 1);
    for (const auto part : parts) AZK_CHECK(EVP_MAC_update(context.get(), part.data(), part.size()) == 1);
    Digest digest;
    std::size_t written = 0;
    AZK_CHECK(EVP_MAC_final(context.get(), digest.data(), &written, digest.size()) == 1 && written == digest.size());
    return digest;
}

void hkdf_sha256(ByteView key, ByteView salt, ByteView info, std::span<std::uint8_t> out)
{
    AZK_CHECK(!out.empty() && out.size() <= 255 * 32);
    const Digest no_salt{};
    auto extracted = hmac_sha256(salt.empty() ? ByteView(no_salt) : salt, key);
    Digest block{};
    std::size_t done = 0;
    for (std::uint8_t counter = 1; done < out.size(); ++counter) {
        const ByteView previous = counter == 1 ? ByteView() : ByteView(block);
        block = hmac_sha256(extracted, {previous, info, ByteView(&counter, 1)});
        const auto take = std::min(block.size(), out.size() - done);
        std::ranges::copy(ByteView(block).first(take), out.subspan(done).begin());
        done += take;
    }
    explicit_bzero(extracted.data(), extracted.size());
    explicit_bzero(block.data(), block.size());
}

Key256 derive_key(const Key256& key, std::string_view label)
{
    Key256 derived;
    hkdf_sha256(key.reveal(), {}, as_bytes(label), derived.writable());
    return derived;
}

} // namespace azukari::seal
