// The bytes of an entry: canonical JSON (RFC 8785: sorted keys, no white space, whole numbers only), which is what the
// tree hashes. Every text in it is a code, an id or a digest out of a small ASCII alphabet: a person's name, a sentence
// or an e-mail address cannot be written into the ledger.
#pragma once

#include "ledger/entry.h"

#include <optional>
#include <string>
#include <string_view>

namespace azukari::ledger {

inline constexpr std::size_t kMaxEntryBytes = 16 * 1024;

// An entry that has its place in the ledger.
struct Recorded {
    std::uint64_t seq = 0; // leaf index, from 0
    Entry entry;           // entry.at never runs backwards from one entry to the next
    // The time the writer told, when it lay before the entry already written (a clock was set back).
    std::optional<Instant> told;
};

// Nothing when the entry can be written; otherwise what is wrong with it, for the programmer. Does not measure it.
std::optional<std::string> flaw(const Entry& entry);

// `recorded.entry` must have no flaw.
std::string canonical(const Recorded& recorded);
// The same of an entry whose time is `at`, into a text that is used again and again.
void write_canonical(std::string& into, std::uint64_t seq, const Entry& entry, Instant at, std::optional<Instant> told);
// Accepts exactly what canonical() writes.
std::optional<Recorded> parse_canonical(std::string_view bytes);

} // namespace azukari::ledger
