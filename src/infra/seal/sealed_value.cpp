#include "infra/seal/sealed_value.h"

#include "infra/seal/encoding.h"

namespace azukari::seal {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kNonceAt = 1 + 8;
constexpr std::size_t kTextAt = kNonceAt + kNonceSize;

Bytes bound(const Context& context, const Kid& kid)
{
    Encoder aad;
    aad.reserve(64 + context.table.size() + context.row.size() + context.column.size());
    aad.raw(as_bytes("azukari/1")).byte(kFormat).raw(kid);
    aad.piece(context.table).piece(context.row).piece(context.column).raw(context.entrustment.bytes());
    aad.number(context.key_version).number(context.schema);
    return aad.bytes();
}

} // namespace

Bytes seal_value(const SealKey& key, const Context& context, ByteView plaintext, Entropy& entropy)
{
    Bytes sealed(plaintext.size() + kSealOverhead);
    sealed[0] = kFormat;
    std::copy(key.kid().begin(), key.kid().end(), sealed.begin() + 1);
    const auto nonce = entropy.bytes<kNonceSize>();
    std::copy(nonce.begin(), nonce.end(), sealed.begin() + kNonceAt);
    xaes_seal(key.reveal(), nonce, bound(context, key.kid()), plaintext, std::span(sealed).subspan(kTextAt));
    return sealed;
}

Result<Bytes> open_value(const SealKey& key, const Context& context, ByteView sealed)
{
    const auto kid = kid_of_sealed(sealed);
    if (!kid) return refuse(kUnknownFormat);
    if (*kid != key.kid()) return refuse(kOtherKey);
    Nonce nonce;
    std::copy_n(sealed.begin() + kNonceAt, kNonceSize, nonce.begin());
    Bytes plaintext(sealed.size() - kSealOverhead);
    if (!xaes_open(key.reveal(), nonce, bound(context, *kid), sealed.subspan(kTextAt), plaintext))
        return refuse(kBrokenSeal);
    return plaintext;
}

std::optional<Kid> kid_of_sealed(ByteView sealed)
{
    if (sealed.size() < kSealOverhead || sealed[0] != kFormat) return std::nullopt;
    Kid kid;
    std::copy_n(sealed.begin() + 1, kid.size(), kid.begin());
    return kid;
}

} // namespace azukari::seal
