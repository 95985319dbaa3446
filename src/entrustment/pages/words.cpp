#include "entrustment/pages/words.h"

#include "infra/html/elements.h"

#include <algorithm>

namespace azukari::entrustment {
namespace {

std::string_view class_of(std::string_view line)
{
    std::size_t digits = 0;
    while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
    if (digits > 0 && digits < line.size() && line[digits] == ' ') return "hang";
    if (line.starts_with("(") || line.starts_with("ア ") || line.starts_with("イ ")) return "hang hang-inner";
    const auto first = line.substr(0, 3);
    if (first >= "①" && first <= "⑳") return "hang hang-sign hang-inner";
    if (first == "・" || first == "※" || first == "◇") return "hang hang-sign";
    return "";
}

} // namespace

html::Html words(std::string_view text)
{
    html::Html lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = text.substr(begin, end - begin);
        if (!line.empty()) lines += html::p({html::Attribute("class", class_of(line), !class_of(line).empty())}, line);
        begin = end + 1;
    }
    return html::div({html::cls("words")}, lines);
}

} // namespace azukari::entrustment
