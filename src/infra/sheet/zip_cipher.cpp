#include "infra/sheet/zip_cipher.h"

#include "base/check.h"

#include <algorithm>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace azukari::sheet {
namespace {

constexpr int kRounds = 1000;
constexpr std::size_t kKeyBytes = 32, kBlock = 16;
constexpr std::size_t kStream = 4096; // of key stream made in one go, a whole number of blocks

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
struct FreeMac {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
struct FreeMacKind {
    void operator()(EVP_MAC* kind) const { EVP_MAC_free(kind); }
};

} // namespace

struct ZipCipher::State {
    std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> aes{EVP_CIPHER_CTX_new()};
    std::unique_ptr<EVP_MAC_CTX, FreeMac> mac;
    std::uint64_t counter = 1; // the format counts from 1, little endian
    std::array<std::uint8_t, kStream> counters{}, stream{};
    std::size_t used = kStream;

    ~State() { explicit_bzero(stream.data(), stream.size()); }
};

ZipCipher::ZipCipher(const SecretText& password, const Salt& salt) : state_(std::make_unique<State>())
{
    SecretKey<2 * kKeyBytes + zip::kVerifierBytes> keys;
    auto& bytes = keys.writable();
    const auto& text = password.reveal();
    AZK_CHECK(PKCS5_PBKDF2_HMAC(text.data(), static_cast<int>(text.size()), salt.data(), static_cast<int>(salt.size()),
                                kRounds, EVP_sha1(), static_cast<int>(bytes.size()), bytes.data()) == 1);
    std::copy_n(bytes.end() - zip::kVerifierBytes, zip::kVerifierBytes, verifier_.begin());
    AZK_CHECK(EVP_EncryptInit_ex(state_->aes.get(), EVP_aes_256_ecb(), nullptr, bytes.data(), nullptr) == 1);
    EVP_CIPHER_CTX_set_padding(state_->aes.get(), 0);
    const std::unique_ptr<EVP_MAC, FreeMacKind> kind(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    state_->mac.reset(EVP_MAC_CTX_new(kind.get()));
    char digest[] = "SHA1";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0), OSSL_PARAM_construct_end()};
    AZK_CHECK(EVP_MAC_init(state_->mac.get(), bytes.data() + kKeyBytes, kKeyBytes, parameters) == 1);
}

ZipCipher::~ZipCipher() = default;
ZipCipher::ZipCipher(ZipCipher&&) noexcept = default;
ZipCipher& ZipCipher::operator=(ZipCipher&&) noexcept = default;

// Counter mode by hand: OpenSSL's counts big endian, the format little endian.
void ZipCipher::add_key_stream(std::span<char> piece)
{
    auto& s = *state_;
    while (!piece.empty()) {
        if (s.used == kStream) {
            for (std::size_t at = 0; at < kStream; at += kBlock, ++s.counter)
                for (unsigned i = 0; i < 8; ++i) s.counters[at + i] = static_cast<std::uint8_t>(s.counter >> (8 * i));
            int written = 0;
            AZK_CHECK(EVP_EncryptUpdate(s.aes.get(), s.stream.data(), &written, s.counters.data(), kStream) == 1);
            s.used = 0;
        }
        const auto count = std::min(piece.size(), kStream - s.used);
        for (std::size_t i = 0; i < count; ++i) piece[i] = static_cast<char>(piece[i] ^ s.stream[s.used + i]);
        s.used += count;
        piece = piece.subspan(count);
    }
}

void ZipCipher::hide(std::span<char> piece)
{
    add_key_stream(piece);
    authenticate({piece.data(), piece.size()});
}

void ZipCipher::authenticate(std::string_view hidden)
{
    AZK_CHECK(EVP_MAC_update(state_->mac.get(), reinterpret_cast<const unsigned char*>(hidden.data()), hidden.size()) ==
              1);
}

void ZipCipher::reveal(std::span<char> piece)
{
    add_key_stream(piece);
}

ZipCipher::Mac ZipCipher::mac()
{
    std::array<std::uint8_t, 20> whole{};
    std::size_t size = 0;
    AZK_CHECK(EVP_MAC_final(state_->mac.get(), whole.data(), &size, whole.size()) == 1);
    Mac mac;
    std::copy_n(whole.begin(), mac.size(), mac.begin());
    return mac;
}

} // namespace azukari::sheet
