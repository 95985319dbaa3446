#include "infra/storage/postgres/answer_row.h"

#include "base/check.h"
#include "infra/storage/postgres/types.h"

#include <libpq-fe.h>

namespace azukari::storage::postgres {

namespace {

// Big-endian, two's complement, of 1 to 8 bytes.
std::int64_t whole_number(std::string_view bytes)
{
    std::uint64_t value = !bytes.empty() && (bytes[0] & 0x80) ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
    return static_cast<std::int64_t>(value);
}

// numeric_send: how many digits, the weight of the first, sign, scale, then digits to the base of 10000.
std::int64_t whole_numeric(std::string_view bytes)
{
    const auto field = [&](std::size_t i) { return whole_number(bytes.substr(i * 2, 2)); };
    const auto digits = field(0), weight = field(1), sign = field(2) & 0xffff;
    AZK_CHECK((sign == 0 || sign == 0x4000) && weight < 5 && digits <= weight + 1);
    std::int64_t value = 0;
    for (std::int64_t i = 0; i <= weight; ++i)
        AZK_CHECK(!__builtin_mul_overflow(value, 10000, &value) &&
                  !__builtin_add_overflow(value, i < digits ? field(4 + static_cast<std::size_t>(i)) : 0, &value));
    return sign == 0 ? value : -value;
}

} // namespace

bool AnswerRow::is_null(int column) const
{
    AZK_CHECK(column >= 0 && column < PQnfields(answer_));
    return PQgetisnull(answer_, row_, column) != 0;
}

std::string_view AnswerRow::value(int column) const
{
    AZK_CHECK(!is_null(column));
    return {PQgetvalue(answer_, row_, column), static_cast<std::size_t>(PQgetlength(answer_, row_, column))};
}

std::int64_t AnswerRow::integer(int column) const
{
    const auto bytes = value(column);
    const auto type = PQftype(answer_, column);
    if (type == kNumeric) return whole_numeric(bytes);
    AZK_CHECK(type == kBool || type == kInt2 || type == kInt4 || type == kInt8);
    return whole_number(bytes);
}

std::string_view AnswerRow::text(int column) const
{
    const auto type = PQftype(answer_, column);
    AZK_CHECK(type == kText || type == kVarchar || type == kName);
    return value(column);
}

ByteView AnswerRow::blob(int column) const
{
    AZK_CHECK(PQftype(answer_, column) == kBytea);
    return as_bytes(value(column));
}

} // namespace azukari::storage::postgres
