#include "vault/sealed/sealed_fields.h"

#include "infra/seal/digest.h"

namespace azukari::vault {
namespace {

constexpr std::string_view kSalt = "salt";

// The id and the number, so that no version passes for another.
std::array<std::uint8_t, 24> row_of(const Place& place)
{
    std::array<std::uint8_t, 24> row{};
    std::copy(place.row.begin(), place.row.end(), row.begin());
    for (std::size_t i = 0; i < 8; ++i) row[16 + i] = static_cast<std::uint8_t>(place.number >> (56 - 8 * i));
    return row;
}

} // namespace

SealedFields seal_fields(const seal::SealKey& key, EntrustmentId entrustment, const Place& place, FieldMap fields,
                         Entropy& entropy)
{
    fields[std::string(kSalt)] = std::string(as_text(entropy.bytes<32>()));
    const auto plain = encode(fields);
    const auto row = row_of(place);
    return {seal::seal_value(key, {place.table, row, "sealed", entrustment}, plain, entropy), hex(seal::sha256(plain))};
}

Result<OpenedFields> open_fields(const seal::SealKey& key, EntrustmentId entrustment, const Place& place,
                                 ByteView sealed)
{
    const auto row = row_of(place);
    AZK_TRY(const auto plain, seal::open_value(key, {place.table, row, "sealed", entrustment}, sealed));
    AZK_TRY(auto fields, decode(plain));
    fields.erase(std::string(kSalt));
    return OpenedFields{std::move(fields), hex(seal::sha256(plain))};
}

} // namespace azukari::vault
