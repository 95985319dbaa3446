#include "programmes/guidance/letters/paper_code.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <zlib.h>

namespace azukari::guidance {
namespace {

constexpr std::size_t kDigits = 49;
constexpr std::size_t kTicketDigits = 11;

std::uint32_t crc(const void* bytes, std::size_t size)
{
    return static_cast<std::uint32_t>(crc32_z(0, static_cast<const Bytef*>(bytes), size));
}

class Digits {
public:
    explicit Digits(std::string_view text) : rest_(text) {}
    std::string_view take(std::size_t count)
    {
        const auto taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }
    std::uint32_t number(std::size_t count)
    {
        const auto digits = take(count);
        std::uint32_t value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return value;
    }

private:
    std::string_view rest_;
};

} // namespace

PaperCode code_of(const Addressee& to, const IdentityColumns& columns, unsigned page, unsigned pages)
{
    const auto value = [&](std::size_t column) { return to.recipient.value(column); };
    std::string address(value(columns.address));
    address += value(columns.building);
    return {.category = to.category,
            .page = page,
            .pages = pages,
            .edition = to.edition,
            .serial = to.serial,
            .voucher = fmt::format("{:0>11}", value(columns.voucher)),
            .ticket = fmt::format("{:0>11}", value(columns.ticket)),
            .name = check_digits_of(value(columns.name)),
            .address = check_digits_of(address),
            .batch_mark = to.batch_mark};
}

std::uint32_t check_digits_of(std::string_view utf8)
{
    return crc(utf8.data(), utf8.size()) % 1'000'000;
}

unsigned batch_mark_of(std::span<const std::uint8_t> id)
{
    return crc(id.data(), id.size()) % 9'999 + 1;
}

std::string text_of(const PaperCode& code)
{
    return fmt::format("2{}{}{}{}{:06}{:0>11}{:0>11}{:06}{:06}{:04}", static_cast<unsigned>(code.category) + 1,
                       code.page, code.pages, code.edition, code.serial, code.voucher, code.ticket, code.name,
                       code.address, code.batch_mark);
}

std::optional<PaperCode> read_paper_code(std::string_view text)
{
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != kDigits || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    Digits digits(text);
    const auto version = digits.number(1);
    const auto category = digits.number(1);
    if (version != 2 || category < 1 || category > kCategories.size()) return std::nullopt;
    PaperCode code;
    code.category = static_cast<Category>(category - 1);
    code.page = digits.number(1);
    code.pages = digits.number(1);
    code.edition = digits.number(1);
    code.serial = digits.number(6);
    code.voucher = digits.take(kTicketDigits);
    code.ticket = digits.take(kTicketDigits);
    code.name = digits.number(6);
    code.address = digits.number(6);
    code.batch_mark = digits.number(4);
    if (code.page < 1 || code.page > code.pages || code.edition < 1 || code.serial < 1) return std::nullopt;
    return code;
}

} // namespace azukari::guidance
