#include "office/shell/signing.h"

#include "base/check.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace azukari::office {
namespace {

constexpr std::size_t kMacBytes = 16; // 128 bits: nobody can try offline

} // namespace

std::string Signing::mac(std::string_view purpose, std::string_view seed, std::string_view text) const
{
    // Lengths stand before the parts, so that no two triples read the same.
    const auto message = fmt::format("{}:{}:{}:{}:{}", purpose, seed.size(), seed, text.size(), text);
    std::array<std::uint8_t, 32> out{};
    unsigned length = 0;
    const auto& key = key_.reveal();
    const auto* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), as_bytes(message).data(),
                            message.size(), out.data(), &length);
    AZK_CHECK(done != nullptr && length == out.size());
    return base64url(ByteView(out).first(kMacBytes));
}

std::string Signing::form_token(std::string_view seed) const
{
    return mac("form", seed, "");
}

bool Signing::is_form_token(std::string_view token, std::string_view seed) const
{
    return equal_in_constant_time(as_bytes(token), as_bytes(form_token(seed)));
}

std::string Signing::sign_notice(std::string_view sentence, std::string_view seed) const
{
    return base64url(as_bytes(sentence)) + "." + mac("notice", seed, sentence);
}

std::optional<std::string> Signing::read_notice(std::string_view cookie, std::string_view seed) const
{
    const auto dot = cookie.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto sentence = from_base64url(cookie.substr(0, dot));
    if (!sentence) return std::nullopt;
    const auto expected = mac("notice", seed, as_text(*sentence));
    if (!equal_in_constant_time(as_bytes(cookie.substr(dot + 1)), as_bytes(expected))) return std::nullopt;
    return std::string(as_text(*sentence));
}

} // namespace azukari::office
