#include "infra/storage/table_store.h"

#include "base/check.h"

#include <utility>

namespace azukari::storage {
namespace {

constexpr std::size_t kRowsTogether = 1000; // a commit; fewer when they are large
constexpr std::size_t kBytesTogether = 4 << 20;
constexpr std::size_t kMostColumns = 40;

enum class Kind : std::uint8_t { integer, text, blob };
struct Table {
    std::string name;
    std::vector<std::pair<std::string, Kind>> columns;

    std::string column_list() const
    {
        std::string list;
        for (const auto& [column, kind] : columns) list += (list.empty() ? "" : ", ") + column;
        return list;
    }
    std::string insertion() const
    {
        std::string places = "?";
        for (std::size_t i = 1; i < columns.size(); ++i) places += ", ?";
        return "insert into " + name + " (" + column_list() + ") values (" + places + ")";
    }
};

Kind kind_of(std::string_view type)
{
    return type == "integer" ? Kind::integer : type == "text" ? Kind::text : Kind::blob;
}

// In the order in which they were made: a table comes after those it refers to. The list of migrations is each store's
// own.
std::vector<Table> tables_of(const Snapshot& sqlite)
{
    std::vector<Table> tables;
    sqlite.each("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and"
                " name <> 'migration' order by rowid",
                {}, [&](const Row& row) {
                    tables.push_back({row.string(0), {}});
                });
    for (auto& table : tables)
        sqlite.each("select name, lower(type) from pragma_table_info(?) order by cid", {table.name},
                    [&](const Row& row) { table.columns.emplace_back(row.string(0), kind_of(row.text(1))); });
    return tables;
}

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Values = std::vector<Value>;

Value value_of(const Row& row, int column, Kind kind)
{
    if (row.is_null(column)) return std::monostate();
    switch (kind) {
    case Kind::integer:
        return row.integer(column);
    case Kind::text:
        return row.string(column);
    case Kind::blob:
        return row.bytes(column);
    }
    return std::monostate();
}

std::size_t size_of(const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return text->size();
    if (const auto* blob = std::get_if<Bytes>(&value)) return blob->size();
    return sizeof value;
}

Param param_of(const Value& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* blob = std::get_if<Bytes>(&value)) return *blob;
    return nullptr;
}

// A statement takes its parameters as a list in the source, so there is one call for each number of columns.
template <std::size_t... I>
void insert_row(Tx& tx, const std::string& sql, const Values& values, std::index_sequence<I...>)
{
    tx.execute(sql, {param_of(values[I])...});
}
template <std::size_t N = 1>
void insert_row(Tx& tx, const std::string& sql, const Values& values)
{
    if (values.size() == N) return insert_row(tx, sql, values, std::make_index_sequence<N>());
    if constexpr (N < kMostColumns)
        insert_row<N + 1>(tx, sql, values);
    else
        AZK_CHECK(values.size() <= kMostColumns);
}

void each_row(const Snapshot& from, bool by_cursor, const Table& table, const RowVisitor& visit)
{
    const auto select = "select " + table.column_list() + " from " + table.name;
    if (!by_cursor) return from.each(select, {}, visit);
    // PostgreSQL hands an answer over whole: a cursor keeps it in pieces.
    const auto cursor = "copying_" + table.name;
    from.each("declare " + cursor + " no scroll cursor for " + select, {}, [](const Row&) {});
    bool more = true;
    while (more) {
        more = false;
        from.each("fetch 50 from " + cursor, {}, [&](const Row& row) {
            more = true;
            visit(row);
        });
    }
    from.each("close " + cursor, {}, [](const Row&) {});
}

std::int64_t copy_table(const Snapshot& from, bool by_cursor, const Table& table, Db& into, const CopyStep& told)
{
    const auto insertion = table.insertion();
    std::vector<Values> chunk;
    std::size_t bytes = 0; // of the chunk
    std::int64_t rows = 0;
    const auto flush = [&] {
        if (!chunk.empty())
            into.write([&](Tx& tx) {
                for (const auto& values : chunk) insert_row(tx, insertion, values);
            });
        rows += static_cast<std::int64_t>(chunk.size());
        chunk.clear();
        bytes = 0;
        if (told) told(table.name, rows);
    };
    each_row(from, by_cursor, table, [&](const Row& row) {
        Values values;
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            values.push_back(value_of(row, static_cast<int>(i), table.columns[i].second));
        for (const auto& value : values) bytes += size_of(value);
        chunk.push_back(std::move(values));
        if (chunk.size() == kRowsTogether || bytes >= kBytesTogether) flush();
    });
    flush();
    return rows;
}

} // namespace

RowsByTable copy_tables(Db& from, Db& into, const CopyStep& told)
{
    AZK_CHECK(from.engine() == "sqlite" || into.engine() == "sqlite");
    const auto tables = (into.engine() == "sqlite" ? into : from).read(tables_of);
    into.write([&](Tx& tx) { // what migrations put there
        for (auto table = tables.rbegin(); table != tables.rend(); ++table) tx.execute("delete from " + table->name);
    });
    RowsByTable rows;
    from.read([&](const Snapshot& snapshot) {
        for (const auto& table : tables)
            rows[table.name] = copy_table(snapshot, from.engine() != "sqlite", table, into, told);
    });
    return rows;
}

RowsByTable count_tables(Db& sqlite)
{
    return sqlite.read([](const Snapshot& snapshot) {
        RowsByTable rows;
        for (const auto& table : tables_of(snapshot))
            rows[table.name] = snapshot.integer("select count(*) from " + table.name);
        return rows;
    });
}

bool is_empty(Db& db)
{
    return db.read([&](const Snapshot& snapshot) {
        return snapshot.integer(db.engine() == "sqlite" ? "select count(*) from sqlite_master"
                                                        : "select count(*) from information_schema.tables"
                                                          " where table_schema = current_schema()") == 0;
    });
}

void drop_tables(Db& postgres)
{
    AZK_CHECK(postgres.engine() == "postgresql");
    std::vector<std::string> names;
    postgres.read([&](const Snapshot& snapshot) {
        snapshot.each("select quote_ident(table_name) from information_schema.tables"
                      " where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name",
                      {}, [&](const Row& row) { names.push_back(row.string(0)); });
    });
    postgres.write([&](Tx& tx) {
        for (const auto& name : names) tx.execute("drop table " + name + " cascade");
    });
}

} // namespace azukari::storage
