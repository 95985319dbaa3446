#include "infra/text/definition_file.h"

#include "infra/text/toml_document.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace azukari::text {

struct Definition::File {
    std::string name;
    TomlValue root;
};

namespace {

const TomlTable& table_in(const TomlValue& value)
{
    return *value.as<TomlTable>();
}

std::optional<double> number_in(const TomlValue& value)
{
    if (const auto* fraction = value.as<double>()) return *fraction;
    if (const auto* whole = value.as<std::int64_t>()) return static_cast<double>(*whole);
    return std::nullopt;
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
    auto document = parse_toml(text);
    if (!document.root)
        return refuse(kBadDefinition, name, std::to_string(document.error.line),
                      "TOMLとして読めません。「名前 = 値」の形か、引用符とかっこが閉じているかを確かめてください。");
    auto file = std::make_shared<const File>(File{name, *std::move(document.root)});
    const auto* root = &file->root;
    return Definition(std::move(file), root);
}

const TomlValue* Definition::find(std::string_view key) const
{
    return table_in(*table_).get(key);
}

Refusal Definition::wrong(std::string_view key, std::string_view what) const
{
    const auto* value = find(key);
    const auto line = value != nullptr ? value->line : table_->line;
    return Refusal(kBadDefinition, {file_->name, std::to_string(line), fmt::format("{} {}", key, what)});
}

template <class T>
Result<T> Definition::of_type(std::string_view key, std::string_view otherwise) const
{
    const auto* value = find(key);
    const auto* typed = value != nullptr ? value->template as<T>() : nullptr;
    if (typed == nullptr) return tl::unexpected(wrong(key, otherwise));
    return *typed;
}

bool Definition::has(std::string_view key) const
{
    return find(key) != nullptr;
}

Result<std::string> Definition::text(std::string_view key) const
{
    return of_type<std::string>(key, "に文字列が必要です");
}

Result<std::string> Definition::text_or(std::string_view key, std::string_view otherwise) const
{
    if (!has(key)) return std::string(otherwise);
    return text(key);
}

Result<double> Definition::number(std::string_view key) const
{
    const auto* value = find(key);
    const auto number = value != nullptr ? number_in(*value) : std::nullopt;
    if (!number) return tl::unexpected(wrong(key, "に数値が必要です"));
    return *number;
}

Result<double> Definition::number_or(std::string_view key, double otherwise) const
{
    if (!has(key)) return otherwise;
    return number(key);
}

Result<std::int64_t> Definition::integer(std::string_view key) const
{
    return of_type<std::int64_t>(key, "に整数が必要です");
}

Result<std::int64_t> Definition::integer_or(std::string_view key, std::int64_t otherwise) const
{
    if (!has(key)) return otherwise;
    return integer(key);
}

Result<bool> Definition::flag_or(std::string_view key, bool otherwise) const
{
    if (!has(key)) return otherwise;
    return of_type<bool>(key, "に true か false が必要です");
}

Result<CivilDate> Definition::date(std::string_view key) const
{
    return of_type<CivilDate>(key, "に日付(例: 2022-04-01)が必要です");
}

Result<std::vector<std::string>> Definition::texts_or_none(std::string_view key) const
{
    std::vector<std::string> texts;
    if (!has(key)) return texts;
    constexpr std::string_view kWanted = "に文字列の並びが必要です";
    AZK_TRY(const auto array, of_type<TomlArray>(key, kWanted));
    for (const auto& element : array) {
        const auto* text = element.as<std::string>();
        if (text == nullptr) return tl::unexpected(wrong(key, kWanted));
        texts.push_back(*text);
    }
    return texts;
}

Result<std::vector<double>> Definition::numbers(std::string_view key, std::size_t count) const
{
    const auto wanted = fmt::format("に数値が{}個必要です", count);
    AZK_TRY(const auto array, of_type<TomlArray>(key, wanted));
    std::vector<double> numbers;
    for (const auto& element : array)
        if (const auto number = number_in(element)) numbers.push_back(*number);
    if (numbers.size() != count || array.size() != count) return tl::unexpected(wrong(key, wanted));
    return numbers;
}

Result<Definition> Definition::table(std::string_view key) const
{
    const auto* value = find(key);
    if (value == nullptr || value->as<TomlTable>() == nullptr)
        return tl::unexpected(wrong(key, fmt::format("の節 [{}] が必要です", key)));
    return Definition(file_, value);
}

Result<std::vector<Definition>> Definition::tables_or_none(std::string_view key) const
{
    std::vector<Definition> tables;
    const auto* value = find(key);
    if (value == nullptr) return tables;
    const auto wanted = fmt::format("は [[{}]] の並びでなければなりません", key);
    const auto* array = value->as<TomlArray>();
    if (array == nullptr) return tl::unexpected(wrong(key, wanted));
    for (const auto& element : *array) {
        if (element.as<TomlTable>() == nullptr) return tl::unexpected(wrong(key, wanted));
        tables.push_back(Definition(file_, &element));
    }
    return tables;
}

std::vector<std::string> Definition::keys() const
{
    std::vector<std::string> keys;
    for (const auto& [key, value] : table_in(*table_).entries) keys.push_back(key.name);
    return keys;
}

Result<void> Definition::allow_only(std::initializer_list<std::string_view> allowed) const
{
    for (const auto& [key, value] : table_in(*table_).entries)
        if (std::ranges::find(allowed, std::string_view(key.name)) == allowed.end())
            return tl::unexpected(wrong(key.name, "は知らない項目です(綴りを確かめてください)"));
    return {};
}

} // namespace azukari::text
