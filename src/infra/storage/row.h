// What goes into a statement (Param) and what comes out of it (Row).
#pragma once

#include "base/bytes.h"
#include "base/id.h"
#include "base/instant.h"
#include "infra/storage/fault.h"

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

namespace azukari::storage {

// A parameter on its way into a statement. Does not own what it points to: build it inside the call.
class Param {
public:
    Param(std::nullptr_t) : value_(std::monostate{}) {}
    template <std::integral T>
    Param(T value) : value_(static_cast<std::int64_t>(value))
    {
    }
    Param(std::string_view text) : value_(text) {}
    Param(const std::string& text) : value_(std::string_view(text)) {}
    Param(const char* text) : value_(std::string_view(text)) {}
    Param(ByteView blob) : value_(blob) {}
    Param(const Bytes& blob) : value_(ByteView(blob)) {}
    template <std::size_t N>
    Param(const std::array<std::uint8_t, N>& blob) : value_(ByteView(blob))
    {
    }
    template <class Noun>
    Param(const Id<Noun>& id) : value_(ByteView(id.bytes()))
    {
    }
    Param(Instant at) : value_(at.micros) {}
    Param(CivilDate day) : value_(day.iso()) {}
    template <class T>
    Param(const std::optional<T>& maybe) : Param(maybe ? Param(*maybe) : Param(nullptr))
    {
    }

    using Value = std::variant<std::monostate, std::int64_t, std::string_view, ByteView, std::string>;
    const Value& value() const { return value_; }

private:
    Value value_;
};
using Params = std::initializer_list<Param>;

// One row of an answer. Views are valid until the callback returns. Asking for the wrong type is a bug.
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual ByteView blob(int column) const = 0;

    bool flag(int column) const { return integer(column) != 0; }
    std::string string(int column) const { return std::string(text(column)); }
    Bytes bytes(int column) const
    {
        const auto view = blob(column);
        return Bytes(view.begin(), view.end());
    }
    Instant instant(int column) const { return {integer(column)}; }
    CivilDate date(int column) const; // throws when what is stored is no day
    template <class IdType>
    IdType id(int column) const
    {
        const auto id = IdType::from(blob(column));
        if (!id)
            throw StorageFault(FaultKind::corrupt, "保存された番号が16バイトではありません。点検を依頼してください。");
        return *id;
    }
    template <class F>
    auto maybe(int column, F&& read) const -> std::optional<std::decay_t<decltype(read())>>
    {
        if (is_null(column)) return std::nullopt;
        return read();
    }
};

} // namespace azukari::storage
