#include "infra/sheet/block_deflater.h"

#include "base/check.h"

#include <algorithm>
#include <libdeflate.h>
#include <span>
#include <thread>
#include <zlib.h>

namespace azukari::sheet {
namespace {

constexpr std::size_t kLanes = 2;

std::string compressed(libdeflate_compressor* compressor, std::string_view content)
{
    std::string out(libdeflate_deflate_compress_bound(compressor, content.size()), '\0');
    out.resize(libdeflate_deflate_compress(compressor, content.data(), content.size(), out.data(), out.size()));
    AZK_CHECK(!out.empty());
    return out;
}

// Where the last block of a deflate stream begins and ends, in bits.
struct LastBlock {
    std::uint64_t begin = 0, end = 0;
};

// libdeflate knows only whole streams, and nothing tells where their last block begins. zlib stops at every block, so
// the stream is read back through it: that finds the place, and proves that what was compressed opens again.
LastBlock last_block(std::string& stream, std::string_view content, std::string& room)
{
    z_stream inflater{};
    AZK_CHECK(inflateInit2(&inflater, -MAX_WBITS) == Z_OK);
    inflater.next_in = reinterpret_cast<Bytef*>(stream.data());
    inflater.avail_in = static_cast<uInt>(stream.size());
    room.resize(content.size() + 1); // one more than is needed: room must not be what ends the reading
    inflater.next_out = reinterpret_cast<Bytef*>(room.data());
    inflater.avail_out = static_cast<uInt>(room.size());
    LastBlock last;
    for (;;) {
        AZK_CHECK(inflate(&inflater, Z_BLOCK) == Z_OK && (inflater.data_type & 128) != 0);
        const auto at = std::uint64_t{inflater.total_in} * 8 - static_cast<unsigned>(inflater.data_type & 7);
        if ((inflater.data_type & 64) != 0) {
            last.end = at;
            break;
        }
        last.begin = at;
    }
    AZK_CHECK(inflater.total_out == content.size() && std::string_view(room).substr(0, content.size()) == content);
    inflateEnd(&inflater);
    return last;
}

} // namespace

struct BlockDeflater::Lane {
    explicit Lane(int level) : compressor(libdeflate_alloc_compressor(level)) { AZK_CHECK(compressor != nullptr); }
    ~Lane() { libdeflate_free_compressor(compressor); }
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    // Makes a stream that another can follow: its last block no longer says so, and an empty stored block brings it to
    // a whole byte (what zlib calls a full flush).
    void compress(std::string_view content)
    {
        result = compressed(compressor, content);
        const auto last = last_block(result, content, room);
        auto& head = result[static_cast<std::size_t>(last.begin / 8)];
        head = static_cast<char>(static_cast<unsigned char>(head) & ~(1U << last.begin % 8));
        // The empty block's three bits are nought, as is what libdeflate fills the last byte with.
        result.resize(static_cast<std::size_t>((last.end + 3 + 7) / 8));
        result.append("\x00\x00\xff\xff", 4);
    }

    libdeflate_compressor* compressor;
    std::string result, room;
};

BlockDeflater::BlockDeflater(int level)
{
    for (std::size_t i = 0; i < kLanes; ++i) lanes_.push_back(std::make_unique<Lane>(level));
}

BlockDeflater::~BlockDeflater() = default;
BlockDeflater::BlockDeflater(BlockDeflater&&) noexcept = default;
BlockDeflater& BlockDeflater::operator=(BlockDeflater&&) noexcept = default;

std::string BlockDeflater::whole(std::string_view content)
{
    return compressed(lanes_.front()->compressor, content);
}

void BlockDeflater::add(std::string& out, std::string_view piece)
{
    while (!piece.empty()) {
        const auto count = std::min(piece.size(), kLanes * kBlock - waiting_.size());
        waiting_ += piece.substr(0, count);
        piece.remove_prefix(count);
        if (waiting_.size() == kLanes * kBlock) flush(out);
    }
}

void BlockDeflater::flush(std::string& out)
{
    const std::string_view all(waiting_);
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < kLanes && i * kBlock < all.size(); ++i)
        helpers.emplace_back(
            [lane = lanes_[i].get(), block = all.substr(i * kBlock, kBlock)] { lane->compress(block); });
    const auto used = helpers.size() + 1;
    if (!all.empty()) lanes_.front()->compress(all.substr(0, kBlock));
    helpers.clear(); // waits for them
    if (!all.empty())
        for (std::size_t i = 0; i < used; ++i) out += lanes_[i]->result;
    waiting_.clear();
}

void BlockDeflater::end(std::string& out)
{
    flush(out);
    out.append("\x03\x00", 2); // an empty block that says it is the last
}

} // namespace azukari::sheet
