#include "ledger/note/signed_note.h"

#include "base/check.h"
#include "ledger/tree/hash.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::ledger::note {
namespace {

constexpr std::string_view kDash = "\u2014 ";

bool is_name(std::string_view name)
{
    if (name.empty() || name.find('+') != std::string_view::npos) return false;
    for (const char c : name)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) return false;
    // The spaces of Unicode that UTF-8 writes with E1, E2 or E3 in front, and the two of Latin-1.
    for (const std::string_view space :
         {"\u0085", "\u00a0", "\u1680", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"})
        if (name.find(space) != std::string_view::npos) return false;
    for (char last = '\x80'; last <= '\x8a'; ++last) // U+2000 … U+200A
        if (name.find(std::string("\xe2\x80") + last) != std::string_view::npos) return false;
    return true;
}

// Well-formed UTF-8 (Unicode 15, table 3-7) without control characters other than the newline.
bool is_note_text(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            if (lead < 0x20 && lead != '\n') return false;
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || i + length > text.size()) return false;
        std::uint32_t point = lead & (0xffU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0U) != 0x80) return false;
            point = point << 6 | (next & 0x3fU);
        }
        const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        if (overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
        i += length;
    }
    return true;
}

std::uint32_t big_endian(ByteView four)
{
    return std::uint32_t{four[0]} << 24 | std::uint32_t{four[1]} << 16 | std::uint32_t{four[2]} << 8 | four[3];
}

Bytes typed_key(const VerifierKey& key)
{
    Bytes bytes(1 + key.key.size());
    bytes[0] = static_cast<std::uint8_t>(key.type);
    std::copy(key.key.begin(), key.key.end(), bytes.begin() + 1);
    return bytes;
}

} // namespace

std::uint32_t VerifierKey::id() const
{
    Bytes hashed = to_bytes(name + "\n");
    const auto typed = typed_key(*this);
    hashed.insert(hashed.end(), typed.begin(), typed.end());
    return big_endian(ByteView(tree::sha256(hashed)).first(4));
}

std::string VerifierKey::text() const
{
    return fmt::format("{}+{:08x}+{}", name, id(), base64(typed_key(*this)));
}

std::optional<VerifierKey> VerifierKey::parse(std::string_view vkey)
{
    const auto first = vkey.find('+');
    const auto second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
    if (second == std::string_view::npos || second - first != 9 || !is_name(vkey.substr(0, first))) return std::nullopt;
    const auto typed = from_base64(vkey.substr(second + 1));
    if (!typed || typed->size() != 33) return std::nullopt;
    VerifierKey key{std::string(vkey.substr(0, first)), static_cast<KeyType>(typed->front()), {}};
    if (key.type != KeyType::ed25519 && key.type != KeyType::cosigner) return std::nullopt;
    std::copy(typed->begin() + 1, typed->end(), key.key.begin());
    if (key.text() != vkey) return std::nullopt;
    return key;
}

std::string SignatureLine::text() const
{
    Bytes bytes{static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16 & 0xff),
                static_cast<std::uint8_t>(id >> 8 & 0xff), static_cast<std::uint8_t>(id & 0xff)};
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return fmt::format("{}{} {}\n", kDash, name, base64(bytes));
}

std::optional<SignatureLine> SignatureLine::parse(std::string_view line)
{
    if (!line.starts_with(kDash)) return std::nullopt;
    line.remove_prefix(kDash.size());
    const auto space = line.find(' ');
    if (space == std::string_view::npos || !is_name(line.substr(0, space))) return std::nullopt;
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() < 5) return std::nullopt;
    return SignatureLine{std::string(line.substr(0, space)), big_endian(ByteView(*bytes).first(4)),
                         Bytes(bytes->begin() + 4, bytes->end())};
}

std::string SignedNote::whole() const
{
    auto note = text + "\n";
    for (const auto& line : signatures) note += line.text();
    return note;
}

std::optional<SignedNote> SignedNote::parse(std::string_view note)
{
    const auto blank = note.rfind("\n\n");
    if (note.size() > kMaxNoteBytes || blank == std::string_view::npos || !note.ends_with('\n') || !is_note_text(note))
        return std::nullopt;
    SignedNote parsed{std::string(note.substr(0, blank + 1)), {}};
    auto lines = note.substr(blank + 2);
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        auto line = SignatureLine::parse(lines.substr(0, end));
        if (!line || parsed.signatures.size() == kMaxSignatures) return std::nullopt;
        parsed.signatures.push_back(std::move(*line));
        lines.remove_prefix(end + 1);
    }
    if (parsed.signatures.empty()) return std::nullopt;
    return parsed;
}

SignatureLine sign(const std::string& name, const seal::SigningKey& key, std::string_view text)
{
    const VerifierKey verifier{name, KeyType::ed25519, key.public_key()};
    const auto signature = key.sign(as_bytes(text));
    return {name, verifier.id(), Bytes(signature.begin(), signature.end())};
}

bool is_signed_by(const SignedNote& note, const VerifierKey& key)
{
    AZK_CHECK(key.type == KeyType::ed25519);
    bool found = false;
    for (const auto& line : note.signatures) {
        if (!line.is_by(key)) continue;
        if (!seal::verify_signature(key.key, as_bytes(note.text), line.signature)) return false;
        found = true;
    }
    return found;
}

} // namespace azukari::ledger::note
