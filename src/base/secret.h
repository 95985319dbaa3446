// A secret: wiped when it goes, and without a formatter, so that it cannot be printed or logged by accident.
#pragma once

#include "base/bytes.h"

#include <array>
#include <string.h>

namespace azukari {

template <std::size_t N>
class SecretKey {
public:
    SecretKey() = default;
    explicit SecretKey(const std::array<std::uint8_t, N>& bytes) : bytes_(bytes) {}
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey() { explicit_bzero(bytes_.data(), N); }

    const std::array<std::uint8_t, N>& reveal() const { return bytes_; }
    std::array<std::uint8_t, N>& writable() { return bytes_; }

private:
    std::array<std::uint8_t, N> bytes_{};
};

using Key256 = SecretKey<32>;

class SecretText { // a password or passphrase while it is in memory
public:
    SecretText() = default;
    explicit SecretText(std::string text) : text_(std::move(text)) {}
    SecretText(SecretText&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
    SecretText& operator=(SecretText&& other) noexcept
    {
        wipe();
        text_ = std::move(other.text_);
        other.wipe();
        return *this;
    }
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    ~SecretText() { wipe(); }

    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }

private:
    void wipe()
    {
        explicit_bzero(text_.data(), text_.size());
        text_.clear();
    }
    std::string text_;
};

} // namespace azukari
