#include "ledger/ledger_store.h"

#include <fmt/format.h>

namespace azukari::ledger {
namespace {

using storage::FaultKind;
using storage::StorageFault;

std::uint64_t unsigned_of(std::int64_t number)
{
    if (number < 0) throw StorageFault(FaultKind::corrupt, "記録台帳の件数が負の数になっています。");
    return static_cast<std::uint64_t>(number);
}

} // namespace

Head read_head(const storage::Snapshot& snapshot)
{
    const auto head = snapshot.one(
        "select entries, tree_size, tree_root from ledger_head where id = 1", {}, [](const storage::Row& row) {
            Head found{unsigned_of(row.integer(0)), unsigned_of(row.integer(1)), tree::empty_root()};
            if (row.is_null(2)) return found;
            const auto root = row.blob(2);
            if (root.size() != found.tree_root.size())
                throw StorageFault(FaultKind::corrupt, "記録台帳の木の根が32バイトではありません。");
            std::copy(root.begin(), root.end(), found.tree_root.begin());
            return found;
        });
    if (!head) throw StorageFault(FaultKind::corrupt, "記録台帳の先頭の記録がありません。");
    return *head;
}

void write_tree_head(storage::Tx& tx, std::uint64_t size, const tree::Hash& root)
{
    tx.execute("update ledger_head set tree_size = ?, tree_root = ? where id = 1", {size, root});
}

std::uint64_t reserve(storage::Tx& tx, std::uint64_t count)
{
    const auto end = tx.integer("update ledger_head set entries = entries + ? where id = 1 returning entries", {count});
    return unsigned_of(end) - count;
}

std::optional<Instant> time_of(const storage::Snapshot& snapshot, std::uint64_t seq)
{
    return snapshot.one("select at from ledger_entry where seq = ?", {seq},
                        [](const storage::Row& row) { return row.instant(0); });
}

void insert_entry(storage::Tx& tx, std::uint64_t seq, Instant at, const Entry& entry, std::string_view bytes)
{
    tx.execute("insert into ledger_entry (seq, at, act, actor, entrustment, object, bytes) "
               "values (?, ?, ?, ?, ?, ?, ?)",
               {seq, at, entry.act, entry.actor, entry.entrustment, entry.object, as_bytes(bytes)});
}

void each_entry(const storage::Snapshot& snapshot, std::uint64_t begin, std::uint64_t end,
                const std::function<void(std::uint64_t, ByteView)>& visit)
{
    snapshot.each("select seq, bytes from ledger_entry where seq >= ? and seq < ? order by seq", {begin, end},
                  [&](const storage::Row& row) { visit(unsigned_of(row.integer(0)), row.blob(1)); });
}

void each_row(const storage::Snapshot& snapshot, std::uint64_t begin, std::uint64_t end,
              const std::function<void(const StoredRow&)>& visit)
{
    snapshot.each("select seq, at, act, actor, entrustment, object, bytes from ledger_entry "
                  "where seq >= ? and seq < ? order by seq",
                  {begin, end}, [&](const storage::Row& row) {
                      visit({unsigned_of(row.integer(0)), row.instant(1), row.text(2), row.text(3),
                             row.is_null(4) ? ByteView() : row.blob(4), row.text(5), row.blob(6)});
                  });
}

BlockDigest digest_of(const storage::Snapshot& snapshot, std::uint64_t number)
{
    BlockDigest digest;
    each_row(snapshot, number * kBlock, (number + 1) * kBlock,
             [&](const StoredRow& row) { digest.add_entry(row.act, row.actor, row.entrustment, row.object); });
    return digest;
}

void write_block(storage::Tx& tx, std::uint64_t number, const BlockDigest& digest)
{
    tx.execute("insert into ledger_block (number, digest) values (?, ?)", {number, digest.bits()});
}

void each_block(const storage::Snapshot& snapshot, std::uint64_t begin, std::uint64_t end,
                const std::function<void(std::uint64_t, const BlockDigest&)>& visit)
{
    snapshot.each("select number, digest from ledger_block where number >= ? and number < ? order by number",
                  {begin, end}, [&](const storage::Row& row) {
                      const auto bytes = row.blob(1);
                      BlockDigest::Bits bits;
                      if (bytes.size() != bits.size()) return;
                      std::copy(bytes.begin(), bytes.end(), bits.begin());
                      visit(unsigned_of(row.integer(0)), BlockDigest(bits));
                  });
}

std::optional<Bytes> read_tile(const storage::Snapshot& snapshot, unsigned level, std::uint64_t number)
{
    return snapshot.one("select nodes from ledger_tile where level = ? and number = ?", {level, number},
                        [](const storage::Row& row) { return row.bytes(0); });
}

std::int64_t count_tiles(const storage::Snapshot& snapshot)
{
    return snapshot.integer("select count(*) from ledger_tile");
}

void write_tile(storage::Tx& tx, unsigned level, std::uint64_t number, const tree::Tile& tile)
{
    tx.execute("insert into ledger_tile (level, number, nodes) values (?, ?, ?) "
               "on conflict (level, number) do update set nodes = excluded.nodes",
               {level, number, tile.nodes()});
}

const tree::Tile& Tiles::at(unsigned level, std::uint64_t number)
{
    const auto key = std::pair(level, number);
    if (const auto found = read_.find(key); found != read_.end()) return found->second;
    auto tile = snapshot_.one("select nodes from ledger_tile where level = ? and number = ?", {level, number},
                              [](const storage::Row& row) { return tree::Tile::from(row.blob(0)); });
    if (!tile || !*tile)
        throw StorageFault(FaultKind::corrupt,
                           fmt::format("記録台帳のタイル {}/{} がないか、壊れています。", level, number));
    return read_.emplace(key, std::move(**tile)).first->second;
}

} // namespace azukari::ledger
