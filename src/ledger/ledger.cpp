#include "ledger/ledger.h"

#include "ledger/known_act.h"
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

// Keeps the right edge of the tree between commits, so that a commit of one entry reads nothing of the tree back.
class Growth {
public:
    void grow(storage::Tx& tx)
    {
        const auto head = read_head(tx);
        if (head.entries == head.tree_size) return;
        stand(tx, head);
        read_back(tx, head.entries);
        settle(tx, head.tree_size);
    }
    // Stands where the stored tree ends.
    void stand(storage::Tx& tx, const Head& head)
    { // a group that was rolled back leaves an edge behind that never became true
        if (edge_.size() != head.tree_size || root_ != head.tree_root) edge_ = load(tx, head);
    }
    // Takes in the stored entries before `end`.
    void read_back(storage::Tx& tx, std::uint64_t end)
    {
        const auto begin = edge_.size();
        each_entry(tx, begin, end, [&](std::uint64_t seq, ByteView bytes) {
            if (seq != edge_.size()) missing(edge_.size());
            take(tx, bytes);
        });
        if (edge_.size() != end) missing(edge_.size());
        for (auto block = begin / kBlock; block < end / kBlock; ++block) write_block(tx, block, digest_of(tx, block));
    }
    // Takes in the next entry.
    void take(storage::Tx& tx, ByteView bytes)
    {
        edge_.push(tree::leaf_hash(bytes), [&](unsigned level, std::uint64_t number, const tree::Tile& tile) {
            write_tile(tx, level, number, tile);
        });
    }
    // Writes what has grown since the tree had `begin` entries.
    void settle(storage::Tx& tx, std::uint64_t begin)
    {
        edge_.each_partial([&](unsigned level, std::uint64_t number, const tree::Tile& tile) {
            if (level == 0 || begin >> (8 * level) != edge_.size() >> (8 * level)) write_tile(tx, level, number, tile);
        });
        root_ = edge_.root();
        write_tree_head(tx, edge_.size(), root_);
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

// Writes the entries at the end, the first of them at `first`; calls `written(seq, entry, bytes)` after each.
template <class F>
void write_from(storage::Tx& tx, std::uint64_t first, std::span<const Entry> entries, F&& written)
{
    Instant last = first == 0 ? Instant{} : time_of(tx, first - 1).value_or(Instant{});
    std::string bytes;
    auto seq = first;
    for (const auto& entry : entries) {
        const auto at = std::max(entry.at, last);
        write_canonical(bytes, seq, entry, at, entry.at < last ? std::optional(entry.at) : std::nullopt);
        if (bytes.size() > kMaxEntryBytes) throw Fault("16KiBを超える記録です: " + entry.act);
        insert_entry(tx, seq, at, entry, bytes);
        written(seq, entry, as_bytes(bytes));
        last = at;
        ++seq;
    }
}

// Many go into the tree as they are written; reading them back would cost as much again as writing them.
void write_into_tree(storage::Tx& tx, std::uint64_t first, std::span<const Entry> entries)
{
    Growth growth;
    const auto head = read_head(tx);
    growth.stand(tx, head);
    growth.read_back(tx, first);
    BlockDigest digest;
    write_from(tx, first, entries, [&](std::uint64_t seq, const Entry& entry, ByteView bytes) {
        growth.take(tx, bytes);
        digest.add_entry(entry.act, entry.actor, entry.entrustment ? ByteView(entry.entrustment->bytes()) : ByteView(),
                         entry.object);
        if ((seq + 1) % kBlock != 0) return;
        const auto block = seq / kBlock;
        write_block(tx, block, block * kBlock < first ? digest_of(tx, block) : digest);
        digest = {};
    });
    growth.settle(tx, head.tree_size);
}

} // namespace

std::uint64_t append(storage::Tx& tx, const Entry& entry)
{
    return append(tx, std::span(&entry, 1));
}

std::uint64_t append(storage::Tx& tx, std::span<const Entry> entries)
{
    for (const auto& entry : entries) require_recordable(entry);
    const auto first = reserve(tx, entries.size());
    if (entries.size() < kBlock)
        write_from(tx, first, entries, [](std::uint64_t, const Entry&, ByteView) {});
    else
        write_into_tree(tx, first, entries);
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
