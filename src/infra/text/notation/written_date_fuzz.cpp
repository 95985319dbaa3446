// Whatever is typed, a date that is taken reads the same from its own long form, and a part of a date is one a calendar
// could hold.
#include "infra/text/notation/written_date.h"

#include "base/check.h"

using namespace azukari::text;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto date = read_date(text)) {
        AZK_CHECK(read_date(date->iso()).value() == *date);
        if (*date >= azukari::eras().back().from) AZK_CHECK(read_date(azukari::to_era(*date)).value() == *date);
    }
    if (const auto part = date_part(text))
        AZK_CHECK((!part->month || *part->month <= 12) && (!part->day || *part->day <= 31));
    return 0;
}
