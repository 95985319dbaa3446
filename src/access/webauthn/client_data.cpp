#include "access/webauthn/client_data.h"

#include <nlohmann/json.hpp>

namespace azukari::webauthn {
namespace {

constexpr std::size_t kLongest = 4096;

Result<nlohmann::json> parse(ByteView json)
{
    if (json.size() > kLongest) return refuse(kMalformed);
    auto parsed = nlohmann::json::parse(json.begin(), json.end(), nullptr, false);
    if (!parsed.is_object()) return refuse(kMalformed);
    return parsed;
}

std::string text_at(const nlohmann::json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

Result<Bytes> challenge_of(ByteView json)
{
    AZK_TRY(const auto data, parse(json));
    auto challenge = from_base64url(text_at(data, "challenge"));
    if (!challenge || challenge->empty()) return refuse(kMalformed);
    return *std::move(challenge);
}

Result<void> check_client_data(ByteView json, Ceremony ceremony, ByteView challenge, std::string_view origin)
{
    AZK_TRY(const auto data, parse(json));
    if (text_at(data, "type") != (ceremony == Ceremony::registration ? "webauthn.create" : "webauthn.get"))
        return refuse(kWrongKind);
    const auto answered = from_base64url(text_at(data, "challenge"));
    if (!answered || !equal_in_constant_time(*answered, challenge)) return refuse(kWrongChallenge);
    if (text_at(data, "origin") != origin) return refuse(kWrongOrigin);
    const auto cross = data.find("crossOrigin");
    const bool framed = cross != data.end() && !(cross->is_boolean() && !cross->get<bool>());
    if (framed || data.contains("topOrigin")) return refuse(kWrongOrigin);
    return {};
}

} // namespace azukari::webauthn
