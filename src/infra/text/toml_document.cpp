// The parser says what is wrong with a value; exceptions stay for faults.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include "infra/text/toml_document.h"

#include <toml++/toml.h>

namespace azukari::text {
namespace {

TomlValue value_of(const toml::node& node)
{
    TomlValue out;
    out.line = static_cast<unsigned>(node.source().begin.line);
    if (const auto* text = node.as_string()) {
        out.value = text->get();
    } else if (const auto* integer = node.as_integer()) {
        out.value = integer->get();
    } else if (const auto* fraction = node.as_floating_point()) {
        out.value = fraction->get();
    } else if (const auto* flag = node.as_boolean()) {
        out.value = flag->get();
    } else if (const auto* day = node.as_date()) {
        if (const auto date = CivilDate::from(day->get().year, day->get().month, day->get().day)) out.value = *date;
    } else if (const auto* array = node.as_array()) {
        TomlArray elements;
        for (const auto& element : *array) elements.push_back(value_of(element));
        out.value = std::move(elements);
    } else if (const auto* table = node.as_table()) {
        TomlTable entries;
        for (const auto& [key, inner] : *table)
            entries.entries.emplace_back(
                TomlKey{std::string(key.str()), static_cast<unsigned>(key.source().begin.line)}, value_of(inner));
        out.value = std::move(entries);
    }
    return out;
}

} // namespace

const TomlValue* TomlTable::get(std::string_view key) const
{
    for (const auto& [name, value] : entries)
        if (name.name == key) return &value;
    return nullptr;
}

TomlDocument parse_toml(std::string_view text)
{
    const auto parsed = toml::parse(text);
    if (!parsed) return {std::nullopt, {static_cast<unsigned>(parsed.error().source().begin.line)}};
    return {value_of(parsed.table()), {}};
}

} // namespace azukari::text
