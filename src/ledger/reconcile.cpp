#include "ledger/reconcile.h"

#include "ledger/checkpoint_store.h"
#include "ledger/known_act.h"
#include "ledger/ledger_store.h"

#include <fmt/format.h>

namespace azukari::ledger {
namespace {

class Reconciler {
public:
    Reconciler(const storage::Snapshot& snapshot, const note::VerifierKey& key,
               const std::optional<note::VerifierKey>& witness)
        : snapshot_(snapshot), key_(key), witness_(witness), head_(read_head(snapshot))
    {
    }

    Reconciliation run()
    {
        read_checkpoints();
        each_row(snapshot_, 0, kEndOfTime, [&](const StoredRow& row) { entry(row); });
        check_blocks();
        for (auto seq = next_; seq < head_.entries && !result_.more; ++seq) report(seq, "記録がありません。");
        check_checkpoints(edge_.size());
        edge_.each_partial(against_stored());
        if (head_.entries != head_.tree_size) report({}, "木に入っていない記録があります。");
        if (edge_.size() != head_.tree_size || edge_.root() != head_.tree_root)
            report({}, "記録から作り直した木の根が、保存されている根と違います。");
        if (tiles_seen_ != count_tiles(snapshot_)) report({}, "木のタイルの数が、記録の件数と合いません。");
        for (const auto& [size, published] : checkpoints_)
            report({}, fmt::format("{}件のチェックポイントがありますが、記録はそれより少なくなっています。", size));
        return std::move(result_);
    }

private:
    void report(std::optional<std::uint64_t> seq, std::string sentence)
    {
        if (result_.discrepancies.size() == kMaxDiscrepancies)
            result_.more = true;
        else
            result_.discrepancies.push_back({seq, std::move(sentence)});
    }

    void entry(const StoredRow& row)
    {
        ++result_.entries;
        for (; next_ < row.seq && !result_.more; ++next_) report(next_, "記録がありません。");
        next_ = row.seq + 1;
        if (row.seq >= head_.entries) report(row.seq, "台帳の件数より後ろに記録があります。");
        const auto recorded = parse_canonical(as_text(row.bytes));
        if (!recorded)
            report(row.seq, "記録の形が正しくありません。");
        else
            columns(row, *recorded);
        check_checkpoints(edge_.size());
        edge_.push(tree::leaf_hash(row.bytes), against_stored());
    }

    void columns(const StoredRow& row, const Recorded& recorded)
    {
        const auto& entry = recorded.entry;
        if (recorded.seq != row.seq) report(row.seq, "記録の中の番号と行の番号が違います。");
        if (entry.at != row.at) report(row.seq, "記録の中の時刻と、検索用の時刻が違います。");
        if (entry.act != row.act) report(row.seq, "記録の中の行為と、検索用の行為が違います。");
        if (entry.actor != row.actor) report(row.seq, "記録の中の行為者と、検索用の行為者が違います。");
        if (entry.object != row.object) report(row.seq, "記録の中の対象と、検索用の対象が違います。");
        const auto entrustment = entry.entrustment ? ByteView(entry.entrustment->bytes()) : ByteView();
        if (!std::equal(entrustment.begin(), entrustment.end(), row.entrustment.begin(), row.entrustment.end()))
            report(row.seq, "記録の中の委託と、検索用の委託が違います。");
        if (find_act(entry.act) == nullptr) report(row.seq, "行為の表にない行為です。");
        if (entry.at < last_) report(row.seq, "前の記録より時刻が戻っています。");
        last_ = entry.at;
    }

    // A stored tile must hold exactly the nodes that the entries give.
    tree::TileSink against_stored()
    {
        return [this](unsigned level, std::uint64_t number, const tree::Tile& tile) {
            ++tiles_seen_;
            const auto stored = read_tile(snapshot_, level, number);
            const auto nodes = tile.nodes();
            if (!stored)
                report({}, fmt::format("木のタイル {}/{} がありません。", level, number));
            else if (!std::equal(nodes.begin(), nodes.end(), stored->begin(), stored->end()))
                report({}, fmt::format("木のタイル {}/{} が、記録から作り直したものと違います。", level, number));
        };
    }

    // A digest that lacks something would hide entries from every search.
    void check_blocks()
    {
        const auto full = head_.tree_size / kBlock;
        std::uint64_t next = 0;
        each_block(snapshot_, 0, kEndOfTime, [&](std::uint64_t number, const BlockDigest& digest) {
            if (number != next++ || number >= full || digest_of(snapshot_, number).bits() != digest.bits())
                report({}, fmt::format("検索用の要約（{}番から）が、記録と合いません。", number * kBlock));
        });
        if (next != full) report({}, "検索用の要約の数が、記録の件数と合いません。");
    }

    void read_checkpoints()
    {
        each_checkpoint(snapshot_, [&](const Published& published) {
            const auto size = published.checkpoint.size;
            if (!note::is_signed_by(published.note, key_) || published.checkpoint.origin != key_.name)
                report({}, fmt::format("{}件のチェックポイントの署名が正しくありません。", size));
            for (const auto& line : published.note.signatures) {
                const bool strange = line.name != key_.name && !(witness_ && line.is_by(*witness_));
                if (strange ||
                    (witness_ && line.is_by(*witness_) && !note::cosigned_at(line, published.note.text, *witness_)))
                    report({}, fmt::format("{}件のチェックポイントの連署が正しくありません。", size));
            }
            checkpoints_.emplace(size, published.checkpoint);
            return true;
        });
    }

    void check_checkpoints(std::uint64_t size)
    {
        const auto found = checkpoints_.find(size);
        if (found == checkpoints_.end()) return;
        if (found->second.root != edge_.root())
            report({}, fmt::format("先頭から{}件の記録が、署名済みのチェックポイントと合いません。", size));
        checkpoints_.erase(found);
    }

    const storage::Snapshot& snapshot_;
    const note::VerifierKey& key_;
    const std::optional<note::VerifierKey>& witness_;
    const Head head_;
    Reconciliation result_;
    tree::Edge edge_;
    std::uint64_t next_ = 0;
    std::int64_t tiles_seen_ = 0;
    Instant last_{};
    std::map<std::uint64_t, note::Checkpoint> checkpoints_; // those not held against the entries yet
};

} // namespace

Reconciliation reconcile(const storage::Snapshot& snapshot, const note::VerifierKey& key,
                         const std::optional<note::VerifierKey>& witness)
{
    return Reconciler(snapshot, key, witness).run();
}

} // namespace azukari::ledger
