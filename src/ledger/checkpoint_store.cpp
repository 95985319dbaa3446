#include "ledger/checkpoint_store.h"

#include <fmt/format.h>

namespace azukari::ledger {
namespace {

struct Stored {
    std::uint64_t size;
    Instant at;
    std::string note;
};

Stored stored(const storage::Row& row)
{
    return {static_cast<std::uint64_t>(row.integer(0)), row.instant(1), row.string(2)};
}

storage::StorageFault damaged(std::uint64_t size)
{
    return {storage::FaultKind::corrupt, fmt::format("記録台帳の {} 件のチェックポイントが壊れています。", size)};
}

Published read(const storage::Snapshot& snapshot, const Stored& stored)
{
    auto note = note::SignedNote::parse(stored.note);
    const auto checkpoint = note ? note::Checkpoint::parse(note->text) : std::nullopt;
    if (!checkpoint || checkpoint->size != stored.size) throw damaged(stored.size);
    snapshot.each("select line from ledger_cosignature where size = ? order by witness", {stored.size},
                  [&](const storage::Row& row) {
                      auto line = note::SignatureLine::parse(row.text(0));
                      if (!line) throw damaged(stored.size);
                      note->signatures.push_back(std::move(*line));
                  });
    return {*checkpoint, stored.at, std::move(*note)};
}

std::optional<Published> read(const storage::Snapshot& snapshot, const std::optional<Stored>& stored)
{
    if (!stored) return std::nullopt;
    return read(snapshot, *stored);
}

} // namespace

void insert_checkpoint(storage::Tx& tx, const Published& published)
{
    tx.execute("insert into ledger_checkpoint (size, at, note) values (?, ?, ?)",
               {published.checkpoint.size, published.at, published.note.whole()});
}

void write_cosignature(storage::Tx& tx, const std::string& witness, const Cosigned& cosigned)
{
    tx.execute("insert into ledger_cosignature (size, witness, at, line) values (?, ?, ?, ?) "
               "on conflict (size, witness) do update set at = excluded.at, line = excluded.line",
               {cosigned.size, witness, cosigned.at, cosigned.line});
}

std::optional<Published> latest_checkpoint(const storage::Snapshot& snapshot)
{
    return read(snapshot,
                snapshot.one("select size, at, note from ledger_checkpoint order by size desc limit 1", {}, stored));
}

std::optional<Published> checkpoint_of(const storage::Snapshot& snapshot, std::uint64_t size)
{
    return read(snapshot, snapshot.one("select size, at, note from ledger_checkpoint where size = ?", {size}, stored));
}

std::optional<Published> checkpoint_over(const storage::Snapshot& snapshot, std::uint64_t seq)
{
    return read(snapshot, snapshot.one("select size, at, note from ledger_checkpoint where size > ? "
                                       "order by size limit 1",
                                       {seq}, stored));
}

std::optional<Published> checkpoint_since(const storage::Snapshot& snapshot, Instant at)
{
    return read(snapshot, snapshot.one("select size, at, note from ledger_checkpoint where at >= ? "
                                       "order by size limit 1",
                                       {at}, stored));
}

void each_checkpoint(const storage::Snapshot& snapshot, const std::function<bool(const Published&)>& visit)
{
    const auto all = snapshot.all("select size, at, note from ledger_checkpoint order by size desc", {}, stored);
    for (const auto& one : all)
        if (!visit(read(snapshot, one))) return;
}

std::optional<Cosigned> latest_cosignature(const storage::Snapshot& snapshot, const std::string& witness)
{
    return snapshot.one("select size, at, line from ledger_cosignature where witness = ? order by size desc limit 1",
                        {witness}, [](const storage::Row& row) {
                            return Cosigned{static_cast<std::uint64_t>(row.integer(0)), row.instant(1), row.string(2)};
                        });
}

} // namespace azukari::ledger
