// Where entries, tiles and heads rest in the store.
#pragma once

#include "infra/storage/db.h"
#include "ledger/block_digest.h"
#include "ledger/canonical.h"
#include "ledger/tree/tile.h"

#include <map>

namespace azukari::ledger {

struct Head {
    std::uint64_t entries = 0;
    std::uint64_t tree_size = 0;
    tree::Hash tree_root{}; // of tree_size entries
};

Head read_head(const storage::Snapshot& snapshot);
void write_tree_head(storage::Tx& tx, std::uint64_t size, const tree::Hash& root);

// Takes `count` places at the end, and holds the end against other writers until the commit; returns the first.
std::uint64_t reserve(storage::Tx& tx, std::uint64_t count);
// Time of the entry at `seq`; nothing when there is none.
std::optional<Instant> time_of(const storage::Snapshot& snapshot, std::uint64_t seq);
void insert_entry(storage::Tx& tx, std::uint64_t seq, Instant at, const Entry& entry, std::string_view bytes);
// Entries [begin, end) in order.
void each_entry(const storage::Snapshot& snapshot, std::uint64_t begin, std::uint64_t end,
                const std::function<void(std::uint64_t seq, ByteView bytes)>& visit);

// A row as it is stored, nothing believed.
struct StoredRow {
    std::uint64_t seq;
    Instant at;
    std::string_view act;
    std::string_view actor;
    ByteView entrustment;
    std::string_view object;
    ByteView bytes;
};
// Rows [begin, end) in order.
void each_row(const storage::Snapshot& snapshot, std::uint64_t begin, std::uint64_t end,
              const std::function<void(const StoredRow&)>& visit);
inline constexpr std::uint64_t kEndOfTime = INT64_MAX; // a row number that no row reaches

// The digest of entries [256·number, 256·number + 256), from their rows.
BlockDigest digest_of(const storage::Snapshot& snapshot, std::uint64_t number);
void write_block(storage::Tx& tx, std::uint64_t number, const BlockDigest& digest);
// Stored digests of blocks [begin, end), in order; a full block without one is left out.
void each_block(const storage::Snapshot& snapshot, std::uint64_t begin, std::uint64_t end,
                const std::function<void(std::uint64_t number, const BlockDigest& digest)>& visit);

std::optional<Bytes> read_tile(const storage::Snapshot& snapshot, unsigned level, std::uint64_t number);
std::int64_t count_tiles(const storage::Snapshot& snapshot);
void write_tile(storage::Tx& tx, unsigned level, std::uint64_t number, const tree::Tile& tile);

// Reads tiles of one snapshot, each once. Throws StorageFault when one is missing or damaged.
class Tiles {
public:
    explicit Tiles(const storage::Snapshot& snapshot) : snapshot_(snapshot) {}
    const tree::Tile& at(unsigned level, std::uint64_t number);
    tree::TileSource source()
    {
        return [this](unsigned level, std::uint64_t number) -> const tree::Tile& { return at(level, number); };
    }

private:
    const storage::Snapshot& snapshot_;
    std::map<std::pair<unsigned, std::uint64_t>, tree::Tile> read_;
};

} // namespace azukari::ledger
