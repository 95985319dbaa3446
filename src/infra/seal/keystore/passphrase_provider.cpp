#include "infra/seal/keystore/passphrase_provider.h"

#include "infra/seal/encoding.h"

namespace azukari::seal {
namespace {

// A header somebody wrote into must not make the server take all memory.
constexpr std::uint32_t kMostMemoryKib = 4 * 1024 * 1024;
constexpr std::uint32_t kMostPasses = 64;

Bytes parameters(const std::array<std::uint8_t, 16>& salt, PasswordCost cost)
{
    return Encoder().byte(1).raw(salt).number(cost.memory_kib).number(cost.passes).bytes();
}

std::size_t count_letters(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

} // namespace

Result<Bytes> PassphraseProvider::wrap(const Key256& root, Entropy& entropy)
{
    if (count_letters(passphrase_.reveal()) < kPassphraseLetters)
        return refuse(kShortPassphrase, std::to_string(kPassphraseLetters));
    const auto salt = entropy.bytes<16>();
    const auto head = parameters(salt, cost_);
    const auto key = stretch(passphrase_, salt, cost_);
    return Encoder().raw(head).raw(wrap_key(key, root, head, entropy)).bytes();
}

Result<Key256> PassphraseProvider::unwrap(ByteView wrapped)
{
    Decoder in(wrapped);
    const auto version = in.byte();
    const auto salt = in.array<16>();
    const PasswordCost cost{in.number(), in.number()};
    const auto root_wrapped = in.array<kWrappedSize>();
    if (version != 1 || !in.whole() || !in.at_end()) return refuse(kUnknownFormat);
    if (cost.memory_kib < 8 || cost.memory_kib > kMostMemoryKib || cost.passes < 1 || cost.passes > kMostPasses)
        return refuse(kUnknownFormat);
    const auto root = unwrap_key(stretch(passphrase_, salt, cost), root_wrapped, parameters(salt, cost));
    if (!root) return refuse(kWrongPassphrase);
    return *root;
}

} // namespace azukari::seal
