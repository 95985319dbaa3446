// The storage port: one writer that groups commits, many readers. SQLite and PostgreSQL stand behind it.
//
// SQL is written once, in the dialect both engines share: "?" for parameters, column types integer (64 bits), text and
// blob, "insert … on conflict … do update", "returning". Booleans are integers 0/1, instants are microseconds, days are
// ISO text, ids are blobs of 16 bytes.
#pragma once

#include "base/bytes.h"
#include "base/fault.h"
#include "base/id.h"
#include "base/instant.h"
#include "infra/storage/migration.h"

#include <concepts>
#include <exception>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace azukari::storage {

enum class FaultKind {
    unique_violation, // an insert met a row that is there already; rooms turn this into a refusal where people can cause it
    constraint_violation,
    busy,      // another process holds the data
    disk_full,
    read_only,
    corrupt,
    gone,      // the server or file went away
    other,
};

class StorageFault : public Fault {
public:
    StorageFault(FaultKind kind, const std::string& message, bool retryable = false)
        : Fault(message, retryable), kind_(kind)
    {
    }
    FaultKind kind() const { return kind_; }

private:
    FaultKind kind_;
};

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
    CivilDate date(int column) const; // stops on a day that no calendar holds
    template <class IdType>
    IdType id(int column) const
    {
        const auto id = IdType::from(blob(column));
        if (!id) throw StorageFault(FaultKind::corrupt, "stored id is not 16 bytes");
        return *id;
    }
    template <class F>
    auto maybe(int column, F&& read) const -> std::optional<std::decay_t<decltype(read())>>
    {
        if (is_null(column)) return std::nullopt;
        return read();
    }
};

using RowVisitor = std::function<void(const Row&)>;

// A consistent view of the data. Transactions are snapshots that can also write.
class Snapshot {
public:
    virtual ~Snapshot() = default;
    // Calls `visit` for each row, in the order of the statement.
    virtual void each(std::string_view sql, Params params, const RowVisitor& visit) const = 0;

    template <class F>
    auto one(std::string_view sql, Params params, F&& read) const
        -> std::optional<std::decay_t<std::invoke_result_t<F, const Row&>>>
    {
        std::optional<std::decay_t<std::invoke_result_t<F, const Row&>>> found;
        each(sql, params, [&](const Row& row) {
            if (!found) found.emplace(read(row));
        });
        return found;
    }
    template <class F>
    auto all(std::string_view sql, Params params, F&& read) const
        -> std::vector<std::decay_t<std::invoke_result_t<F, const Row&>>>
    {
        std::vector<std::decay_t<std::invoke_result_t<F, const Row&>>> found;
        each(sql, params, [&](const Row& row) { found.push_back(read(row)); });
        return found;
    }
    // The single integer of the first row, 0 when there is none: select count(*) …
    std::int64_t integer(std::string_view sql, Params params = {}) const
    {
        return one(sql, params, [](const Row& row) { return row.is_null(0) ? 0 : row.integer(0); }).value_or(0);
    }
    bool exists(std::string_view sql, Params params) const
    {
        bool found = false;
        each(sql, params, [&](const Row&) { found = true; });
        return found;
    }
};

class Tx : public Snapshot {
public:
    // Returns how many rows changed. Throws StorageFault.
    virtual std::int64_t execute(std::string_view sql, Params params = {}) = 0;
};

namespace detail {
template <class R>
constexpr bool is_refused(const R& result)
{
    if constexpr (requires { result.error(); result.has_value(); })
        return !result.has_value();
    else
        return false;
}
} // namespace detail

class Db {
public:
    virtual ~Db() = default;

    // Runs `work(Tx&)` on the writer, together with others that wait; returns when its commit is durable. When `work`
    // returns a refused Result or throws, nothing of it remains (others in the same group are not touched).
    // `work` must not call write() again and should be short: everybody waits for it.
    template <class F>
    auto write(F&& work) -> std::invoke_result_t<F, Tx&>
    {
        using R = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<R>) {
            run_write([&](Tx& tx) {
                work(tx);
                return true;
            });
        } else {
            std::optional<R> result;
            run_write([&](Tx& tx) {
                result.emplace(work(tx));
                return !detail::is_refused(*result);
            });
            return std::move(*result);
        }
    }

    // Runs `work(const Snapshot&)` on one of the readers; sees every write acknowledged before.
    template <class F>
    auto read(F&& work) -> std::invoke_result_t<F, const Snapshot&>
    {
        using R = std::invoke_result_t<F, const Snapshot&>;
        if constexpr (std::is_void_v<R>) {
            run_read([&](const Snapshot& snapshot) { work(snapshot); });
        } else {
            std::optional<R> result;
            run_read([&](const Snapshot& snapshot) { result.emplace(work(snapshot)); });
            return std::move(*result);
        }
    }

    // Called on the writer once per group, inside its transaction, after the group's work and before the commit. The
    // ledger grows its tree here. Set before the first write.
    virtual void before_commit(std::function<void(Tx&)> hook) = 0;

    // Applies what is missing, in the order given. Refuses (throws) when an applied migration has changed since.
    void migrate(std::span<const Migration> migrations);

    virtual std::string_view engine() const = 0; // "sqlite" or "postgresql"

protected:
    // `work` returns whether to keep what it did.
    virtual void run_write(const std::function<bool(Tx&)>& work) = 0;
    virtual void run_read(const std::function<void(const Snapshot&)>& work) = 0;
};

} // namespace azukari::storage
