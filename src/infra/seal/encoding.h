// Bytes laid one after the other so that they can be read in one way only: every piece that can
// vary in length is preceded by its length, 4 bytes, most significant first.
#pragma once

#include "base/bytes.h"
#include "base/check.h"

#include <algorithm>
#include <array>

namespace azukari::seal {

class Encoder {
public:
    Encoder& byte(std::uint8_t value)
    {
        out_.push_back(value);
        return *this;
    }
    Encoder& number(std::uint32_t value)
    {
        for (int shift = 24; shift >= 0; shift -= 8) out_.push_back(static_cast<std::uint8_t>(value >> shift));
        return *this;
    }
    Encoder& number64(std::uint64_t value)
    {
        return number(static_cast<std::uint32_t>(value >> 32)).number(static_cast<std::uint32_t>(value));
    }
    Encoder& raw(ByteView bytes)
    {
        out_.insert(out_.end(), bytes.begin(), bytes.end());
        return *this;
    }
    Encoder& piece(ByteView bytes)
    {
        AZK_CHECK(bytes.size() <= 0xFFFFFFFFU);
        return number(static_cast<std::uint32_t>(bytes.size())).raw(bytes);
    }
    Encoder& piece(std::string_view text) { return piece(as_bytes(text)); }

    const Bytes& bytes() const { return out_; }
    void reserve(std::size_t size) { out_.reserve(size); }

private:
    Bytes out_;
};

// Reading never goes past the end: what is missing reads as zero and leaves the decoder not whole.
class Decoder {
public:
    explicit Decoder(ByteView bytes) : rest_(bytes) {}

    std::uint8_t byte() { return take(1)[0]; }
    std::uint32_t number()
    {
        const auto bytes = take(4);
        return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
    }
    std::uint64_t number64()
    {
        const std::uint64_t high = number();
        return high << 32 | number();
    }
    template <std::size_t N>
    std::array<std::uint8_t, N> array()
    {
        static_assert(N <= kZeros.size());
        std::array<std::uint8_t, N> out{};
        const auto bytes = take(N);
        std::copy(bytes.begin(), bytes.end(), out.begin());
        return out;
    }
    ByteView piece()
    {
        const auto size = number();
        if (size > rest_.size()) {
            whole_ = false;
            return {};
        }
        const auto bytes = rest_.first(size);
        rest_ = rest_.subspan(size);
        return bytes;
    }

    bool whole() const { return whole_; }
    bool at_end() const { return rest_.empty(); }

private:
    static constexpr std::array<std::uint8_t, 128> kZeros{};
    ByteView take(std::size_t size)
    {
        if (size > rest_.size()) {
            whole_ = false;
            rest_ = {};
            return ByteView(kZeros).first(size);
        }
        const auto bytes = rest_.first(size);
        rest_ = rest_.subspan(size);
        return bytes;
    }
    ByteView rest_;
    bool whole_ = true;
};

} // namespace azukari::seal
