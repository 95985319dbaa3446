// A TOML document as plain values, each with the line it stands on: what definition files and settings are read from.
// The one place that knows the parser.
#pragma once

#include "base/instant.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace azukari::text {

struct TomlValue;

struct TomlKey {
    std::string name;
    unsigned line = 0;
};
struct TomlTable {
    std::vector<std::pair<TomlKey, TomlValue>> entries;
    const TomlValue* get(std::string_view key) const;
};
using TomlArray = std::vector<TomlValue>;
struct TomlOther {}; // times: nothing a definition uses

struct TomlValue {
    unsigned line = 0;
    std::variant<TomlOther, std::string, std::int64_t, double, bool, CivilDate, TomlArray, TomlTable> value;

    template <class T>
    const T* as() const
    {
        return std::get_if<T>(&value);
    }
};

struct TomlError {
    unsigned line = 0;
};

// Exactly one of the two is set.
struct TomlDocument {
    std::optional<TomlValue> root; // a table
    TomlError error;
};
TomlDocument parse_toml(std::string_view text);

} // namespace azukari::text
