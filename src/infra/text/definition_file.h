// A definition file (TOML) that a ward edits without an engineer. Whatever is wrong with it is said
// with file, line, key and what was expected; a key nobody knows is wrong too, since it is most
// often a misspelt one.
#pragma once

#include "base/instant.h"
#include "base/result.h"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::text {

inline constexpr RefusalKind kBadDefinition{"definition.bad", "{}:{}行目: {}"};
inline constexpr RefusalKind kNoDefinition{"definition.absent", "定義ファイルが読めません: {}"};

struct TomlValue;

class Definition { // one table of a file; keeps the file alive
public:
    static Result<Definition> read(const std::string& path);
    // `name` is what messages call the file.
    static Result<Definition> parse(std::string_view text, const std::string& name);

    bool has(std::string_view key) const;
    Result<std::string> text(std::string_view key) const;
    Result<std::string> text_or(std::string_view key, std::string_view otherwise) const;
    Result<double> number(std::string_view key) const;
    Result<double> number_or(std::string_view key, double otherwise) const;
    Result<std::int64_t> integer(std::string_view key) const;
    Result<std::int64_t> integer_or(std::string_view key, std::int64_t otherwise) const;
    Result<bool> flag_or(std::string_view key, bool otherwise) const;
    Result<CivilDate> date(std::string_view key) const;
    Result<std::vector<std::string>> texts_or_none(std::string_view key) const;
    // Exactly `count` numbers, e.g. a place on a page.
    Result<std::vector<double>> numbers(std::string_view key, std::size_t count) const;
    Result<Definition> table(std::string_view key) const;
    Result<std::vector<Definition>> tables_or_none(std::string_view key) const;
    std::vector<std::string> keys() const;

    // Refuses the first key that is not among these.
    Result<void> allow_only(std::initializer_list<std::string_view> keys) const;
    // For what only the reader of the definition can judge; points at the key's line.
    Refusal wrong(std::string_view key, std::string_view what) const;

private:
    struct File;
    Definition(std::shared_ptr<const File> file, const TomlValue* table) : file_(std::move(file)), table_(table) {}
    const TomlValue* find(std::string_view key) const;
    template <class T>
    Result<T> of_type(std::string_view key, std::string_view otherwise) const;

    std::shared_ptr<const File> file_;
    const TomlValue* table_; // of file_; holds a table
};

} // namespace azukari::text
