// A manifest is read from a medium that others may have held: what is taken for one says exactly what was written.
#include "backup/manifest.h"
#include "base/check.h"

using namespace azukari;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = backup::parse_manifest(text);
    AZK_CHECK(!read || backup::text_of(*read) == text);
    return 0;
}
