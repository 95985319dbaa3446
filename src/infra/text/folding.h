// Forms of a text that are only ever compared, never stored or printed: NFKC destroys names (塚 in
// its older form becomes the newer one), so it is for keys alone.
#pragma once

#include <string>
#include <string_view>

namespace azukari::text {

// Full and half width, upper and lower case, the kinds of dash and wave made one, and white space
// gone: two headers a clerk would call the same have the same key. Malformed UTF-8 gives an empty
// key.
std::string comparison_key(std::string_view utf8);

// NFKC and nothing else: what a password is hashed in, so that it is the same typed on any keyboard
// (SP 800-63B). Malformed UTF-8 gives an empty text.
std::string nfkc(std::string_view utf8);

// Whether somebody who reads it sees nothing: no character, only white space of any kind (Unicode White_Space, the
// full-width space among it) or signs without a shape (zero-width space and the like). Malformed UTF-8 counts as blank.
// What the office asks for in words is asked with this.
bool is_blank(std::string_view utf8);

} // namespace azukari::text
