#include "entrustment/pages/editing/sent_text.h"

#include <algorithm>
#include <utility>

namespace azukari::entrustment {
namespace {

bool begins_sub_item(std::string_view line)
{
    return line.starts_with("(") && line.find(") ") != std::string_view::npos;
}

} // namespace

std::string tidy(std::string_view sent)
{
    std::string text;
    for (const char c : sent)
        if (c != '\r') text += c;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

std::vector<std::string> lines_of(std::string_view sent)
{
    std::vector<std::string> lines;
    const auto text = tidy(sent);
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        if (end > begin) lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::vector<std::string> measures_of(std::string_view sent)
{
    std::vector<std::string> measures;
    for (auto& line : lines_of(sent)) {
        if (begins_sub_item(line) && !measures.empty()) {
            measures.back() += "\n" + line;
            continue;
        }
        std::size_t digits = 0;
        while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
        if (digits > 0 && digits < line.size() && line[digits] == ' ') line.erase(0, digits + 1);
        measures.push_back(std::move(line));
    }
    return measures;
}

std::vector<std::string> split_values(std::string_view sent)
{
    std::vector<std::string> values;
    const std::string text(sent);
    constexpr std::string_view kComma = "、";
    int depth = 0; // a value may hold 、 inside its own parentheses
    std::string value;
    for (std::size_t i = 0; i < text.size();) {
        const auto three = std::string_view(text).substr(i, 3);
        if (three == "（") ++depth;
        if (three == "）") --depth;
        if (three == kComma && depth == 0) {
            if (!value.empty()) values.push_back(std::exchange(value, {}));
            i += 3;
            continue;
        }
        value += text[i++];
    }
    if (!value.empty()) values.push_back(std::move(value));
    return values;
}

} // namespace azukari::entrustment
