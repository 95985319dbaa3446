// A typed HTML builder: components are functions that return Html, everything else is escaped, tag and attribute names
// are checked at compile time, and addresses go through Url. No inline script and no inline style exist (strict CSP),
// so text, attribute and address are the only contexts.
//
//     div({cls("card")}, h2(title), p(text), a({href(url("/staff/", id))}, "開く"))      // short names: elements.h
#pragma once

#include "infra/html/url.h"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace azukari::html {

// Escapes & < > " ' and drops what HTML cannot carry (control characters other than tab and line ends).
void escape_into(std::string& out, std::string_view text);

template <class T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

// Markup that is safe to send. Only this builder makes it.
class Html {
public:
    Html() = default;
    // Text becomes markup by being escaped.
    Html(std::string_view text) { escape_into(markup_, text); }
    Html(const char* text) : Html(std::string_view(text)) {}
    Html(const std::string& text) : Html(std::string_view(text)) {}
    template <Number T>
    Html(T number) : markup_(std::to_string(number))
    {
    }
    Html(std::span<const Html> parts)
    {
        for (const auto& part : parts) markup_ += part.markup_;
    }
    Html(const std::vector<Html>& parts) : Html(std::span<const Html>(parts)) {}

    Html& operator+=(const Html& more)
    {
        markup_ += more.markup_;
        return *this;
    }
    const std::string& markup() const { return markup_; }
    std::string take() && { return std::move(markup_); }
    bool empty() const { return markup_.empty(); }

    // For our own SVG writer and this builder; never for anything that came from outside.
    static Html trusted(std::string markup)
    {
        Html html;
        html.markup_ = std::move(markup);
        return html;
    }

private:
    std::string markup_;
};

namespace detail {
constexpr std::string_view kAddressNames[] = {"href", "src",  "action", "formaction", "xlink:href", "poster",
                                              "data", "cite", "ping",   "srcset",     "background", "manifest"};
constexpr bool is_address_name(std::string_view name)
{
    for (const auto address : kAddressNames)
        if (name == address) return true;
    return false;
}
constexpr bool is_word(std::string_view name)
{
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); // capitals: SVG's viewBox
        if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != ':') return false;
    }
    return !name.empty();
}
} // namespace detail

// A tag or attribute name, known at compile time. Handlers (on…), style, srcdoc and addresses are refused.
class Name {
public:
    template <std::size_t N>
    consteval Name(const char (&text)[N]) : text_(text, N - 1)
    {
        if (!detail::is_word(text_)) throw "not a name";
        if (text_.starts_with("on") || text_ == "style" || text_ == "srcdoc") throw "no inline script, no inline style";
        if (detail::is_address_name(text_)) throw "an address is given as Url";
    }
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

class AddressName {
public:
    template <std::size_t N>
    consteval AddressName(const char (&text)[N]) : text_(text, N - 1)
    {
        if (!detail::is_address_name(text_)) throw "not an address attribute";
    }
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

class Attribute {
public:
    Attribute(Name name, std::string_view value, bool present = true)
        : name_(present ? name.text() : std::string_view()), value_(present ? value : std::string_view())
    {
    }
    template <Number T>
    Attribute(Name name, T value) : Attribute(name, std::to_string(value))
    {
    }
    Attribute(AddressName name, const Url& url) : name_(name.text()), value_(url.text()) {}
    void write_to(std::string& out) const;                                // ` name="value"`, or nothing
    std::size_t size() const { return name_.size() + value_.size() + 4; } // when nothing needs escaping

private:
    std::string_view name_; // empty: not there
    std::string value_;     // its own copy, so that an attribute may be kept
};
using Attributes = std::initializer_list<Attribute>;

Attribute cls(std::string_view names);
Attribute href(const Url& url);
Attribute flag(Name name, bool on); // disabled, required, checked …

namespace detail {
void open(std::string& out, std::string_view tag, Attributes attributes);
void close(std::string& out, std::string_view tag);
// About how much a child will add, so that most elements are built in one piece of memory.
template <class T>
std::size_t size_of(const T& child)
{
    if constexpr (std::convertible_to<const T&, std::string_view>) return std::string_view(child).size();
    if constexpr (std::same_as<T, Html>) return child.markup().size();
    return 16;
}
template <class T>
void add(std::string& out, const T& child)
{
    if constexpr (std::convertible_to<const T&, std::string_view>)
        escape_into(out, child);
    else if constexpr (std::same_as<T, Html>)
        out += child.markup();
    else
        out += Html(child).markup();
}
} // namespace detail

// Any element: el("section", {cls("card")}, h2("題"), …). Address attributes (href, src, action) must be given as Url.
template <class... Children>
Html el(Name tag, Attributes attributes, const Children&... children)
{
    std::size_t size = 2 * tag.text().size() + 5;
    for (const auto& attribute : attributes) size += attribute.size();
    ((size += detail::size_of(children)), ...);
    std::string out;
    out.reserve(size);
    detail::open(out, tag.text(), attributes);
    (detail::add(out, children), ...);
    detail::close(out, tag.text());
    return Html::trusted(std::move(out));
}
Html void_el(Name tag, Attributes attributes); // without content: input, br, hr, img, meta, link, col

// Several pieces one after another.
template <class... Children>
Html join(const Children&... children)
{
    std::string out;
    out.reserve((std::size_t{0} + ... + detail::size_of(children)));
    (detail::add(out, children), ...);
    return Html::trusted(std::move(out));
}
template <class Range, class F>
Html each(const Range& range, F&& component)
{
    Html all;
    for (const auto& item : range) all += component(item);
    return all;
}
inline Html when(bool condition, const Html& html)
{
    return condition ? html : Html();
}

} // namespace azukari::html
