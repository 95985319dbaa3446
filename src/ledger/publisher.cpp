#include "ledger/publisher.h"

#include "base/check.h"
#include "ledger/ledger_store.h"

#include <fmt/format.h>

namespace azukari::ledger {
namespace {

// The signature lines of a file that came back: the lines alone, or a note that ends in them.
std::vector<note::SignatureLine> lines_in(std::string_view text)
{
    std::vector<note::SignatureLine> lines;
    if (text.size() > note::kMaxNoteBytes) return lines;
    while (!text.empty() && lines.size() < note::kMaxSignatures) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (auto parsed = note::SignatureLine::parse(line)) lines.push_back(std::move(*parsed));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

} // namespace

Publisher::Publisher(Identity identity) : identity_(std::move(identity))
{
    AZK_CHECK(!identity_.witness || identity_.witness->type == note::KeyType::cosigner);
    AZK_CHECK(note::VerifierKey::parse(key().text())); // the origin can be a key's name
}

note::SignedNote Publisher::sign(std::string text) const
{
    AZK_CHECK(text.ends_with('\n') && !note::Checkpoint::parse(text));
    auto line = note::sign(identity_.origin, identity_.key, text);
    return {std::move(text), {std::move(line)}};
}

Published Publisher::publish(storage::Tx& tx, Instant now) const
{
    const auto head = read_head(tx);
    auto last = latest_checkpoint(tx);
    if (last) {
        Tiles tiles(tx);
        if (last->checkpoint.size > head.tree_size ||
            tree::root_at(last->checkpoint.size, tiles.source()) != last->checkpoint.root)
            throw storage::StorageFault(
                storage::FaultKind::corrupt,
                fmt::format("記録台帳が、署名済みのチェックポイント（{}件）と合いません。", last->checkpoint.size));
        if (last->checkpoint.size == head.tree_size) return *last;
    }
    const note::Checkpoint checkpoint{identity_.origin, head.tree_size, head.tree_root};
    Published published{checkpoint, now, note::sign(checkpoint, identity_.key)};
    insert_checkpoint(tx, published);
    return published;
}

Result<std::string> Publisher::receipt(const storage::Snapshot& snapshot, std::uint64_t seq, bool latest) const
{
    const auto published = latest ? latest_checkpoint(snapshot) : checkpoint_over(snapshot, seq);
    if (seq >= read_head(snapshot).tree_size) return refuse(kNoSuchEntry, std::to_string(seq));
    if (!published || published->checkpoint.size <= seq) return refuse(kNotPublished, std::to_string(seq));
    Tiles tiles(snapshot);
    const auto proof = tree::inclusion_proof(seq, published->checkpoint.size, tiles.source());
    return note::receipt(seq, proof, published->note);
}

Result<std::string> Publisher::witness_request(const storage::Snapshot& snapshot,
                                               std::optional<std::uint64_t> old_size) const
{
    if (!identity_.witness) return refuse(kNoWitness);
    const auto published = latest_checkpoint(snapshot);
    if (!published) return refuse(kNothingToWitness);
    const auto size = published->checkpoint.size;
    if (!old_size) {
        const auto cosigned = latest_cosignature(snapshot, identity_.witness->name);
        old_size = cosigned ? cosigned->size : 0;
    }
    if (*old_size > size) return refuse(kBeyondCheckpoint, std::to_string(*old_size), std::to_string(size));
    Tiles tiles(snapshot);
    return note::witness_request(*old_size, tree::consistency_proof(*old_size, size, tiles.source()), published->note);
}

Result<Cosigned> Publisher::import_cosignature(storage::Tx& tx, std::string_view text) const
{
    if (!identity_.witness) return refuse(kNoWitness);
    const auto& witness = *identity_.witness;
    const auto lines = lines_in(text);
    if (lines.empty()) return refuse(kNotACosignature);
    bool ours = false;
    std::optional<Cosigned> found;
    for (const auto& line : lines) {
        if (!line.is_by(witness)) continue;
        ours = true;
        each_checkpoint(tx, [&](const Published& published) {
            const auto seconds = note::cosigned_at(line, published.note.text, witness);
            if (!seconds || *seconds > static_cast<std::uint64_t>(INT64_MAX / 1'000'000)) return true;
            const auto at = Instant{} + Duration::seconds(static_cast<std::int64_t>(*seconds));
            auto printed = line.text();
            printed.pop_back();
            found = Cosigned{published.checkpoint.size, at, std::move(printed)};
            return false;
        });
    }
    if (!ours) return refuse(kStrangeWitness, witness.name);
    if (!found) return refuse(kCosignatureOfNothing);
    write_cosignature(tx, witness.name, *found);
    return *found;
}

Witnessing Publisher::witnessing(const storage::Snapshot& snapshot) const
{
    Witnessing state;
    if (identity_.witness) state.last = latest_cosignature(snapshot, identity_.witness->name);
    state.unwitnessed = read_head(snapshot).entries - (state.last ? state.last->size : 0);
    return state;
}

std::string Publisher::policy() const
{
    auto text = fmt::format("log {}\n", key().text());
    if (!identity_.witness) return text + "quorum none\n";
    return text + fmt::format("witness ward {}\nquorum ward\n", identity_.witness->text());
}

} // namespace azukari::ledger
