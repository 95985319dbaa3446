// The storage port: one writer that groups commits, many readers. SQLite and PostgreSQL stand behind it.
//
// SQL is written once, in the dialect both engines share: "?" for parameters, column types integer (64 bits), text and
// blob, "insert … on conflict … do update", "returning". Booleans are integers 0/1, instants are microseconds, days are
// ISO text, ids are blobs of 16 bytes.
#pragma once

#include "infra/storage/migration.h"
#include "infra/storage/row.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace azukari::storage {

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
    if constexpr (requires {
                      result.error();
                      result.has_value();
                  })
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
    // `work` must not call write() again and should be short: everybody waits for it. A statement that failed spoils
    // the whole work, even when the work catches the fault: nothing of it remains and write() throws the fault, unless
    // the work answers with a refusal, which is how a unique violation becomes one.
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

    // Runs `work(const Snapshot&)` on one of the readers; sees every write acknowledged before, and all its statements
    // see the same state. `work` must not call read() again: readers are few, and it would wait for itself.
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

    // Adds a hook that runs on the writer once per group, inside its transaction, after the group's work and before the
    // commit (not for migrations). The ledger grows its tree here. Add hooks before the first write.
    virtual void before_commit(std::function<void(Tx&)> hook) = 0;

    // Applies what is missing, in the order given, each in its own transaction. Throws when an applied migration has
    // changed since, or when the data was made by a newer program.
    void migrate(std::span<const Migration> migrations);

    // Looks through everything that is stored and throws a corrupt fault when something is damaged. Takes time with the
    // size of the data (SQLite: some 3 s per million ledger rows), so it belongs to the night. A PostgreSQL server
    // watches over its own pages (data checksums), and is only asked whether it answers.
    virtual void check_for_damage() = 0;

    virtual std::string_view engine() const = 0; // "sqlite" or "postgresql"

protected:
    // `work` returns whether to keep what it did.
    virtual void run_write(const std::function<bool(Tx&)>& work) = 0;
    virtual void run_read(const std::function<void(const Snapshot&)>& work) = 0;
    // A transaction of its own, without hooks.
    virtual void run_migration(const std::function<void(Tx&)>& work) = 0;
    // A table definition of the shared dialect, as this engine says it.
    virtual std::string in_own_dialect(std::string_view definition) const { return std::string(definition); }
};

} // namespace azukari::storage
