// C2SP signed-note: a text with the signatures of those who stand for it, in a form other people's tools read.
#pragma once

#include "infra/seal/signature.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::ledger::note {

enum class KeyType : std::uint8_t {
    ed25519 = 0x01,  // signs the text itself
    cosigner = 0x04, // timestamped Ed25519 cosignature of a checkpoint (tlog-cosignature)
};

// A public key somebody trusts, under the name it signs with.
struct VerifierKey {
    std::string name; // neither spaces nor "+"
    KeyType type = KeyType::ed25519;
    seal::PublicKey key{};

    std::uint32_t id() const; // first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ key)
    std::string text() const; // vkey: <name>+<id in hex>+<base64 of type ‖ key>
    static std::optional<VerifierKey> parse(std::string_view vkey);
    bool operator==(const VerifierKey&) const = default;
};

struct SignatureLine {
    std::string name;
    std::uint32_t id = 0;
    Bytes signature;

    bool is_by(const VerifierKey& key) const { return name == key.name && id == key.id(); }
    std::string text() const;                                         // "— <name> <base64 of id ‖ signature>\n"
    static std::optional<SignatureLine> parse(std::string_view line); // without the line's end
};

inline constexpr std::size_t kMaxNoteBytes = 64 * 1024;
inline constexpr std::size_t kMaxSignatures = 64;

struct SignedNote {
    std::string text; // ends in a newline
    std::vector<SignatureLine> signatures;

    std::string whole() const;
    // Accepts well-formed notes only; says nothing about whether a signature is right.
    static std::optional<SignedNote> parse(std::string_view note);
};

SignatureLine sign(const std::string& name, const seal::SigningKey& key, std::string_view text);
// True when the key signed the text, and no line under its name and id is wrong.
bool is_signed_by(const SignedNote& note, const VerifierKey& key);

} // namespace azukari::ledger::note
