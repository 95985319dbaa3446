#include "vault/sealed/field_map.h"

#include "vault/vault_refusals.h"

namespace azukari::vault {
namespace {

void write(Bytes& out, std::string_view text)
{
    const auto size = static_cast<std::uint32_t>(text.size());
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(size >> shift));
    out.insert(out.end(), text.begin(), text.end());
}

// Takes one text off the front; nothing when there is not enough.
std::optional<std::string_view> read(ByteView& rest)
{
    if (rest.size() < 4) return std::nullopt;
    std::size_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | rest[static_cast<std::size_t>(i)];
    if (rest.size() - 4 < size) return std::nullopt;
    const auto text = as_text(rest.subspan(4, size));
    rest = rest.subspan(4 + size);
    return text;
}

} // namespace

Bytes encode(const FieldMap& fields)
{
    Bytes out;
    for (const auto& [name, text] : fields) {
        write(out, name);
        write(out, text);
    }
    return out;
}

Result<FieldMap> decode(ByteView bytes)
{
    FieldMap fields;
    while (!bytes.empty()) {
        const auto name = read(bytes);
        const auto text = name ? read(bytes) : std::nullopt;
        if (!text || (!fields.empty() && *name <= fields.rbegin()->first)) return refuse(kDamagedFields);
        fields.emplace_hint(fields.end(), *name, *text);
    }
    return fields;
}

} // namespace azukari::vault
