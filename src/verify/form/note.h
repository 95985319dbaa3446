// C2SP texts: signed notes, keys, checkpoints, cosignatures, receipts, witness requests.
#pragma once

#include "verify/form/text.h"

#include <vector>

namespace azukari::verify {

inline constexpr std::uint8_t kSigner = 0x01;   // Ed25519 over the text
inline constexpr std::uint8_t kCosigner = 0x04; // Ed25519 with a time (tlog-cosignature)

struct Key {
    std::string name;
    std::uint8_t type = kSigner;
    PublicKey key{};

    std::uint32_t id() const;
    std::string text() const;
    static std::optional<Key> parse(std::string_view vkey);
    bool operator==(const Key&) const = default;
};

struct Signature {
    std::string name;
    std::uint32_t id = 0;
    std::string bytes;
    bool is_by(const Key& key) const { return name == key.name && id == key.id(); }
    std::string line() const; // ends in a newline
};

struct Note {
    std::string text;
    std::vector<Signature> signatures;
    static std::optional<Note> parse(std::string_view whole);
    std::string whole() const;
};

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};
    static std::optional<Checkpoint> parse(std::string_view text);
};

enum class Signed { by_nobody, wrongly, rightly };
// How the key signed the note: one wrong line under its name and id makes all wrong.
Signed signed_by(const Note& note, const Key& key);
// For a cosigner, also the second it signed.
struct Cosigned {
    Signed how = Signed::by_nobody;
    std::uint64_t at = 0;
};
Cosigned cosigned_by(const Note& note, const Key& key);
Signature cosign(const std::string& name, const Seed& seed, std::string_view text, std::uint64_t posix_seconds);

struct Receipt { // .tlog-proof
    std::uint64_t index = 0;
    std::vector<Hash> path;
    Note note;
    Checkpoint checkpoint;
    static std::optional<Receipt> parse(std::string_view text);
};

struct WitnessRequest { // body of add-checkpoint
    std::uint64_t old_size = 0;
    std::vector<Hash> proof;
    Note note;
    Checkpoint checkpoint;
    static std::optional<WitnessRequest> parse(std::string_view text);
};

// Lines of hashes up to an empty line, which is taken too; at most 63.
std::optional<std::vector<Hash>> take_hashes(std::string_view& text);

} // namespace azukari::verify
