// Whatever bytes come, decoding refuses or gives UTF-8 that encodes to bytes with the same meaning.
#include "infra/text/cp932.h"
#include "infra/text/encoding.h"

#include "base/check.h"

using namespace azukari::text;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    guess_encoding(bytes);
    std::string as_text;
    std::size_t bad = 0;
    if (!decode_cp932_into(as_text, bytes, bad)) {
        AZK_CHECK(bad < size && as_text.empty());
        return 0;
    }
    AZK_CHECK(is_utf8(as_text, bad));
    const auto again = encode_cp932(as_text);
    AZK_CHECK(again.has_value());
    AZK_CHECK(decode_cp932(*again).value() == as_text);
    return 0;
}
