#include "infra/storage/statements.h"

namespace azukari::storage {

std::size_t quoted_length(std::string_view sql, std::size_t at)
{
    const auto up_to = [&](std::string_view end, std::size_t from) {
        const auto found = sql.find(end, from);
        return (found == sql.npos ? sql.size() : found + end.size()) - at;
    };
    if (sql[at] == '\'' || sql[at] == '"') return up_to(sql.substr(at, 1), at + 1);
    if (sql.substr(at, 2) == "--") return up_to("\n", at);
    if (sql.substr(at, 2) == "/*") return up_to("*/", at + 2);
    return 0;
}

std::vector<std::string_view> split_statements(std::string_view script)
{
    std::vector<std::string_view> statements;
    std::size_t begin = 0;
    bool has_words = false; // something other than space and comments
    const auto finish = [&](std::size_t end) {
        if (has_words) statements.push_back(script.substr(begin, end - begin));
        begin = end + 1;
        has_words = false;
    };
    for (std::size_t at = 0; at < script.size();) {
        if (const auto length = quoted_length(script, at)) {
            has_words |= script[at] == '\'' || script[at] == '"';
            at += length;
            continue;
        }
        if (script[at] == ';')
            finish(at);
        else
            has_words |= std::string_view(" \t\r\n").find(script[at]) == std::string_view::npos;
        ++at;
    }
    finish(script.size());
    return statements;
}

} // namespace azukari::storage
