#include "infra/pdf/file/deflater.h"

#include "base/check.h"

#include <libdeflate.h>

namespace azukari::pdf {

Deflater::Deflater(int level) : compressor_(libdeflate_alloc_compressor(level))
{
    AZK_CHECK(compressor_ != nullptr);
}

Deflater::~Deflater()
{
    libdeflate_free_compressor(compressor_);
}

std::size_t Deflater::deflate_into(std::string& out, std::string_view raw)
{
    const std::size_t before = out.size();
    const std::size_t bound = libdeflate_zlib_compress_bound(compressor_, raw.size());
    out.resize(before + bound);
    const std::size_t size = libdeflate_zlib_compress(compressor_, raw.data(), raw.size(), out.data() + before, bound);
    AZK_CHECK(size > 0);
    out.resize(before + size);
    return size;
}

} // namespace azukari::pdf
