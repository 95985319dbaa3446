#include "programmes/guidance/letters/addressee.h"

#include <fmt/format.h>

namespace azukari::guidance {

std::string serial_text(Category category, std::uint32_t serial)
{
    return fmt::format("{}-{:05}", facts_of(category).letter, serial);
}

} // namespace azukari::guidance
