#include "infra/text/encoding.h"

#include "infra/text/cp932.h"
#include "infra/text/text_refusals.h"
#include "infra/text/utf8.h"

#include <algorithm>

namespace azukari::text {

namespace {

// U+FFFD itself is a character a file may hold; only the reader's own mark for wrong bytes is
// meant.
bool is_replacement(std::string_view bytes, std::size_t at)
{
    return bytes.substr(at, 3) == "\xEF\xBF\xBD";
}

} // namespace

bool is_utf8(std::string_view bytes, std::size_t& bad)
{
    for (std::size_t at = 0; at < bytes.size();) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        if (next_code_point(bytes, at) == kNoCharacter && !is_replacement(bytes, begin)) {
            bad = begin;
            return false;
        }
    }
    return true;
}

Encoding guess_encoding(std::string_view head)
{
    if (head.starts_with(kByteOrderMark)) return Encoding::utf8;
    std::size_t bad = 0;
    const bool whole = is_utf8(head, bad);
    const bool cut_at_end = !whole && bad + 4 > head.size() && static_cast<unsigned char>(head[bad]) >= 0xC2;
    const bool beyond_ascii = std::ranges::any_of(head.substr(0, whole ? head.size() : bad),
                                                  [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return (whole || cut_at_end) && beyond_ascii ? Encoding::utf8 : Encoding::cp932;
}

bool decode_into(std::string& out, std::string_view bytes, Encoding encoding, std::size_t& bad)
{
    if (encoding == Encoding::cp932) return decode_cp932_into(out, bytes, bad);
    if (!is_utf8(bytes, bad)) return false;
    out += bytes;
    return true;
}

Result<std::string> decode(std::string_view bytes, Encoding encoding)
{
    std::string out;
    std::size_t bad = 0;
    if (!decode_into(out, bytes, encoding, bad))
        return refuse(encoding == Encoding::cp932 ? kNotCp932 : kNotUtf8, std::to_string(bad + 1));
    return out;
}

} // namespace azukari::text
