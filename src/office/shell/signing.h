// Small signed things a browser carries for us: the token of a form and the sentence shown after a
// redirect. Signed with HMAC-SHA-256 under one key, bound to the visitor's session (or, before sign-in, to
// a guest cookie).
#pragma once

#include "base/secret.h"

#include <optional>
#include <string>
#include <string_view>

namespace azukari::office {

class Signing {
public:
    explicit Signing(const Key256& key) : key_(key) {}

    std::string form_token(std::string_view seed) const;
    bool is_form_token(std::string_view token, std::string_view seed) const;

    std::string sign_notice(std::string_view sentence, std::string_view seed) const;
    // The sentence, when we signed it for this visitor.
    std::optional<std::string> read_notice(std::string_view cookie, std::string_view seed) const;

private:
    std::string mac(std::string_view purpose, std::string_view seed, std::string_view text) const;
    Key256 key_;
};

} // namespace azukari::office
