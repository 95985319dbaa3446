#include "infra/sheet/zip_writer.h"

#include "base/check.h"
#include "infra/sheet/zip_format.h"

#include <algorithm>
#include <libdeflate.h>

namespace azukari::sheet {
namespace {

using namespace zip;

constexpr std::uint32_t kReadable = 0100644U << 16;
constexpr int kEarliest = 1980, kLatest = 2107;

std::uint16_t name_flag(std::string_view name)
{
    return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })
               ? std::uint16_t{0}
               : kNameUtf8;
}

std::uint32_t crc_of(std::uint32_t before, std::string_view content)
{
    return libdeflate_crc32(before, content.data(), content.size());
}

} // namespace

ZipWriter::ZipWriter(int level) : deflater_(level) {}

ZipWriter::ZipWriter(SecretText password, Entropy& entropy, Instant made, int level)
    : password_(std::move(password)), entropy_(&entropy), deflater_(level)
{
    AZK_CHECK(!password_.empty());
    const auto day = CivilDate::of(made);
    if (day.year() < kEarliest || day.year() > kLatest) return;
    const auto seconds = (made - day.midnight()).micros / 1'000'000;
    date_ = static_cast<std::uint16_t>((day.year() - kEarliest) << 9 | static_cast<int>(day.month() << 5 | day.day()));
    time_ = static_cast<std::uint16_t>(seconds / 3600 << 11 | seconds / 60 % 60 << 5 | seconds % 60 / 2);
}

std::string ZipWriter::aes_field(const Member& member) const
{
    std::string field;
    if (hides()) Fields(field).u16(kAesField).u16(7).u16(2).text("AE").u8(kAes256).u16(member.method);
    return field;
}

void ZipWriter::open_member(std::string_view name, std::uint16_t method, std::uint16_t flags)
{
    AZK_CHECK(!open_ && !name.empty() && name.size() <= kBeyond16);
    const auto hidden = hides() ? kEncrypted : std::uint16_t{0};
    members_.push_back(
        {std::string(name), method, static_cast<std::uint16_t>(flags | hidden | name_flag(name)), 0, 0, 0, written_});
}

// Of a member whose sizes are not known yet, the header announces that they follow it, as wide numbers.
void ZipWriter::header(std::string& out, const Member& member) const
{
    const bool later = (member.flags & kSizesFollow) != 0;
    std::string extra;
    if (later) Fields(extra).u16(kFarField).u16(16).u64(0).u64(0);
    extra += aes_field(member);
    Fields(out)
        .u32(kLocal)
        .u16(hides() ? kVersionAes : kVersion)
        .u16(member.flags)
        .u16(hides() ? kAes : member.method)
        .u16(time_)
        .u16(date_)
        .u32(member.crc)
        .u32(later ? kBeyond32 : member.packed)
        .u32(later ? kBeyond32 : member.size)
        .u16(member.name.size())
        .u16(extra.size())
        .text(member.name)
        .text(extra);
}

void ZipWriter::open_cipher(std::string& out)
{
    if (!hides()) return;
    const auto salt = entropy_->bytes<kSaltBytes>();
    cipher_.emplace(password_, salt);
    out += as_text(salt);
    out += as_text(cipher_->verifier());
}

void ZipWriter::pack(std::string& out, std::size_t from)
{
    if (cipher_) cipher_->hide(std::span(out).subspan(from));
    members_.back().packed += out.size() - from;
}

void ZipWriter::close_cipher(std::string& out)
{
    if (!cipher_) return;
    out += as_text(cipher_->mac());
    cipher_.reset();
    members_.back().packed += kSaltBytes + kVerifierBytes + kMacBytes;
}

void ZipWriter::add(std::string& out, std::string_view name, std::string_view content, Method method)
{
    AZK_CHECK(content.size() < 1U << 31);
    const bool deflates = method == Method::deflate;
    const auto packed = deflates ? deflater_.whole(content) : std::string();
    const auto body = deflates ? std::string_view(packed) : content;
    const auto begin = out.size();
    open_member(name, deflates ? kDeflated : kStored, 0);
    auto& member = members_.back();
    if (!hides()) member.crc = crc_of(0, content);
    member.size = content.size();
    member.packed = body.size() + (hides() ? kSaltBytes + kVerifierBytes + kMacBytes : 0);
    header(out, member);
    member.packed = 0;
    open_cipher(out);
    const auto from = out.size();
    out += body;
    pack(out, from);
    close_cipher(out);
    written_ += out.size() - begin;
}

void ZipWriter::begin(std::string& out, std::string_view name)
{
    const auto begin = out.size();
    open_member(name, kDeflated, kSizesFollow);
    header(out, members_.back());
    open_cipher(out);
    open_ = true;
    written_ += out.size() - begin;
}

void ZipWriter::write(std::string& out, std::string_view piece)
{
    AZK_CHECK(open_);
    auto& member = members_.back();
    if (!hides()) member.crc = crc_of(member.crc, piece);
    member.size += piece.size();
    const auto from = out.size();
    deflater_.add(out, piece);
    pack(out, from);
    written_ += out.size() - from;
}

void ZipWriter::end(std::string& out)
{
    AZK_CHECK(open_);
    const auto& member = members_.back();
    const auto from = out.size();
    deflater_.end(out);
    pack(out, from);
    close_cipher(out);
    Fields(out).u32(kDescriptor).u32(member.crc).u64(member.packed).u64(member.size);
    open_ = false;
    written_ += out.size() - from;
}

void ZipWriter::directory_entry(std::string& out, const Member& member) const
{
    std::string wide;
    const auto narrow = [&](std::uint64_t value) {
        if (value < kBeyond32) return value;
        Fields(wide).u64(value);
        return std::uint64_t{kBeyond32};
    };
    const auto size = narrow(member.size), packed = narrow(member.packed), offset = narrow(member.offset);
    std::string extra;
    if (!wide.empty()) Fields(extra).u16(kFarField).u16(wide.size()).text(wide);
    extra += aes_field(member);
    const auto version = hides() ? kVersionAes : kVersion;
    Fields(out)
        .u32(kCentral)
        .u16(3 << 8 | version)
        .u16(version)
        .u16(member.flags)
        .u16(hides() ? kAes : member.method)
        .u16(time_)
        .u16(date_)
        .u32(member.crc)
        .u32(packed)
        .u32(size)
        .u16(member.name.size())
        .u16(extra.size())
        .u16(0)
        .u16(0)
        .u16(0)
        .u32(kReadable)
        .u32(offset)
        .text(member.name)
        .text(extra);
}

void ZipWriter::finish(std::string& out)
{
    AZK_CHECK(!open_);
    const auto begin = out.size();
    for (const auto& member : members_) directory_entry(out, member);
    const auto size = out.size() - begin;
    const auto count = members_.size();
    Fields fields(out);
    if (count >= kBeyond16 || written_ + size >= kBeyond32) {
        fields.u32(kFarEnd)
            .u64(44)
            .u16(3 << 8 | kVersion)
            .u16(kVersion)
            .u32(0)
            .u32(0)
            .u64(count)
            .u64(count)
            .u64(size)
            .u64(written_);
        fields.u32(kFarLocator).u32(0).u64(written_ + size).u32(1);
    }
    fields.u32(kEnd)
        .u16(0)
        .u16(0)
        .u16(std::min<std::uint64_t>(count, kBeyond16))
        .u16(std::min<std::uint64_t>(count, kBeyond16))
        .u32(std::min<std::uint64_t>(size, kBeyond32))
        .u32(std::min<std::uint64_t>(written_, kBeyond32))
        .u16(0);
}

} // namespace azukari::sheet
