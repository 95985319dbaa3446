// Whatever is sent as a form or a query: it is refused, or every name and value is clean text that survives being
// decoded again from its encoded form.
#include "base/check.h"
#include "infra/http/decoding.h"

#include <fmt/format.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const auto form = http::decode_pairs(as_text({data, size}));
    if (!form) return 0;
    std::string encoded;
    for (const auto& [name, value] : form->pairs()) {
        AZK_CHECK(http::field_text(name) == name && http::field_text(value) == value);
        for (const char c : name) encoded += fmt::format("%{:02x}", static_cast<unsigned char>(c));
        encoded += '=';
        for (const char c : value) encoded += fmt::format("%{:02x}", static_cast<unsigned char>(c));
        encoded += '&';
    }
    const auto again = http::decode_pairs(encoded);
    AZK_CHECK(again && again->pairs() == form->pairs());
    return 0;
}
