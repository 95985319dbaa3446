// How WinZip's AE-2 hides one member of a ZIP: AES-256 in counter mode under a key from the password (PBKDF2-HMAC-SHA1,
// 1,000 rounds, as the format has it) and an HMAC-SHA1 of 80 bits over what is hidden. The rounds are few and cannot be
// raised, so a password must bear the whole weight: see zip_password.h.
#pragma once

#include "base/secret.h"
#include "infra/sheet/zip_format.h"

#include <array>
#include <memory>
#include <span>

namespace azukari::sheet {

class ZipCipher {
public:
    using Salt = std::array<std::uint8_t, zip::kSaltBytes>;
    using Verifier = std::array<std::uint8_t, zip::kVerifierBytes>;
    using Mac = std::array<std::uint8_t, zip::kMacBytes>;

    ZipCipher(const SecretText& password, const Salt& salt);
    ~ZipCipher();
    ZipCipher(ZipCipher&&) noexcept;
    ZipCipher& operator=(ZipCipher&&) noexcept;

    const Verifier& verifier() const { return verifier_; } // tells most wrong passwords at once
    // Hides in place and takes what is hidden into the code, piece after piece.
    void hide(std::span<char> piece);
    // The two halves of reading: take all that is hidden into the code first, open it only when the code is right.
    void authenticate(std::string_view hidden);
    void reveal(std::span<char> piece);
    Mac mac(); // ends the code

private:
    struct State;
    void add_key_stream(std::span<char> piece);
    Verifier verifier_{};
    std::unique_ptr<State> state_;
};

} // namespace azukari::sheet
