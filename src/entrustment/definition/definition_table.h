// Walks a TOML document strictly and remembers the first thing that is wrong, with its line.
#pragma once

#include "base/result.h"
#include "infra/text/toml_document.h"

#include <map>
#include <set>

namespace azukari::entrustment {

using text::TomlArray;
using text::TomlTable;
using text::TomlValue;

// One document being read. After the first complaint nothing more is recorded and getters give empty values.
class Reading {
public:
    explicit Reading(std::string name) : name_(std::move(name)) {}
    bool wrong() const { return refusal_.has_value(); }
    const Refusal& refusal() const { return *refusal_; }
    void complain(const RefusalKind& kind, unsigned line, std::vector<std::string> more, const std::string& path);
    // The line on which the value of that path stands; the nearest enclosing one when it has none of its own.
    unsigned line_of(std::string path) const;
    void remember(const std::string& path, unsigned line) { lines_[path] = line; }
    const std::string& name() const { return name_; }

private:
    std::string name_;
    std::optional<Refusal> refusal_;
    std::map<std::string, unsigned> lines_;
};

class Table {
public:
    // `value` holds a table.
    Table(Reading& reading, const TomlValue& value, std::string path);
    ~Table(); // complains about keys that nobody asked for
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    std::string text(const char* key, const char* expected);
    std::string text_or_none(const char* key);
    std::int64_t integer(const char* key, const char* expected);
    std::int64_t integer_or(const char* key, std::int64_t otherwise);
    bool flag_or(const char* key, bool otherwise);
    CivilDate date(const char* key, const char* expected);
    std::vector<std::string> texts(const char* key, const char* expected);
    std::vector<std::string> texts_or_none(const char* key);
    // A word, or a list of words, that `parse` knows; std::nullopt from it is a complaint.
    template <class F>
    auto choice(const char* key, const char* expected, F&& parse)
    {
        const auto known = parse(text(key, expected));
        if (!known && table_.get(key) != nullptr) wrong_type(key, *table_.get(key), expected);
        return known.value_or(std::decay_t<decltype(*known)>());
    }
    template <class F>
    auto choices(const char* key, const char* expected, F&& parse)
    {
        std::vector<std::decay_t<decltype(*parse(std::string()))>> found;
        for (const auto& word : texts(key, expected)) {
            if (const auto known = parse(word)) {
                found.push_back(*known);
            } else {
                wrong_type(key, *table_.get(key), expected);
            }
        }
        return found;
    }

    template <class F>
    void table(const char* key, const char* expected, F&& read)
    {
        if (const auto* node = find(key, expected, true)) {
            if (node->as<TomlTable>() != nullptr) {
                Table child(reading_, *node, path_of(key));
                read(child);
            } else {
                wrong_type(key, *node, expected);
            }
        }
    }
    // An array of tables; absent means none when `expected` is nullptr.
    template <class F>
    void tables(const char* key, const char* expected, F&& read)
    {
        const auto* node = find(key, expected, expected != nullptr);
        if (node == nullptr) return;
        const auto* array = node->as<TomlArray>();
        if (array == nullptr) return wrong_type(key, *node, expected != nullptr ? expected : "表の並び");
        std::size_t index = 0;
        for (const auto& element : *array) {
            const auto here = path_of(key) + "[" + std::to_string(index++) + "]";
            if (element.as<TomlTable>() != nullptr) {
                Table child(reading_, element, here);
                read(child);
            } else {
                wrong_type(key, element, "表の並び");
            }
        }
    }

private:
    std::string path_of(const char* key) const { return path_.empty() ? key : path_ + "." + key; }
    const TomlValue* find(const char* key, const char* expected, bool required);
    void wrong_type(const char* key, const TomlValue& node, const char* expected);

    Reading& reading_;
    unsigned line_;
    const TomlTable& table_;
    std::string path_;
    std::set<std::string> asked_;
};

} // namespace azukari::entrustment
