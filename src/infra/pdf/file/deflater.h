// Compression as PDF's FlateDecode expects it (zlib, RFC 1950). One per thread; keeps its working
// memory.
#pragma once

#include <string>
#include <string_view>

struct libdeflate_compressor;

namespace azukari::pdf {

class Deflater {
public:
    explicit Deflater(int level = 6);
    ~Deflater();
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    // Appends the compressed form to `out`; returns its size.
    std::size_t deflate_into(std::string& out, std::string_view raw);

private:
    libdeflate_compressor* compressor_;
};

} // namespace azukari::pdf
