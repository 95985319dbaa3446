#include "office/shell/signing.h"

#include "infra/seal/digest.h"

#include <fmt/format.h>

namespace azukari::office {
namespace {

constexpr std::size_t kMacBytes = 16; // 128 bits: nobody can try offline

} // namespace

std::string Signing::mac(std::string_view purpose, std::string_view seed, std::string_view text) const
{
    // Lengths stand before the parts, so that no two triples read the same.
    const auto message = fmt::format("{}:{}:{}:{}:{}", purpose, seed.size(), seed, text.size(), text);
    const auto whole = seal::hmac_sha256(key_.reveal(), as_bytes(message));
    return base64url(ByteView(whole).first(kMacBytes));
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
