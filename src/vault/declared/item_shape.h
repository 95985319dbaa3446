// How the values of well-known items are written, by the item's code: a day, a telephone number, an address of e-mail.
// What no rule knows is text.
#pragma once

#include "base/instant.h"
#include "base/result.h"

#include <string>
#include <string_view>

namespace azukari::vault {

enum class Shape : std::uint8_t { line, paragraph, name, kana, day, telephone, email, postal_code, age };

Shape shape_of(std::string_view item_code);
inline bool is_free_text(Shape shape)
{
    return shape == Shape::line || shape == Shape::paragraph;
}
int longest(Shape shape); // characters

// The value as it is kept: blanks at the ends gone, digits and addresses in half width; names stay as written.
// Refuses with the sentence for that shape; `name` is how people call the item.
Result<std::string> well_written(Shape shape, std::string_view name, std::string_view value, CivilDate today);

} // namespace azukari::vault
