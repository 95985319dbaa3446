// Addresses that pages may point to. Made from text (checked) or from parts (encoded):
//     url("/staff/", id).with("page", 2)
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace azukari::html {

// RFC 3986 percent-encoding of everything but unreserved characters.
void percent_encode_into(std::string& out, std::string_view text);

// An address within this site ("/…", "?…", "#…"), or https/mailto/tel; anything else becomes "#".
class Url {
public:
    explicit Url(std::string_view text);
    const std::string& text() const { return text_; }

    // The same address with one more query parameter, both encoded; the fragment stays at the end.
    Url with(std::string_view name, std::string_view value) const;
    Url with(std::string_view name, std::integral auto value) const { return with(name, std::to_string(value)); }

private:
    std::string text_;
};

namespace detail {
template <std::size_t N>
void add_part(std::string& out, const char (&literal)[N])
{
    out.append(literal, N - 1);
}
inline void add_part(std::string& out, const std::string& text)
{
    percent_encode_into(out, text);
}
inline void add_part(std::string& out, std::string_view text)
{
    percent_encode_into(out, text);
}
inline void add_part(std::string& out, std::integral auto number)
{
    out += std::to_string(number);
}
template <class Id>
requires requires(const Id& id)
{
    {
        id.text()
        } -> std::convertible_to<std::string>;
}
void add_part(std::string& out, const Id& id)
{
    percent_encode_into(out, id.text());
}
} // namespace detail

// Literals stay as they are; ids, numbers and text are encoded as one path segment each.
template <class... Parts>
Url url(const Parts&... parts)
{
    std::string out;
    (detail::add_part(out, parts), ...);
    return Url(out);
}

} // namespace azukari::html
