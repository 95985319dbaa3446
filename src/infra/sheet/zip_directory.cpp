#include "infra/sheet/zip_directory.h"

#include "infra/sheet/zip_format.h"
#include "infra/text/encoding.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace azukari::sheet {
namespace {

using namespace zip;

constexpr std::size_t kMaxDirectoryBytes = 16 << 20;
constexpr std::size_t kMaxNameBytes = 1024;

struct Directory {
    std::uint64_t offset = 0, size = 0, count = 0;
};

// Where the directory lies. Only an archive that ends with its end record is taken: what stands behind it (or, in a
// comment, within it) could be a second archive.
Result<Directory> find_directory(const Archive& archive)
{
    if (archive.size() < kEndBytes) return refuse(kNoZip);
    const auto at = archive.size() - kEndBytes;
    const auto end = archive.text(at, kEndBytes);
    if (u32_at(end, 0) != kEnd || u16_at(end, 20) != 0)
        return archive.text(0, 2) == "PK" ? refuse(kTornZip) : refuse(kNoZip);
    Directory found{u32_at(end, 16), u32_at(end, 12), u16_at(end, 10)};
    bool split = u16_at(end, 4) != 0 || u16_at(end, 6) != 0 || u16_at(end, 8) != u16_at(end, 10);
    auto ends_at = at;
    const bool far = found.offset == kBeyond32 || found.size == kBeyond32 || found.count == kBeyond16;
    if (far && at >= kFarLocatorBytes + kFarEndBytes) {
        const auto locator = archive.text(at - kFarLocatorBytes, kFarLocatorBytes);
        if (u32_at(locator, 0) == kFarLocator) {
            const auto where = u64_at(locator, 8);
            if (where != at - kFarLocatorBytes - kFarEndBytes) return refuse(kUnsoundZip, "目次の位置");
            const auto wide = archive.text(where, kFarEndBytes);
            if (u32_at(wide, 0) != kFarEnd || u64_at(wide, 4) != kFarEndBytes - 12)
                return refuse(kUnsoundZip, "目次の位置");
            found = {u64_at(wide, 48), u64_at(wide, 40), u64_at(wide, 32)};
            split = u32_at(wide, 16) != 0 || u32_at(wide, 20) != 0 || u64_at(wide, 24) != found.count;
            ends_at = where;
        }
    }
    if (split) return refuse(kSplitZip);
    if (found.size > ends_at || found.offset != ends_at - found.size) return refuse(kUnsoundZip, "目次の位置");
    if (found.size > kMaxDirectoryBytes) return refuse(kUnsoundZip, "目次の大きさ");
    return found;
}

// One extra field's content; nothing when it is not there, or the fields are torn.
std::optional<std::string_view> extra_field(std::string_view extra, std::uint16_t wanted)
{
    while (extra.size() >= 4) {
        const auto size = u16_at(extra, 2);
        if (extra.size() - 4 < size) return std::nullopt;
        if (u16_at(extra, 0) == wanted) return extra.substr(4, size);
        extra.remove_prefix(4 + std::size_t{size});
    }
    return std::nullopt;
}

struct Listed { // an entry of the directory, with what its header must say again
    ZipMember member;
    std::string raw_name;
    std::uint16_t flags = 0, method = 0; // as written: 99 for AES
    std::uint64_t header = 0;
};

// Numbers too large for their field stand in an extra field, in this order.
Result<void> widen(Listed& listed, std::string_view extra)
{
    auto wide = extra_field(extra, kFarField).value_or(std::string_view());
    for (auto* number : {&listed.member.size, &listed.member.packed, &listed.header}) {
        if (*number != kBeyond32) continue;
        if (wide.size() < 8) return refuse(kUnsoundZip, "大きさ");
        *number = u64_at(wide, 0);
        wide.remove_prefix(8);
    }
    return {};
}

Result<void> read_aes(Listed& listed, std::string_view extra)
{
    auto& member = listed.member;
    const auto aes = extra_field(extra, kAesField);
    if (!aes || aes->size() != 7 || aes->substr(2, 2) != "AE") return refuse(kUnsoundZip, "暗号化の方式");
    const auto version = u16_at(*aes, 0);
    if (static_cast<std::uint8_t>((*aes)[4]) != kAes256 || version < 1 || version > 2)
        return refuse(kWeakEncryption, member.name);
    member.method = u16_at(*aes, 5);
    member.has_crc = version == 1;
    member.encrypted = true;
    if (member.packed < kSaltBytes + kVerifierBytes + kMacBytes) return refuse(kUnsoundZip, "大きさ");
    return {};
}

Result<std::string> decoded_name(std::string_view raw, std::uint16_t flags, std::size_t number)
{
    auto name = text::decode(raw, (flags & kNameUtf8) != 0 ? text::Encoding::utf8 : text::Encoding::cp932);
    if (!name || raw.size() > kMaxNameBytes) return refuse(kUnreadableName, std::to_string(number));
    return *std::move(name);
}

Result<Listed> read_entry(std::string_view& rest, std::size_t number)
{
    if (rest.size() < kCentralBytes || u32_at(rest, 0) != kCentral) return refuse(kUnsoundZip, "目次");
    const std::size_t name_size = u16_at(rest, 28), extra_size = u16_at(rest, 30), comment_size = u16_at(rest, 32);
    if (rest.size() - kCentralBytes < name_size + extra_size + comment_size) return refuse(kUnsoundZip, "目次");
    Listed listed;
    listed.raw_name = rest.substr(kCentralBytes, name_size);
    listed.flags = u16_at(rest, 8);
    listed.method = listed.member.method = u16_at(rest, 10);
    listed.member.crc = u32_at(rest, 16);
    listed.member.packed = u32_at(rest, 20);
    listed.member.size = u32_at(rest, 24);
    listed.header = u32_at(rest, 42);
    if (u16_at(rest, 34) != 0) return refuse(kSplitZip);
    const auto extra = rest.substr(kCentralBytes + name_size, extra_size);
    AZK_TRY(listed.member.name, decoded_name(listed.raw_name, listed.flags, number));
    AZK_REQUIRE(check_name(listed.member.name, number));
    AZK_REQUIRE(widen(listed, extra));
    if ((listed.flags & (kStrong | kHeaderHidden)) != 0) return refuse(kStrangeMethod, listed.member.name);
    if (listed.method == kAes) {
        if ((listed.flags & kEncrypted) == 0) return refuse(kUnsoundZip, "暗号化の方式");
        AZK_REQUIRE(read_aes(listed, extra));
    } else if ((listed.flags & kEncrypted) != 0) {
        return refuse(kWeakEncryption, listed.member.name); // the ZIP of 1990: broken in minutes
    }
    if (listed.member.method != kStored && listed.member.method != kDeflated)
        return refuse(kStrangeMethod, listed.member.name);
    rest.remove_prefix(kCentralBytes + name_size + extra_size + comment_size);
    return listed;
}

// The header before a member says the same as the directory; sets where what is packed begins.
Result<void> hold_against_header(const Archive& archive, Listed& listed)
{
    auto& member = listed.member;
    const auto header = archive.text(listed.header, kLocalBytes);
    if (header.empty() || u32_at(header, 0) != kLocal) return refuse(kUnsoundZip, "ファイルの位置");
    const std::size_t name_size = u16_at(header, 26), extra_size = u16_at(header, 28);
    const auto name = archive.text(listed.header + kLocalBytes, name_size);
    if (name != listed.raw_name || u16_at(header, 8) != listed.method) return refuse(kUnsoundZip, "名前と方式");
    constexpr std::uint16_t kSaidTwice = kEncrypted | kSizesFollow | kNameUtf8;
    if ((u16_at(header, 6) & kSaidTwice) != (listed.flags & kSaidTwice)) return refuse(kUnsoundZip, "暗号化の方式");
    const bool later = (listed.flags & kSizesFollow) != 0;
    const std::uint64_t packed = u32_at(header, 18), size = u32_at(header, 22);
    const auto agrees = [&](std::uint64_t here, std::uint64_t there) {
        return here == kBeyond32 || here == there || (later && here == 0);
    };
    if (!agrees(packed, member.packed) || !agrees(size, member.size)) return refuse(kUnsoundZip, "大きさ");
    if (!later && u32_at(header, 14) != member.crc) return refuse(kUnsoundZip, "検査符号");
    member.offset = listed.header + kLocalBytes + name_size + extra_size;
    return {};
}

Result<void> check_sizes(const ZipMember& member, const ZipLimits& limits, std::uint64_t& total)
{
    const auto megabytes = std::to_string(limits.total_bytes >> 20);
    if (member.size > limits.total_bytes - total) return refuse(kTooLarge, megabytes);
    total += member.size;
    if (member.size >= limits.ratio_from && member.size / std::max<std::uint64_t>(member.packed, 1) > limits.ratio)
        return refuse(kBomb, member.name);
    constexpr auto kAround = kSaltBytes + kVerifierBytes + kMacBytes;
    if (member.method == kStored && member.size != member.packed - (member.encrypted ? kAround : 0))
        return refuse(kUnsoundZip, "大きさ");
    return {};
}

// Members lie one behind the other and before the directory: one that lies upon another is how a small archive unpacks
// to a thousand times the same bytes.
Result<void> check_apart(const std::vector<Listed>& all, std::uint64_t directory)
{
    std::map<std::uint64_t, std::uint64_t> ranges; // from the header to the end of what is packed
    for (const auto& listed : all) {
        const auto& member = listed.member;
        if (member.offset > directory || member.packed > directory - member.offset)
            return refuse(kUnsoundZip, "ファイルの位置");
        if (!ranges.emplace(listed.header, member.offset + member.packed).second)
            return refuse(kUnsoundZip, "ファイルの重なり");
    }
    std::uint64_t before = 0;
    for (const auto& [begin, end] : ranges) {
        if (begin < before) return refuse(kUnsoundZip, "ファイルの重なり");
        before = end;
    }
    return {};
}

} // namespace

Result<void> check_name(std::string_view name, std::size_t number)
{
    const auto unsafe = refuse(kUnsafeName, std::to_string(number));
    if (name.empty() || name.front() == '/') return unsafe;
    if (name.back() == '/') name.remove_suffix(1);
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
            std::string_view("\\:*?\"<>|").find(c) != std::string_view::npos)
            return unsafe;
    while (true) {
        const auto slash = std::min(name.find('/'), name.size());
        const auto part = name.substr(0, slash);
        if (part.empty() || part == "." || part == ".." || part.back() == '.' || part.back() == ' ') return unsafe;
        if (slash == name.size()) return {};
        name.remove_prefix(slash + 1);
    }
}

Result<std::vector<ZipMember>> read_directory(const Archive& archive, const ZipLimits& limits)
{
    AZK_TRY(const auto directory, find_directory(archive));
    if (directory.count > limits.members) return refuse(kTooManyMembers, std::to_string(limits.members));
    const auto bytes = archive.text(directory.offset, static_cast<std::size_t>(directory.size));
    std::string_view rest(bytes);
    std::vector<Listed> all;
    std::set<std::string> names;
    std::uint64_t total = 0;
    for (std::size_t number = 1; number <= directory.count; ++number) {
        AZK_TRY(auto listed, read_entry(rest, number));
        AZK_REQUIRE(hold_against_header(archive, listed));
        AZK_REQUIRE(check_sizes(listed.member, limits, total));
        if (!names.insert(listed.member.name).second) return refuse(kSameName, listed.member.name);
        all.push_back(std::move(listed));
    }
    if (!rest.empty()) return refuse(kUnsoundZip, "ファイルの数");
    AZK_REQUIRE(check_apart(all, directory.offset));
    std::vector<ZipMember> members;
    for (auto& listed : all)
        if (!listed.member.name.ends_with('/') || listed.member.size > 0) members.push_back(std::move(listed.member));
    return members;
}

} // namespace azukari::sheet
