#include "entrustment/definition/definition_table.h"

#include "entrustment/entrustment_refusals.h"

#include <fmt/ranges.h>

namespace azukari::entrustment {
void Reading::complain(const RefusalKind& kind, unsigned line, std::vector<std::string> more, const std::string& path)
{
    if (wrong()) return;
    std::vector<std::string> arguments{name_, std::to_string(line)};
    arguments.insert(arguments.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    refusal_.emplace(kind, std::move(arguments), path);
}

unsigned Reading::line_of(std::string path) const
{
    while (true) {
        const auto found = lines_.find(path);
        if (found != lines_.end()) return found->second;
        const auto cut = path.find_last_of(".[");
        if (cut == std::string::npos) return 1;
        path.resize(cut);
    }
}

Table::Table(Reading& reading, const TomlValue& value, std::string path)
    : reading_(reading), line_(value.line), table_(*value.as<TomlTable>()), path_(std::move(path))
{
    if (!path_.empty()) reading_.remember(path_, line_);
}

Table::~Table()
{
    for (const auto& [key, value] : table_.entries) {
        if (asked_.contains(key.name)) continue;
        reading_.complain(kUnknownKey, key.line, {key.name, fmt::format("{}", fmt::join(asked_, "、"))}, path_);
    }
}

const TomlValue* Table::find(const char* key, const char* expected, bool required)
{
    asked_.insert(key);
    const auto* node = table_.get(key);
    if (node == nullptr && required) reading_.complain(kMissingKey, line_, {key, expected}, path_of(key));
    if (node != nullptr) reading_.remember(path_of(key), node->line);
    return node;
}

void Table::wrong_type(const char* key, const TomlValue& node, const char* expected)
{
    reading_.complain(kWrongType, node.line, {key, expected}, path_of(key));
}

std::string Table::text(const char* key, const char* expected)
{
    const auto* node = find(key, expected, true);
    if (node == nullptr) return {};
    if (const auto* value = node->as<std::string>()) return *value;
    wrong_type(key, *node, expected);
    return {};
}

std::string Table::text_or_none(const char* key)
{
    return table_.get(key) != nullptr ? text(key, "文字列") : (asked_.insert(key), std::string());
}

std::int64_t Table::integer(const char* key, const char* expected)
{
    const auto* node = find(key, expected, true);
    if (node == nullptr) return 0;
    if (const auto* value = node->as<std::int64_t>()) return *value;
    wrong_type(key, *node, expected);
    return 0;
}

std::int64_t Table::integer_or(const char* key, std::int64_t otherwise)
{
    if (table_.get(key) != nullptr) return integer(key, "整数");
    asked_.insert(key);
    return otherwise;
}

bool Table::flag_or(const char* key, bool otherwise)
{
    const auto* node = find(key, "true 又は false", false);
    if (node == nullptr) return otherwise;
    if (const auto* value = node->as<bool>()) return *value;
    wrong_type(key, *node, "true 又は false");
    return otherwise;
}

CivilDate Table::date(const char* key, const char* expected)
{
    const auto* node = find(key, expected, true);
    if (node == nullptr) return CivilDate::from_days(0);
    if (const auto* value = node->as<CivilDate>()) return *value;
    wrong_type(key, *node, expected);
    return CivilDate::from_days(0);
}

std::vector<std::string> Table::texts(const char* key, const char* expected)
{
    std::vector<std::string> found;
    const auto* node = find(key, expected, true);
    if (node == nullptr) return found;
    const auto* array = node->as<TomlArray>();
    if (array == nullptr) {
        wrong_type(key, *node, expected);
        return found;
    }
    for (const auto& element : *array) {
        reading_.remember(path_of(key) + "[" + std::to_string(found.size()) + "]", element.line);
        if (const auto* value = element.as<std::string>()) {
            found.push_back(*value);
        } else {
            wrong_type(key, element, expected);
        }
    }
    return found;
}

std::vector<std::string> Table::texts_or_none(const char* key)
{
    if (table_.get(key) != nullptr) return texts(key, "文字列の並び");
    asked_.insert(key);
    return {};
}

} // namespace azukari::entrustment
