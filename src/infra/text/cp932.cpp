#include "infra/text/cp932.h"

#include "base/check.h"
#include "infra/text/text_refusals.h"
#include "infra/text/utf8.h"

#include <array>
#include <bit>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <unicode/ucnv.h>
#include <vector>

namespace azukari::text {

namespace {

// One two-byte code as UTF-8, ready to be copied: up to three bytes, then their count; 0 = no
// character.
struct Packed {
    std::array<char, 3> bytes{};
    std::uint8_t size = 0;
};

struct Tables {
    std::vector<Packed> decode = std::vector<Packed>(0x10000);               // by lead << 8 | trail
    std::vector<std::uint16_t> encode = std::vector<std::uint16_t>(0x10000); // by character; 0 = not held
};

struct Twin {
    char16_t unix_form, windows_form;
};
constexpr Twin kTwins[] = {{0x301C, 0xFF5E}, {0x2212, 0xFF0D}, {0x2014, 0x2015}, {0x2016, 0x2225},
                           {0x00A2, 0xFFE0}, {0x00A3, 0xFFE1}, {0x00AC, 0xFFE2}};

bool is_lead(unsigned byte)
{
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

bool is_halfwidth_kana(unsigned byte)
{
    return byte >= 0xA1 && byte <= 0xDF;
}

class Converter { // ICU's windows-31j, refusing instead of substituting
public:
    Converter()
    {
        UErrorCode error = U_ZERO_ERROR;
        handle_.reset(ucnv_open("ibm-943_P15A-2003", &error));
        ucnv_setToUCallBack(handle_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
        ucnv_setFromUCallBack(handle_.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
        AZK_CHECK(U_SUCCESS(error));
        ucnv_setFallback(handle_.get(), false);
    }
    char16_t character_of(unsigned code)
    {
        const char bytes[] = {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
        char16_t out[4];
        UErrorCode error = U_ZERO_ERROR;
        ucnv_reset(handle_.get());
        const auto size = ucnv_toUChars(handle_.get(), out, 4, bytes, 2, &error);
        return U_SUCCESS(error) && size == 1 && out[0] != 0xFFFD ? out[0] : char16_t{0};
    }
    std::uint16_t code_of(char16_t character)
    {
        char out[4];
        UErrorCode error = U_ZERO_ERROR;
        ucnv_reset(handle_.get());
        const auto size = ucnv_fromUChars(handle_.get(), out, 4, &character, 1, &error);
        if (U_FAILURE(error) || size != 2) return 0;
        return static_cast<std::uint16_t>(static_cast<unsigned char>(out[0]) << 8 | static_cast<unsigned char>(out[1]));
    }

private:
    struct Close {
        void operator()(UConverter* p) const { ucnv_close(p); }
    };
    std::unique_ptr<UConverter, Close> handle_;
};

Packed pack(char16_t character)
{
    std::string utf8;
    append_utf8(utf8, character);
    Packed packed;
    packed.size = static_cast<std::uint8_t>(utf8.size());
    std::copy(utf8.begin(), utf8.end(), packed.bytes.begin());
    return packed;
}

Tables build_tables()
{
    Tables tables;
    Converter converter;
    for (unsigned lead = 0x81; lead <= 0xFC; ++lead) {
        if (!is_lead(lead)) continue;
        for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
            const unsigned code = lead << 8 | trail;
            const char16_t character = trail == 0x7F ? char16_t{0} : converter.character_of(code);
            if (character == 0) continue;
            tables.decode[code] = pack(character);
            // A character with two codes (NEC's and IBM's 髙) is written with the one Windows
            // writes.
            tables.encode[character] = converter.code_of(character);
        }
    }
    for (const auto& twin : kTwins) tables.encode[twin.unix_form] = tables.encode[twin.windows_form];
    return tables;
}

const Tables& tables()
{
    static const Tables built = build_tables();
    return built;
}

std::size_t ascii_prefix(std::string_view bytes, std::size_t at)
{
    const std::size_t begin = at;
    for (std::uint64_t eight; at + 8 <= bytes.size(); at += 8) {
        std::memcpy(&eight, bytes.data() + at, 8);
        eight &= 0x8080808080808080ULL;
        if (eight == 0) continue;
        return at + static_cast<std::size_t>(std::countr_zero(eight)) / 8 - begin;
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
    return at - begin;
}

} // namespace

bool decode_cp932_into(std::string& out, std::string_view bytes, std::size_t& bad)
{
    const auto& table = tables().decode;
    const std::size_t before = out.size();
    out.resize(before + bytes.size() * 3); // no byte becomes more than three
    char* to = out.data() + before;
    for (std::size_t at = 0; at < bytes.size();) {
        if (const std::size_t plain = ascii_prefix(bytes, at); plain > 0) {
            std::memcpy(to, bytes.data() + at, plain);
            to += plain;
            at += plain;
            continue;
        }
        const auto lead = static_cast<unsigned char>(bytes[at]);
        if (is_halfwidth_kana(lead)) {
            const unsigned c = 0xFF61U + lead - 0xA1U;
            *to++ = static_cast<char>(0xEF);
            *to++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
            *to++ = static_cast<char>(0x80 | (c & 0x3F));
            ++at;
            continue;
        }
        const auto trail = at + 1 < bytes.size() ? static_cast<unsigned char>(bytes[at + 1]) : 0U;
        const Packed& packed = table[static_cast<std::size_t>(lead) << 8 | trail];
        if (packed.size == 0) {
            out.resize(before);
            bad = at;
            return false;
        }
        std::memcpy(to, packed.bytes.data(), 3); // the buffer has room for three wherever a pair begins
        to += packed.size;
        at += 2;
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    return true;
}

Result<std::string> decode_cp932(std::string_view bytes)
{
    std::string out;
    std::size_t bad = 0;
    if (!decode_cp932_into(out, bytes, bad)) return refuse(kNotCp932, std::to_string(bad + 1));
    return out;
}

Result<std::string> encode_cp932(std::string_view utf8)
{
    const auto& table = tables().encode;
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t begin = at;
        const char32_t c = next_code_point(utf8, at);
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c >= 0xFF61 && c <= 0xFF9F) {
            out += static_cast<char>(c - 0xFF61 + 0xA1);
        } else if (c < 0x10000 && table[c] != 0) {
            out += static_cast<char>(table[c] >> 8);
            out += static_cast<char>(table[c] & 0xFF);
        } else {
            return refuse(kOutsideCp932, utf8.substr(begin, at - begin));
        }
    }
    return out;
}

} // namespace azukari::text
