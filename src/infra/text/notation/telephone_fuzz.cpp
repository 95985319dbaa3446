// Whatever is typed, a telephone number that is taken reads as itself again.
#include "infra/text/notation/telephone.h"

#include "base/check.h"

using namespace azukari::text;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto telephone = read_telephone(text)) {
        AZK_CHECK(telephone->digits.size() == 10 || telephone->digits.size() == 11);
        AZK_CHECK(read_telephone(telephone->digits).value().digits == telephone->digits);
    }
    if (const auto part = telephone_part(text)) AZK_CHECK(part->size() >= 4 && part->size() <= 11);
    return 0;
}
