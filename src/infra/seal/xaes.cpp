#include "infra/seal/xaes.h"

#include "base/check.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <openssl/evp.h>

namespace azukari::seal {
namespace {

using Block = std::array<std::uint8_t, 16>;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const EVP_CIPHER* cipher(const char* name)
{
    auto* const found = EVP_CIPHER_fetch(nullptr, name, nullptr);
    AZK_CHECK(found != nullptr);
    return found;
}

int length_of(ByteView bytes)
{
    AZK_CHECK(bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    return static_cast<int>(bytes.size());
}

// The contexts of one thread: making them costs more than using them. No key stays in them: each
// use ends by setting them to a key of zeros.
class Engine {
public:
    static Engine& of_this_thread()
    {
        thread_local Engine engine;
        return engine;
    }

    // C2SP XAES-256-GCM: SP 800-108r1 in counter mode with CMAC; the message of both steps is one
    // block long.
    Key256 derive(const Key256& key, const Nonce& nonce)
    {
        AZK_CHECK(EVP_EncryptInit_ex2(block_.get(), block_cipher(), key.reveal().data(), nullptr, nullptr) == 1);
        AZK_CHECK(EVP_CIPHER_CTX_set_padding(block_.get(), 0) == 1);
        Block subkey = encrypt_block(Block{});
        double_in_field(subkey);
        Key256 derived;
        for (std::uint8_t counter = 1; counter <= 2; ++counter) {
            Block message{0, counter, 'X', 0};
            std::copy_n(nonce.begin(), 12, message.begin() + 4);
            for (std::size_t i = 0; i < message.size(); ++i) message[i] ^= subkey[i];
            const auto half = encrypt_block(message);
            std::copy(half.begin(), half.end(), derived.writable().begin() + 16 * (counter - 1));
        }
        explicit_bzero(subkey.data(), subkey.size());
        static constexpr std::array<std::uint8_t, 32> zeros{};
        AZK_CHECK(EVP_EncryptInit_ex2(block_.get(), nullptr, zeros.data(), nullptr, nullptr) == 1);
        return derived;
    }

    // Ready to seal (or open) with the derived key; `aad` is taken in.
    EVP_CIPHER_CTX* begin(const Key256& key, const Nonce& nonce, ByteView aad, bool sealing)
    {
        const auto derived = derive(key, nonce);
        AZK_CHECK(EVP_CipherInit_ex2(gcm_.get(), gcm_cipher(), derived.reveal().data(), nonce.data() + 12, sealing,
                                     nullptr) == 1);
        int ignored = 0;
        if (!aad.empty()) AZK_CHECK(EVP_CipherUpdate(gcm_.get(), nullptr, &ignored, aad.data(), length_of(aad)) == 1);
        return gcm_.get();
    }
    void end()
    {
        static constexpr std::array<std::uint8_t, 32> zeros{};
        AZK_CHECK(EVP_CipherInit_ex2(gcm_.get(), nullptr, zeros.data(), zeros.data(), 1, nullptr) == 1);
    }

private:
    static const EVP_CIPHER* block_cipher()
    {
        static const EVP_CIPHER* const found = cipher("AES-256-ECB");
        return found;
    }
    static const EVP_CIPHER* gcm_cipher()
    {
        static const EVP_CIPHER* const found = cipher("AES-256-GCM");
        return found;
    }
    Block encrypt_block(const Block& in)
    {
        Block out{};
        int written = 0;
        AZK_CHECK(EVP_EncryptUpdate(block_.get(), out.data(), &written, in.data(), 16) == 1 && written == 16);
        return out;
    }
    // Multiplication by x in GF(2^128), as CMAC makes its first subkey (SP 800-38B).
    static void double_in_field(Block& block)
    {
        const auto carry = static_cast<std::uint8_t>(block[0] >> 7);
        for (std::size_t i = 0; i + 1 < block.size(); ++i)
            block[i] = static_cast<std::uint8_t>(block[i] << 1 | block[i + 1] >> 7);
        block[15] = static_cast<std::uint8_t>(block[15] << 1 ^ (carry * 0x87));
    }

    Context block_{EVP_CIPHER_CTX_new()};
    Context gcm_{EVP_CIPHER_CTX_new()};
};

} // namespace

void xaes_seal(const Key256& key, const Nonce& nonce, ByteView aad, ByteView plaintext, std::span<std::uint8_t> out)
{
    AZK_CHECK(out.size() == plaintext.size() + kTagSize);
    auto& engine = Engine::of_this_thread();
    auto* const context = engine.begin(key, nonce, aad, true);
    int written = 0;
    if (!plaintext.empty())
        AZK_CHECK(EVP_EncryptUpdate(context, out.data(), &written, plaintext.data(), length_of(plaintext)) == 1);
    AZK_CHECK(static_cast<std::size_t>(written) == plaintext.size());
    auto* const tag = out.data() + plaintext.size();
    AZK_CHECK(EVP_EncryptFinal_ex(context, tag, &written) == 1 && written == 0);
    AZK_CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagSize, tag) == 1);
    engine.end();
}

bool xaes_open(const Key256& key, const Nonce& nonce, ByteView aad, ByteView sealed, std::span<std::uint8_t> out)
{
    if (sealed.size() < kTagSize) return false;
    AZK_CHECK(out.size() == sealed.size() - kTagSize);
    auto& engine = Engine::of_this_thread();
    auto* const context = engine.begin(key, nonce, aad, false);
    int written = 0;
    if (!out.empty()) AZK_CHECK(EVP_DecryptUpdate(context, out.data(), &written, sealed.data(), length_of(out)) == 1);
    std::array<std::uint8_t, kTagSize> tag{};
    std::copy(sealed.end() - kTagSize, sealed.end(), tag.begin());
    AZK_CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) == 1);
    const bool whole = EVP_DecryptFinal_ex(context, tag.data(), &written) == 1;
    engine.end();
    if (!whole && !out.empty()) explicit_bzero(out.data(), out.size());
    return whole;
}

WrappedKey wrap_key(const Key256& by, const Key256& key, ByteView aad, Entropy& entropy)
{
    WrappedKey wrapped;
    const auto nonce = entropy.bytes<kNonceSize>();
    std::copy(nonce.begin(), nonce.end(), wrapped.begin());
    xaes_seal(by, nonce, aad, key.reveal(), std::span(wrapped).subspan(kNonceSize));
    return wrapped;
}

std::optional<Key256> unwrap_key(const Key256& by, ByteView wrapped, ByteView aad)
{
    if (wrapped.size() != kWrappedSize) return std::nullopt;
    Nonce nonce;
    std::copy_n(wrapped.begin(), kNonceSize, nonce.begin());
    Key256 key;
    if (!xaes_open(by, nonce, aad, wrapped.subspan(kNonceSize), key.writable())) return std::nullopt;
    return key;
}

} // namespace azukari::seal
