#include "ledger/evidence/continuation.h"

#include "base/fault.h"
#include "ledger/canonical.h"
#include "ledger/ledger.h"
#include "ledger/ledger_store.h"

#include <fmt/format.h>

namespace azukari::ledger {
namespace {

constexpr std::size_t kTogether = 1000; // entries a commit

void take_in(storage::Tx& tx, const std::string& bytes, const std::function<void(storage::Tx&, const Entry&)>& taken)
{
    const auto recorded = parse_canonical(bytes);
    const auto seq = reserve(tx, 1);
    if (!recorded || recorded->seq != seq)
        throw Fault(fmt::format("台帳の控えの {} 件目が、記録ではありません。", seq));
    insert_entry(tx, seq, recorded->entry.at, recorded->entry, bytes);
    taken(tx, recorded->entry);
}

} // namespace

Continues check_continuation(const EachEntry& entries, const note::Checkpoint& checkpoint, std::uint64_t size,
                             const tree::Hash& root)
{
    tree::Edge edge;
    bool same = size == 0;
    entries([&](std::string_view bytes) {
        edge.push(tree::leaf_hash(as_bytes(bytes)), [](unsigned, std::uint64_t, const tree::Tile&) {});
        if (edge.size() == size) same = edge.root() == root;
    });
    if (edge.size() != checkpoint.size || edge.root() != checkpoint.root) return Continues::unsound;
    return same ? Continues::yes : Continues::apart;
}

void take_continuation(storage::Db& db, const EachEntry& entries, const Published& published,
                       const std::function<void(storage::Tx&, const Entry&)>& taken)
{
    const auto have = db.read(read_head).entries;
    std::vector<std::string> waiting;
    const auto flush = [&] {
        db.write([&](storage::Tx& tx) {
            for (const auto& bytes : waiting) take_in(tx, bytes, taken);
            grow(tx);
        });
        waiting.clear();
    };
    std::uint64_t number = 0;
    entries([&](std::string_view bytes) {
        if (number++ < have) return;
        waiting.emplace_back(bytes);
        if (waiting.size() == kTogether) flush();
    });
    flush();
    db.write([&](storage::Tx& tx) {
        const auto last = latest_checkpoint(tx);
        if (published.checkpoint.size > 0 && (!last || last->checkpoint.size < published.checkpoint.size))
            insert_checkpoint(tx, published);
    });
}

} // namespace azukari::ledger
