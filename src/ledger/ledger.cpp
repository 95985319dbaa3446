#include "ledger/ledger.h"

#include "ledger/acts.h"
#include "ledger/ledger_store.h"

#include <fmt/format.h>
#include <memory>

namespace azukari::ledger {
namespace {

void require_recordable(const Entry& entry)
{
    if (const auto wrong = flaw(entry)) throw Fault("記録台帳に書けない記録です: " + *wrong);
    if (find_act(entry.act) == nullptr) throw Fault("行為の表（ledger/acts.h）にない行為です: " + entry.act);
}

// Keeps the right edge of the tree between commits, so that a commit of one entry reads nothing back.
class Growth {
public:
    void grow(storage::Tx& tx)
    {
        const auto head = read_head(tx);
        if (head.entries == head.tree_size) return;
        // A group that was rolled back leaves an edge behind that never became true.
        if (edge_.size() != head.tree_size || root_ != head.tree_root) edge_ = load(tx, head);
        const auto write = [&](unsigned level, std::uint64_t number, const tree::Tile& tile) {
            write_tile(tx, level, number, tile);
        };
        each_entry(tx, head.tree_size, head.entries, [&](std::uint64_t seq, ByteView bytes) {
            if (seq != edge_.size()) missing(edge_.size());
            edge_.push(tree::leaf_hash(bytes), write);
        });
        if (edge_.size() != head.entries) missing(edge_.size());
        edge_.each_partial([&](unsigned level, std::uint64_t number, const tree::Tile& tile) {
            if (level == 0 || head.tree_size >> (8 * level) != head.entries >> (8 * level)) write(level, number, tile);
        });
        for (auto block = head.tree_size / kBlock; block < head.entries / kBlock; ++block)
            write_block(tx, block, digest_of(tx, block));
        root_ = edge_.root();
        write_tree_head(tx, head.entries, root_);
    }

private:
    [[noreturn]] static void missing(std::uint64_t seq)
    {
        throw storage::StorageFault(storage::FaultKind::corrupt,
                                    fmt::format("記録台帳の {} 番の記録がありません。", seq));
    }
    static tree::Edge load(const storage::Snapshot& snapshot, const Head& head)
    {
        Tiles tiles(snapshot);
        auto edge = tree::Edge::load(head.tree_size, tiles.source());
        if (!edge || edge->root() != head.tree_root)
            throw storage::StorageFault(storage::FaultKind::corrupt, "記録台帳の木とその根が合いません。");
        return std::move(*edge);
    }

    tree::Edge edge_;
    tree::Hash root_ = tree::empty_root();
};

} // namespace

std::uint64_t append(storage::Tx& tx, const Entry& entry)
{
    return append(tx, std::span(&entry, 1));
}

std::uint64_t append(storage::Tx& tx, std::span<const Entry> entries)
{
    for (const auto& entry : entries) require_recordable(entry);
    const auto first = reserve(tx, entries.size());
    Instant last = first == 0 ? Instant{} : time_of(tx, first - 1).value_or(Instant{});
    Recorded recorded{first, {}, {}};
    for (const auto& entry : entries) {
        recorded.entry = entry;
        recorded.told.reset();
        if (entry.at < last) {
            recorded.told = entry.at;
            recorded.entry.at = last;
        }
        last = recorded.entry.at;
        const auto bytes = canonical(recorded);
        if (bytes.size() > kMaxEntryBytes) throw Fault("16KiBを超える記録です: " + entry.act);
        insert_entry(tx, recorded, bytes);
        ++recorded.seq;
    }
    return first;
}

void grow(storage::Tx& tx)
{
    Growth().grow(tx);
}

void grow_with(storage::Db& db)
{
    db.before_commit([growth = std::make_shared<Growth>()](storage::Tx& tx) { growth->grow(tx); });
}

} // namespace azukari::ledger
