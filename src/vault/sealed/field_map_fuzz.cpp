#include "base/check.h"
#include "vault/sealed/field_map.h"

using namespace azukari;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(data, size);
    if (const auto fields = vault::decode(bytes)) {
        const auto again = vault::encode(*fields);
        AZK_CHECK(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
    }
    return 0;
}
