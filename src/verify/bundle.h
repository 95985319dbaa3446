// Verifies an evidence bundle, entry by entry: every byte is hashed again, every tile, count, order, time and signature
// is held against what the others say. Memory does not grow with the ledger.
#pragma once

#include "verify/files.h"
#include "verify/finding.h"
#include "verify/form/note.h"
#include "verify/tree.h"

namespace azukari::verify {

using Remembered = std::vector<std::pair<std::string, Checkpoint>>; // under which name, what

// What the one who verifies knows from elsewhere.
struct Trust {
    std::optional<Key> log;     // noted on paper; otherwise the bundle's own is taken, with a warning
    std::vector<Key> witnesses; // of type cosigner; otherwise those of the bundle's policy
    // Names and what was seen before: each must be a beginning of this bundle.
    Remembered earlier;
};

struct Verdict {
    std::uint64_t entries = 0;
    std::optional<Checkpoint> checkpoint;
    std::vector<std::string> confirmed; // sentences
    std::vector<std::string> warnings;  // true, but not proved
    std::optional<Finding> finding;     // the first thing that does not hold
    bool holds() const { return !finding; }
};

Verdict verify_bundle(const Files& files, const Trust& trust);

// The two walks of verify_bundle. A walk can be copied in the middle and gone on with.
class EntryWalk { // tiles and entries
public:
    EntryWalk(const Files& files, const Checkpoint& checkpoint, Remembered earlier);

    bool at_end() const { return number_ == checkpoint_.size; }
    std::uint64_t number() const { return number_; }
    // Takes one entry; the finding when something about it does not hold.
    std::optional<Finding> step();
    // After the last entry: everything must have come out.
    std::optional<Finding> finish() const;

private:
    struct Level { // of tiles
        Content tile;
        Peaks within; // of the tile's hashes so far
    };
    std::optional<Finding> load_entries();
    std::optional<Finding> add(std::size_t level, std::uint64_t index, const Hash& hash);
    std::optional<Finding> check_earlier() const;
    Hash root() const;

    const Files& files_;
    Checkpoint checkpoint_;
    Remembered earlier_;
    std::uint64_t number_ = 0;
    std::int64_t last_at_ = 0;
    Content entries_;
    std::size_t offset_ = 0;
    std::vector<Level> levels_;
};

class LineWalk { // one file of the readable copy, which begins with entry `begin`
public:
    LineWalk(const Files& files, std::uint64_t size, std::uint64_t begin);
    // Takes the next bytes of the file.
    std::optional<Finding> feed(std::string_view bytes);
    std::optional<Finding> finish() const;
    std::uint64_t number() const { return number_; }

private:
    std::optional<Finding> line(std::string_view line);
    std::string where() const;

    const Files& files_;
    std::uint64_t size_; // of the ledger
    std::uint64_t begin_;
    std::uint64_t end_; // of the file
    std::uint64_t number_;
    Content tile_;
    std::string partial_;
};

inline constexpr std::uint64_t kLinesInFile = 65'536;

// "tile/0/x001/067.p/12" for (0, 1067, 12).
std::string tile_name(const std::string& level, std::uint64_t number, std::uint64_t width);

} // namespace azukari::verify
