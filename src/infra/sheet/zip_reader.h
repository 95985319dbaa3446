// Reads a ZIP that somebody sent, and believes nothing it says: the directory and the members must agree, names
// must stay where they are put, sizes are limits, and what was encrypted is opened only after its code was found
// right.
#pragma once

#include "base/secret.h"
#include "infra/sheet/archive.h"
#include "infra/sheet/sheet_refusals.h"

#include <functional>
#include <vector>

namespace azukari::sheet {

struct ZipLimits {
    std::size_t members = 1'000;
    std::uint64_t total_bytes = std::uint64_t{1} << 30; // of all members, unpacked
    std::uint64_t ratio = 200;                          // unpacked to packed, from `ratio_from` bytes on
    std::uint64_t ratio_from = std::uint64_t{1} << 20;
};

struct ZipMember {
    std::string name; // UTF-8, with "/" between folders; safe to show and to use below a folder
    std::uint64_t size = 0;
    std::uint64_t packed = 0; // with what encryption puts around it
    bool encrypted = false;   // by AES-256; weaker ways are refused
    std::uint16_t method = 0; // of what lies under the hiding
    std::uint32_t crc = 0;
    bool has_crc = true;      // AE-2 has none, its code says more
    std::uint64_t offset = 0; // of what is packed
};

class ZipReader {
public:
    // Reads the directory and holds it against the members. The archive outlives the reader. Folders are not members.
    // Names without the UTF-8 flag are CP932, as Windows writes them in Japan.
    static Result<ZipReader> open(const Archive& archive, const ZipLimits& limits = {});

    const std::vector<ZipMember>& members() const { return members_; }

    using Take = std::function<void(std::string_view)>;
    // Hands over what a member holds, piece by piece. What was taken counts only when nothing is refused in the end.
    // `password` may be nullptr; when it is given, a member that is not encrypted is refused.
    Result<void> read(const ZipMember& member, const SecretText* password, const Take& take) const;
    // The same as one text, for members known to be small.
    Result<std::string> read_whole(const ZipMember& member, const SecretText* password) const;

private:
    ZipReader(const Archive& archive, std::vector<ZipMember> members) : archive_(&archive), members_(std::move(members))
    {
    }
    const Archive* archive_;
    std::vector<ZipMember> members_;
};

} // namespace azukari::sheet
