// A file in sealed pieces. Each is bound to its attachment, its number, how many there are and how long the whole is: a
// piece that was moved, left out, repeated or taken from another file does not open, and a file that was cut short is
// noticed before its first piece is handed out.
#pragma once

#include "infra/seal/sealed_value.h"
#include "infra/storage/db.h"
#include "vault/attachments/attachment.h"

#include <functional>

namespace azukari::vault::attachments {

inline constexpr std::int64_t kPieceSize = 256 * 1024; // bytes, but for the last

struct WholeFile {
    EntrustmentId entrustment;
    AttachmentId attachment;
    std::int64_t size = 0; // bytes, at least one
    std::int64_t pieces = 0;
};
constexpr std::int64_t pieces_of(std::int64_t size)
{
    return (size + kPieceSize - 1) / kPieceSize;
}

// Numbers from 0.
Bytes seal_piece(const seal::SealKey& key, const WholeFile& file, std::int64_t number, ByteView content,
                 Entropy& entropy);
// Refuses what seal::open_value refuses, and kDamaged for a piece of another length than it should have.
Result<Bytes> open_piece(const seal::SealKey& key, const WholeFile& file, std::int64_t number, ByteView sealed);

// Hands the file out piece by piece, a few in memory at a time: what easel::FileSource and wire::ScanSource ask for.
// `db` outlives it.
std::function<Result<bool>(Bytes& piece)> opened_pieces(storage::Db& db, seal::SealKey key, SubjectId subject,
                                                        const WholeFile& file);

} // namespace azukari::vault::attachments
