// 証人の控え: which logs the witness trusts, and the last tree it has cosigned of each. One small file, replaced as a
// whole; while it is held, no other process can read or replace it.
#pragma once

#include "verify/form/note.h"

#include <vector>

namespace azukari::verify {

struct WatchedLog {
    Key key;
    std::uint64_t size = 0; // 0: never cosigned
    Hash root = sha256({});
};

// Holds the state file from opening to destruction, also against other processes.
class WitnessState {
public:
    // `problem` (Japanese) is set when the file is damaged or cannot be read; a file that is not there is empty.
    explicit WitnessState(std::string path);
    ~WitnessState();
    WitnessState(const WitnessState&) = delete;
    WitnessState& operator=(const WitnessState&) = delete;

    const std::string& problem() const { return problem_; }
    std::vector<WatchedLog> logs;
    WatchedLog* find(std::string_view origin);
    // Durable when it returns true: written beside, synchronised, renamed over.
    bool save();

private:
    void read();
    std::string path_;
    std::string problem_;
    int lock_ = -1;
};

// The witness's secret key in its file: "PRIVATE+KEY+<name>+<id in hex>+<base64 of type ‖ seed>".
struct WitnessKey {
    std::string name;
    Seed seed{};
    Key verifier() const { return {name, kCosigner, public_key(seed)}; }
    std::string text() const;
    static std::optional<WitnessKey> parse(std::string_view line);
};

} // namespace azukari::verify
