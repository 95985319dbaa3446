#include "vault/attachments/sealed_pieces.h"

#include "base/check.h"
#include "infra/seal/encoding.h"
#include "vault/attachments/attachment_store.h"
#include "vault/attachments/attachments_refusals.h"

namespace azukari::vault::attachments {
namespace {

constexpr std::int64_t kReadAtOnce = 4; // pieces

Bytes row_of(const WholeFile& file, std::int64_t number)
{
    return seal::Encoder()
        .raw(file.attachment.bytes())
        .number64(static_cast<std::uint64_t>(number))
        .number64(static_cast<std::uint64_t>(file.pieces))
        .number64(static_cast<std::uint64_t>(file.size))
        .bytes();
}

std::int64_t length_of(const WholeFile& file, std::int64_t number)
{
    return number + 1 < file.pieces ? kPieceSize : file.size - kPieceSize * (file.pieces - 1);
}

seal::Context context_of(const WholeFile& file, ByteView row)
{
    return {"vault_attachment_piece", row, "sealed", file.entrustment};
}

} // namespace

Bytes seal_piece(const seal::SealKey& key, const WholeFile& file, std::int64_t number, ByteView content,
                 Entropy& entropy)
{
    AZK_CHECK(static_cast<std::int64_t>(content.size()) == length_of(file, number));
    const auto row = row_of(file, number);
    return seal::seal_value(key, context_of(file, row), content, entropy);
}

Result<Bytes> open_piece(const seal::SealKey& key, const WholeFile& file, std::int64_t number, ByteView sealed)
{
    const auto row = row_of(file, number);
    AZK_TRY(auto opened, seal::open_value(key, context_of(file, row), sealed));
    if (static_cast<std::int64_t>(opened.size()) != length_of(file, number)) return refuse(kDamaged);
    return opened;
}

std::function<Result<bool>(Bytes& piece)> opened_pieces(storage::Db& db, seal::SealKey key, SubjectId subject,
                                                        const WholeFile& file)
{
    std::int64_t next = 0;
    return [&db, key, subject, file, next](Bytes& piece) mutable -> Result<bool> {
        if (file.size < 1 || file.pieces != pieces_of(file.size)) return refuse(kDamaged);
        const auto wanted = std::min(kReadAtOnce, file.pieces - next);
        const auto sealed = db.read([&](const storage::Snapshot& snapshot) {
            return sealed_pieces(snapshot, file.entrustment, subject, file.attachment, next, wanted);
        });
        if (static_cast<std::int64_t>(sealed.size()) != wanted) return refuse(kDamaged);
        for (const auto& each : sealed) {
            AZK_TRY(const auto opened, open_piece(key, file, next++, each));
            piece.insert(piece.end(), opened.begin(), opened.end());
        }
        return next < file.pieces;
    };
}

} // namespace azukari::vault::attachments
