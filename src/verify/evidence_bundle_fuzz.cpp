// A bundle from anywhere: whatever the archive holds, verifying it ends, and never in a crash.
#include "verify/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari::verify;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto opened = open_zip_in_memory(bytes); opened.files) (void)verify_bundle(*opened.files, {});
    return 0;
}
