// Whatever stands in a cell of the store, opening it gives the value or a refusal.
#include "base/check.h"
#include "infra/seal/sealed_value.h"

#include <algorithm>

using namespace azukari;
using namespace azukari::seal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static KeyArena arena(8);
    static SeededEntropy entropy(1);
    static const auto key = arena.keep(Key256{});
    const ByteView input(data, size);
    const Context place{"person", input.first(std::min<std::size_t>(size, 16)), "name", EntrustmentId(IdBytes{})};

    // Nobody without the key makes a value that opens; the corpus holds none.
    AZK_CHECK(!open_value(key, place, input));
    const auto sealed = seal_value(key, place, input, entropy);
    const auto opened = open_value(key, place, sealed);
    AZK_CHECK(opened && std::ranges::equal(*opened, input));
    return 0;
}
