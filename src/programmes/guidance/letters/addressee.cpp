#include "programmes/guidance/letters/addressee.h"

#include <fmt/format.h>

namespace azukari::guidance {

std::string serial_text(Category category, std::uint32_t serial)
{
    return fmt::format("{}-{:05}", facts_of(category).letter, serial);
}

std::string paper_code(const Addressee& addressee, unsigned page, unsigned pages, std::string_view voucher,
                       std::string_view ticket)
{
    return fmt::format("1{}{}{}{:06}{:0>11}{:0>11}", static_cast<unsigned>(addressee.category) + 1, page, pages,
                       addressee.serial, voucher, ticket);
}

} // namespace azukari::guidance
