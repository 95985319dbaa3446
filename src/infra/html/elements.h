// Short names for the elements pages use: p("文"), div({cls("card")}, …), input({…}).
#pragma once

#include "infra/html/html.h"

namespace azukari::html {

// Each comes with and without attributes.
#define AZK_ELEMENT(function, tag)                                                                                     \
    template <class... Children>                                                                                       \
    Html function(Attributes attributes, const Children&... children)                                                  \
    {                                                                                                                  \
        return el(tag, attributes, children...);                                                                       \
    }                                                                                                                  \
    template <class... Children>                                                                                       \
    Html function(const Children&... children)                                                                         \
    {                                                                                                                  \
        return el(tag, {}, children...);                                                                               \
    }

AZK_ELEMENT(div, "div")
AZK_ELEMENT(section, "section")
AZK_ELEMENT(article, "article")
AZK_ELEMENT(aside, "aside")
AZK_ELEMENT(header, "header")
AZK_ELEMENT(footer, "footer")
AZK_ELEMENT(nav, "nav")
AZK_ELEMENT(main_element, "main")
AZK_ELEMENT(h1, "h1")
AZK_ELEMENT(h2, "h2")
AZK_ELEMENT(h3, "h3")
AZK_ELEMENT(h4, "h4")
AZK_ELEMENT(p, "p")
AZK_ELEMENT(span, "span")
AZK_ELEMENT(strong, "strong")
AZK_ELEMENT(em, "em")
AZK_ELEMENT(small, "small")
AZK_ELEMENT(code, "code")
AZK_ELEMENT(pre, "pre")
AZK_ELEMENT(ins, "ins")
AZK_ELEMENT(del, "del")
AZK_ELEMENT(abbr, "abbr")
AZK_ELEMENT(time_element, "time")
AZK_ELEMENT(blockquote, "blockquote")
AZK_ELEMENT(figure, "figure")
AZK_ELEMENT(figcaption, "figcaption")
AZK_ELEMENT(a, "a")
AZK_ELEMENT(ul, "ul")
AZK_ELEMENT(ol, "ol")
AZK_ELEMENT(li, "li")
AZK_ELEMENT(dl, "dl")
AZK_ELEMENT(dt, "dt")
AZK_ELEMENT(dd, "dd")
AZK_ELEMENT(table, "table")
AZK_ELEMENT(caption, "caption")
AZK_ELEMENT(thead, "thead")
AZK_ELEMENT(tbody, "tbody")
AZK_ELEMENT(tfoot, "tfoot")
AZK_ELEMENT(tr, "tr")
AZK_ELEMENT(th, "th")
AZK_ELEMENT(td, "td")
AZK_ELEMENT(form, "form")
AZK_ELEMENT(fieldset, "fieldset")
AZK_ELEMENT(legend, "legend")
AZK_ELEMENT(label, "label")
AZK_ELEMENT(button, "button")
AZK_ELEMENT(select_element, "select")
AZK_ELEMENT(option, "option")
AZK_ELEMENT(optgroup, "optgroup")
AZK_ELEMENT(textarea, "textarea")
AZK_ELEMENT(progress, "progress")
AZK_ELEMENT(details, "details")
AZK_ELEMENT(summary, "summary")
AZK_ELEMENT(svg, "svg")
AZK_ELEMENT(g, "g")
AZK_ELEMENT(path, "path")
AZK_ELEMENT(rect, "rect")
AZK_ELEMENT(circle, "circle")
AZK_ELEMENT(line, "line")
AZK_ELEMENT(text_element, "text")
AZK_ELEMENT(tspan, "tspan")
AZK_ELEMENT(title_element, "title")
#undef AZK_ELEMENT

inline Html input(Attributes attributes)
{
    return void_el("input", attributes);
}
inline Html br()
{
    return void_el("br", {});
}
inline Html hr()
{
    return void_el("hr", {});
}
inline Html img(Attributes attributes)
{
    return void_el("img", attributes);
}
inline Html col(Attributes attributes)
{
    return void_el("col", attributes);
}

} // namespace azukari::html
