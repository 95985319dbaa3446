#include "infra/sheet/zip_reader.h"

#include "base/check.h"
#include "infra/sheet/archive_mark.h"
#include "infra/sheet/zip_cipher.h"
#include "infra/sheet/zip_directory.h"

#include <algorithm>
#include <optional>
#include <zlib.h>

namespace azukari::sheet {
namespace {

using namespace zip;

constexpr std::size_t kPiece = 256 << 10;

// The part of an archive that a member's content lies in, taken piece by piece.
class Packed {
public:
    Packed(const Archive& archive, std::uint64_t offset, std::uint64_t size)
        : archive_(archive), offset_(offset), left_(size)
    {
    }
    bool done() const { return left_ == 0; }
    // False when the archive ends before.
    bool next(std::string& piece)
    {
        piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, left_)));
        if (!archive_.read(offset_, piece)) return false;
        offset_ += piece.size();
        left_ -= piece.size();
        return true;
    }

private:
    const Archive& archive_;
    std::uint64_t offset_, left_;
};

// Counts, sums and passes on what was unpacked; refuses one byte more than the directory promised.
class Delivery {
public:
    Delivery(const ZipMember& member, const ZipReader::Take& take) : member_(member), take_(take) {}

    Result<void> give(std::string_view piece)
    {
        if (piece.size() > member_.size - given_) return refuse(kDamagedMember, member_.name);
        if (head_.size() < kArchiveMark) head_ += piece.substr(0, kArchiveMark - head_.size());
        if (is_archive(head_) && !is_expected(member_.name, head_)) return refuse(kNested, member_.name);
        given_ += piece.size();
        crc_ = crc32(crc_, reinterpret_cast<const Bytef*>(piece.data()), static_cast<uInt>(piece.size()));
        if (!piece.empty()) take_(piece);
        return {};
    }
    Result<void> finish() const
    {
        if (given_ != member_.size || (member_.has_crc && crc_ != member_.crc))
            return refuse(kDamagedMember, member_.name);
        return {};
    }

private:
    const ZipMember& member_;
    const ZipReader::Take& take_;
    std::string head_;
    std::uint64_t given_ = 0;
    uLong crc_ = 0;
};

struct Inflater {
    z_stream stream{};
    Inflater() { AZK_CHECK(inflateInit2(&stream, -MAX_WBITS) == Z_OK); }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
};

Result<void> inflate_all(Packed& packed, std::optional<ZipCipher>& cipher, const ZipMember& member, Delivery& delivery)
{
    Inflater inflater;
    auto& stream = inflater.stream;
    std::string piece, room(kPiece, '\0');
    int state = Z_OK;
    while (state != Z_STREAM_END) {
        if (stream.avail_in == 0) {
            if (packed.done()) return refuse(kDamagedMember, member.name);
            if (!packed.next(piece)) return refuse(kTornZip);
            if (cipher) cipher->reveal(piece);
            stream.next_in = reinterpret_cast<Bytef*>(piece.data());
            stream.avail_in = static_cast<uInt>(piece.size());
        }
        stream.next_out = reinterpret_cast<Bytef*>(room.data());
        stream.avail_out = static_cast<uInt>(room.size());
        state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR) return refuse(kDamagedMember, member.name);
        AZK_REQUIRE(delivery.give(std::string_view(room).substr(0, room.size() - stream.avail_out)));
    }
    if (stream.avail_in > 0 || !packed.done()) return refuse(kDamagedMember, member.name);
    return {};
}

Result<void> copy_all(Packed& packed, std::optional<ZipCipher>& cipher, Delivery& delivery)
{
    std::string piece;
    while (!packed.done()) {
        if (!packed.next(piece)) return refuse(kTornZip);
        if (cipher) cipher->reveal(piece);
        AZK_REQUIRE(delivery.give(piece));
    }
    return {};
}

// A cipher that is ready to reveal: password and code were found right.
Result<ZipCipher> cipher_of(const Archive& archive, const ZipMember& member, const SecretText& password,
                            std::uint64_t hidden)
{
    ZipCipher::Salt salt;
    const auto front = archive.text(member.offset, kSaltBytes + kVerifierBytes);
    const auto mac = archive.text(member.offset + member.packed - kMacBytes, kMacBytes);
    if (front.empty() || mac.empty()) return refuse(kTornZip);
    std::copy_n(front.begin(), kSaltBytes, reinterpret_cast<char*>(salt.data()));
    ZipCipher cipher(password, salt);
    if (!equal_in_constant_time(cipher.verifier(), as_bytes(front).subspan(kSaltBytes))) return refuse(kWrongPassword);
    Packed packed(archive, member.offset + kSaltBytes + kVerifierBytes, hidden);
    std::string piece;
    while (!packed.done()) {
        if (!packed.next(piece)) return refuse(kTornZip);
        cipher.authenticate(piece);
    }
    if (!equal_in_constant_time(cipher.mac(), as_bytes(mac))) return refuse(kNotAuthentic, member.name);
    return cipher;
}

} // namespace

Result<ZipReader> ZipReader::open(const Archive& archive, const ZipLimits& limits)
{
    AZK_TRY(auto members, read_directory(archive, limits));
    return ZipReader(archive, std::move(members));
}

Result<void> ZipReader::read(const ZipMember& member, const SecretText* password, const Take& take) const
{
    std::optional<ZipCipher> cipher;
    auto begin = member.offset, size = member.packed;
    if (member.encrypted) {
        if (password == nullptr || password->empty()) return refuse(kPasswordExpected, member.name);
        begin += kSaltBytes + kVerifierBytes;
        size -= kSaltBytes + kVerifierBytes + kMacBytes;
        AZK_TRY(auto ready, cipher_of(*archive_, member, *password, size));
        cipher = std::move(ready);
    } else if (password != nullptr) {
        return refuse(kNotEncrypted, member.name);
    }
    Packed packed(*archive_, begin, size);
    Delivery delivery(member, take);
    AZK_REQUIRE(member.method == kStored ? copy_all(packed, cipher, delivery)
                                         : inflate_all(packed, cipher, member, delivery));
    return delivery.finish();
}

Result<std::string> ZipReader::read_whole(const ZipMember& member, const SecretText* password) const
{
    std::string whole;
    AZK_REQUIRE(read(member, password, [&](std::string_view piece) { whole += piece; }));
    return whole;
}

} // namespace azukari::sheet
