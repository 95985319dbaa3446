// Reads what browsers send in targets, forms and cookies. Strict: text must be UTF-8 without control
// characters, because what enters here is stored, printed and signed later. Nothing is repaired; what is
// wrong is refused whole.
#pragma once

#include "infra/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace azukari::http {

inline constexpr std::size_t kMostFields = 2000;

// RFC 3629, without surrogates, overlong forms and what lies beyond U+10FFFF.
bool is_utf8(std::string_view text);
// Text for a field: UTF-8, no control characters but tab and line end; CR LF becomes LF.
std::optional<std::string> field_text(std::string text);

enum class Plus { is_plus, is_space };
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

// The path of a target. No encoded slash, no "." and ".." segments: one page has one address.
std::optional<std::string> decode_path(std::string_view target);
// name=value&name=value, of a query or of application/x-www-form-urlencoded.
std::optional<Fields> decode_pairs(std::string_view text);
// RFC 6265: pairs that are not well formed are left out, as other hosts of the domain may have set them.
Fields decode_cookies(std::string_view header);

} // namespace azukari::http
