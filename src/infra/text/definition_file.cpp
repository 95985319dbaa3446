// The parser says what is wrong with a value; exceptions stay for faults.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include "infra/text/definition_file.h"

#include "base/check.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <toml++/toml.h>

namespace azukari::text {

struct Definition::File {
    std::string name;
    toml::table root;
};

namespace {

const toml::table& as_table(const void* table)
{
    return *static_cast<const toml::table*>(table);
}

} // namespace

Result<Definition> Definition::read(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return refuse(kNoDefinition, path);
    return parse(std::string(std::istreambuf_iterator<char>(in), {}), path);
}

Result<Definition> Definition::parse(std::string_view text, const std::string& name)
{
    auto file = std::make_shared<File>();
    file->name = name;
    auto result = toml::parse(text, name);
    if (!result)
        return refuse(kBadDefinition, name, std::to_string(result.error().source().begin.line),
                      "TOMLとして読めません。「名前 = 値」の形か、引用符とかっこが閉じているかを確かめてください。");
    file->root = std::move(result).table();
    const void* root = &file->root;
    return Definition(std::move(file), root);
}

Refusal Definition::wrong(std::string_view key, std::string_view what) const
{
    const auto& table = as_table(table_);
    const auto* node = table.get(key);
    const auto line = node != nullptr ? node->source().begin.line : table.source().begin.line;
    return Refusal(kBadDefinition, {file_->name, std::to_string(line), fmt::format("{} {}", key, what)});
}

bool Definition::has(std::string_view key) const
{
    return as_table(table_).contains(key);
}

Result<std::string> Definition::text(std::string_view key) const
{
    const auto value = as_table(table_)[key].value_exact<std::string>();
    if (!value) return tl::unexpected(wrong(key, "に文字列が必要です"));
    return *value;
}

Result<std::string> Definition::text_or(std::string_view key, std::string_view otherwise) const
{
    if (!has(key)) return std::string(otherwise);
    return text(key);
}

Result<double> Definition::number(std::string_view key) const
{
    const auto value = as_table(table_)[key].value<double>();
    if (!value) return tl::unexpected(wrong(key, "に数値が必要です"));
    return *value;
}

Result<double> Definition::number_or(std::string_view key, double otherwise) const
{
    if (!has(key)) return otherwise;
    return number(key);
}

Result<std::int64_t> Definition::integer(std::string_view key) const
{
    const auto value = as_table(table_)[key].value_exact<std::int64_t>();
    if (!value) return tl::unexpected(wrong(key, "に整数が必要です"));
    return *value;
}

Result<std::int64_t> Definition::integer_or(std::string_view key, std::int64_t otherwise) const
{
    if (!has(key)) return otherwise;
    return integer(key);
}

Result<bool> Definition::flag_or(std::string_view key, bool otherwise) const
{
    if (!has(key)) return otherwise;
    const auto value = as_table(table_)[key].value_exact<bool>();
    if (!value) return tl::unexpected(wrong(key, "に true か false が必要です"));
    return *value;
}

Result<CivilDate> Definition::date(std::string_view key) const
{
    const auto value = as_table(table_)[key].value_exact<toml::date>();
    if (!value) return tl::unexpected(wrong(key, "に日付(例: 2022-04-01)が必要です"));
    return CivilDate::from(value->year, value->month, value->day);
}

Result<std::vector<std::string>> Definition::texts_or_none(std::string_view key) const
{
    std::vector<std::string> texts;
    if (!has(key)) return texts;
    const auto* array = as_table(table_)[key].as_array();
    if (array == nullptr) return tl::unexpected(wrong(key, "に文字列の並びが必要です"));
    for (const auto& node : *array) {
        const auto value = node.value_exact<std::string>();
        if (!value) return tl::unexpected(wrong(key, "に文字列の並びが必要です"));
        texts.push_back(*value);
    }
    return texts;
}

Result<std::vector<double>> Definition::numbers(std::string_view key, std::size_t count) const
{
    const auto* array = as_table(table_)[key].as_array();
    std::vector<double> numbers;
    if (array != nullptr)
        for (const auto& node : *array)
            if (const auto value = node.value<double>()) numbers.push_back(*value);
    if (array == nullptr || numbers.size() != count || array->size() != count)
        return tl::unexpected(wrong(key, fmt::format("に数値が{}個必要です", count)));
    return numbers;
}

Result<Definition> Definition::table(std::string_view key) const
{
    const auto* table = as_table(table_)[key].as_table();
    if (table == nullptr) return tl::unexpected(wrong(key, fmt::format("の節 [{}] が必要です", key)));
    return Definition(file_, table);
}

Result<std::vector<Definition>> Definition::tables_or_none(std::string_view key) const
{
    std::vector<Definition> tables;
    if (!has(key)) return tables;
    const auto* array = as_table(table_)[key].as_array();
    if (array == nullptr) return tl::unexpected(wrong(key, fmt::format("は [[{}]] の並びでなければなりません", key)));
    for (const auto& node : *array) {
        if (!node.is_table())
            return tl::unexpected(wrong(key, fmt::format("は [[{}]] の並びでなければなりません", key)));
        tables.push_back(Definition(file_, node.as_table()));
    }
    return tables;
}

std::vector<std::string> Definition::keys() const
{
    std::vector<std::string> keys;
    for (const auto& [key, node] : as_table(table_)) keys.emplace_back(key.str());
    return keys;
}

Result<void> Definition::allow_only(std::initializer_list<std::string_view> allowed) const
{
    for (const auto& [key, node] : as_table(table_))
        if (std::ranges::find(allowed, key.str()) == allowed.end())
            return tl::unexpected(wrong(key.str(), "は知らない項目です(綴りを確かめてください)"));
    return {};
}

} // namespace azukari::text
