#include "approval/description.h"

#include "base/check.h"
#include "infra/seal/digest.h"

namespace azukari::approval {

Description::Description(std::string_view door, std::string_view object) : door_(door), object_(object)
{
    add("door", door).add("object", object);
}

Description& Description::add(std::string_view key, std::string_view value)
{
    AZK_CHECK(!key.empty() && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
    AZK_CHECK(value.find('\n') == std::string_view::npos);
    text_.append(key).append("=").append(value).append("\n");
    return *this;
}

Description& Description::add(std::string_view key, std::int64_t value)
{
    return add(key, std::to_string(value));
}

std::string Description::digest() const
{
    return hex(seal::sha256(as_bytes(text_)));
}

} // namespace azukari::approval
