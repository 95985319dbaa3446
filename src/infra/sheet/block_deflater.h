// Deflate (RFC 1951) of something that comes in pieces, a block of 4 MiB at a time, two blocks at once on two threads.
// Blocks are cut by size alone, so the same content gives the same bytes. Every block is read back before it leaves.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::sheet {

class BlockDeflater {
public:
    static constexpr std::size_t kBlock = std::size_t{4} << 20;

    explicit BlockDeflater(int level); // 1 (quick) to 9 (small), as zlib counts
    ~BlockDeflater();
    BlockDeflater(BlockDeflater&&) noexcept;
    BlockDeflater& operator=(BlockDeflater&&) noexcept;

    // A whole stream at once. Meant for what is small: it is compressed where it is called.
    std::string whole(std::string_view content);

    // Appends to `out` what is compressed by now.
    void add(std::string& out, std::string_view piece);
    // Ends the stream; another may begin.
    void end(std::string& out);

private:
    struct Lane;
    void flush(std::string& out);
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::string waiting_;
};

} // namespace azukari::sheet
