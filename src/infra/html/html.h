// A typed HTML builder: components are functions that return Html, everything else is escaped, tag and attribute names
// are checked at compile time, and addresses go through Url. No inline script and no inline style exist (strict CSP),
// so text, attribute and address are the only contexts.
//
//     div({cls("card")}, h2({}, title), p({}, text), a({href(url("/staff/", id))}, "開く"))
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace azukari::html {

void escape_into(std::string& out, std::string_view text);

// Markup that is safe to send. Only this builder makes it.
class Html {
public:
    Html() = default;
    // Text becomes markup by being escaped.
    Html(std::string_view text) { escape_into(markup_, text); }
    Html(const char* text) : Html(std::string_view(text)) {}
    Html(const std::string& text) : Html(std::string_view(text)) {}
    template <std::integral T>
        requires(!std::same_as<T, bool> && !std::same_as<T, char>)
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

    // For the output of our own SVG writer and this builder; never for anything that came from outside.
    static Html trusted(std::string markup)
    {
        Html html;
        html.markup_ = std::move(markup);
        return html;
    }

private:
    std::string markup_;
};

// A tag or attribute name, known at compile time.
class Name {
public:
    template <std::size_t N>
    consteval Name(const char (&text)[N]) : text_(text, N - 1)
    {
        for (std::size_t i = 0; i + 1 < N; ++i) {
            const char c = text[i];
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':'))
                throw "not a name";
        }
        if (N > 2 && text[0] == 'o' && text[1] == 'n') throw "no inline script";
    }
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

// An address within this site, a fragment, or mailto/tel/https; anything else becomes "#".
class Url {
public:
    explicit Url(std::string_view text);
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

class Attribute {
public:
    Attribute(Name name, std::string_view value, bool present = true);
    Attribute(Name name, std::int64_t value) : Attribute(name, std::to_string(value)) {}
    Attribute(Name name, const Url& url) : Attribute(name, url.text()) {}
    const std::string& markup() const { return markup_; } // ` name="value"`, or nothing

private:
    std::string markup_;
};
using Attributes = std::initializer_list<Attribute>;

Attribute cls(std::string_view names);
Attribute href(const Url& url);
Attribute flag(Name name, bool on); // disabled, required, checked …

namespace detail {
void open(std::string& out, std::string_view tag, Attributes attributes);
void close(std::string& out, std::string_view tag);
} // namespace detail

// Any element: el("section", {cls("card")}, h2({}, "題"), …). Address attributes (href, src, action) must be given as Url.
template <class... Children>
Html el(Name tag, Attributes attributes, const Children&... children)
{
    std::string out;
    detail::open(out, tag.text(), attributes);
    ((out += Html(children).markup()), ...);
    detail::close(out, tag.text());
    return Html::trusted(std::move(out));
}
// Elements without content: input, br, hr, img, meta, link, col.
Html void_el(Name tag, Attributes attributes);

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
