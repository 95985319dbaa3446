// Whatever the file, it is refused or gives entries whose times are in order.
#include "base/check.h"
#include "custody/rooms/room.h"

using namespace azukari;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto entries = custody::read_entry_list(as_text(ByteView(data, size)));
    if (!entries) return 0;
    AZK_CHECK(!entries->empty());
    for (const auto& entry : *entries) AZK_CHECK(!entry.name.empty() && (!entry.left || entry.entered <= *entry.left));
    return 0;
}
