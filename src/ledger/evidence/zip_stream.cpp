#include "ledger/evidence/zip_stream.h"

#include "base/check.h"

#include <zlib.h>

namespace azukari::ledger::evidence {
namespace {

constexpr std::uint16_t kVersion = 45;      // of the format: ZIP64
constexpr std::uint16_t kMadeByUnix = 3 << 8 | kVersion;
constexpr std::uint16_t kFirstDay = 0x0021; // 1980-01-01, as early as the format goes
constexpr std::uint32_t kReadable = 0100644U << 16;
constexpr std::uint32_t kBeyond32 = 0xffffffff;
constexpr std::uint16_t kBeyond16 = 0xffff;

// Little endian, as every number in a ZIP.
class Fields {
public:
    explicit Fields(std::string& out) : out_(out) {}
    Fields& u16(std::uint64_t value) { return put(value, 2); }
    Fields& u32(std::uint64_t value) { return put(value, 4); }
    Fields& u64(std::uint64_t value) { return put(value, 8); }
    Fields& text(std::string_view value)
    {
        out_ += value;
        return *this;
    }

private:
    Fields& put(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i) out_ += static_cast<char>(value >> (8 * i) & 0xff);
        return *this;
    }
    std::string& out_;
};

std::string deflated(std::string_view content)
{
    z_stream stream{};
    AZK_CHECK(deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string packed(deflateBound(&stream, content.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    AZK_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

} // namespace

void ZipStream::add(std::string& out, const std::string& name, std::string_view content, Method method)
{
    AZK_CHECK(content.size() < 1U << 31);
    const auto packed = method == Method::deflate ? deflated(content) : std::string();
    const auto body = method == Method::deflate ? std::string_view(packed) : content;
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
    members_.push_back({name, static_cast<std::uint16_t>(method == Method::deflate ? 8 : 0),
                        static_cast<std::uint32_t>(crc), static_cast<std::uint32_t>(body.size()),
                        static_cast<std::uint32_t>(content.size()), written_});
    const auto& member = members_.back();
    const auto begin = out.size();
    Fields(out).u32(0x04034b50).u16(kVersion).u16(0).u16(member.method).u16(0).u16(kFirstDay).u32(member.crc)
        .u32(member.packed_size).u32(member.size).u16(name.size()).u16(0).text(name).text(body);
    written_ += out.size() - begin;
}

void ZipStream::finish(std::string& out)
{
    const auto begin = out.size();
    for (const auto& member : members_) {
        const bool far = member.offset >= kBeyond32;
        Fields fields(out);
        fields.u32(0x02014b50).u16(kMadeByUnix).u16(kVersion).u16(0).u16(member.method).u16(0).u16(kFirstDay)
            .u32(member.crc).u32(member.packed_size).u32(member.size).u16(member.name.size()).u16(far ? 12 : 0)
            .u16(0).u16(0).u16(0).u32(kReadable).u32(far ? kBeyond32 : member.offset).text(member.name);
        if (far) fields.u16(1).u16(8).u64(member.offset);
    }
    const auto size = out.size() - begin;
    const auto count = members_.size();
    Fields fields(out);
    if (count >= kBeyond16 || written_ + size >= kBeyond32) {
        fields.u32(0x06064b50).u64(44).u16(kMadeByUnix).u16(kVersion).u32(0).u32(0).u64(count).u64(count).u64(size)
            .u64(written_);
        fields.u32(0x07064b50).u32(0).u64(written_ + size).u32(1);
    }
    fields.u32(0x06054b50).u16(0).u16(0).u16(std::min<std::uint64_t>(count, kBeyond16))
        .u16(std::min<std::uint64_t>(count, kBeyond16)).u32(std::min<std::uint64_t>(size, kBeyond32))
        .u32(std::min<std::uint64_t>(written_, kBeyond32)).u16(0);
}

} // namespace azukari::ledger::evidence
