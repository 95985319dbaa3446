// The parts of the ZIP format (PKWARE APPNOTE 6.3, WinZip AE-2) that its writer and its reader both speak of.
// Every number is little endian.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace azukari::sheet::zip {

inline constexpr std::uint32_t kLocal = 0x04034b50, kDescriptor = 0x08074b50, kCentral = 0x02014b50, kEnd = 0x06054b50,
                               kFarEnd = 0x06064b50, kFarLocator = 0x07064b50;
inline constexpr std::size_t kLocalBytes = 30, kCentralBytes = 46, kEndBytes = 22, kFarEndBytes = 56,
                             kFarLocatorBytes = 20;

inline constexpr std::uint16_t kVersion = 45;    // of the format: ZIP64
inline constexpr std::uint16_t kVersionAes = 51; // and AES
inline constexpr std::uint16_t kEncrypted = 1 << 0, kSizesFollow = 1 << 3, kStrong = 1 << 6, kNameUtf8 = 1 << 11,
                               kHeaderHidden = 1 << 13;
inline constexpr std::uint16_t kStored = 0, kDeflated = 8, kAes = 99;
inline constexpr std::uint16_t kFarField = 0x0001, kAesField = 0x9901; // extra fields
inline constexpr std::uint8_t kAes256 = 3;
inline constexpr std::size_t kSaltBytes = 16, kVerifierBytes = 2, kMacBytes = 10; // around what AES-256 hides

inline constexpr std::uint32_t kBeyond32 = 0xffffffff;
inline constexpr std::uint16_t kBeyond16 = 0xffff;

class Fields {
public:
    explicit Fields(std::string& out) : out_(out) {}
    Fields& u8(std::uint64_t value) { return put(value, 1); }
    Fields& u16(std::uint64_t value) { return put(value, 2); }
    Fields& u32(std::uint64_t value) { return put(value, 4); }
    Fields& u64(std::uint64_t value) { return put(value, 8); }
    Fields& text(std::string_view value)
    {
        out_ += value;
        return *this;
    }

private:
    Fields& put(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i) out_ += static_cast<char>(value >> (8 * i) & 0xff);
        return *this;
    }
    std::string& out_;
};

// The caller has made sure that the bytes are there.
inline std::uint64_t number_at(std::string_view bytes, std::size_t at, int width)
{
    std::uint64_t value = 0;
    for (int i = 0; i < width; ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]))
                 << (8 * i);
    return value;
}
inline std::uint16_t u16_at(std::string_view bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(number_at(bytes, at, 2));
}
inline std::uint32_t u32_at(std::string_view bytes, std::size_t at)
{
    return static_cast<std::uint32_t>(number_at(bytes, at, 4));
}
inline std::uint64_t u64_at(std::string_view bytes, std::size_t at)
{
    return number_at(bytes, at, 8);
}

} // namespace azukari::sheet::zip
