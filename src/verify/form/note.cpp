#include "verify/form/note.h"

namespace azukari::verify {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";
constexpr std::size_t kMaxNote = 64 * 1024;
constexpr std::size_t kMaxSignatures = 64;
constexpr std::size_t kMaxHashes = 63;

bool is_name(std::string_view name)
{
    if (name.empty()) return false;
    for (const char c : name)
        if (static_cast<unsigned char>(c) <= ' ' || c == '+' || c == 0x7f) return false;
    for (std::size_t i = 0; i + 1 < name.size(); ++i) { // the spaces of Unicode
        const auto two = name.substr(i, 2), three = name.substr(i, 3);
        if (two == "\xc2\x85" || two == "\xc2\xa0") return false;
        if (three == "\xe1\x9a\x80" || three == "\xe3\x80\x80" || three == "\xe2\x81\x9f") return false;
        if (three.size() == 3 && two == "\xe2\x80") {
            const auto last = static_cast<unsigned char>(three[2]);
            if (last <= 0x8a || last == 0xa8 || last == 0xa9 || last == 0xaf) return false;
        }
    }
    return true;
}

std::string big_endian(std::uint64_t number, int bytes)
{
    std::string out;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xff);
    return out;
}

std::uint64_t number_of(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

std::string typed(const Key& key)
{
    return std::string(1, static_cast<char>(key.type)) + std::string(view(key.key));
}

std::optional<Signature> signature_line(std::string_view line)
{
    if (!line.starts_with(kDash)) return std::nullopt;
    line.remove_prefix(kDash.size());
    const auto space = line.find(' ');
    if (space == std::string_view::npos || !is_name(line.substr(0, space))) return std::nullopt;
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() < 5) return std::nullopt;
    return Signature{std::string(line.substr(0, space)), static_cast<std::uint32_t>(number_of(bytes->substr(0, 4))),
                     bytes->substr(4)};
}

std::string cosigned_message(std::uint64_t posix_seconds, std::string_view text)
{
    return "cosignature/v1\ntime " + std::to_string(posix_seconds) + "\n" + std::string(text);
}

bool read_checkpoint(std::string_view whole, Note& note, Checkpoint& checkpoint)
{
    auto parsed = Note::parse(whole);
    auto inner = parsed ? Checkpoint::parse(parsed->text) : std::nullopt;
    if (!inner) return false;
    note = std::move(*parsed);
    checkpoint = std::move(*inner);
    return true;
}

} // namespace

std::uint32_t Key::id() const
{
    return static_cast<std::uint32_t>(number_of(view(sha256(name + "\n" + typed(*this))).substr(0, 4)));
}

std::string Key::text() const
{
    return name + "+" + hex32(id()) + "+" + to_base64(typed(*this));
}

std::optional<Key> Key::parse(std::string_view vkey)
{
    const auto plus = vkey.find('+');
    if (plus == std::string_view::npos || vkey.size() < plus + 11 || vkey[plus + 9] != '+') return std::nullopt;
    const auto bytes = from_base64(vkey.substr(plus + 10));
    if (!bytes || bytes->size() != 33 || !is_name(vkey.substr(0, plus))) return std::nullopt;
    Key key{std::string(vkey.substr(0, plus)), static_cast<std::uint8_t>(bytes->front()), {}};
    std::copy(bytes->begin() + 1, bytes->end(), key.key.begin());
    if ((key.type != kSigner && key.type != kCosigner) || key.text() != vkey) return std::nullopt;
    return key;
}

std::string Signature::line() const
{
    return std::string(kDash) + name + " " + to_base64(big_endian(id, 4) + bytes) + "\n";
}

std::optional<Note> Note::parse(std::string_view whole)
{
    const auto blank = whole.rfind("\n\n");
    if (whole.size() > kMaxNote || blank == std::string_view::npos || !is_utf8(whole)) return std::nullopt;
    for (const char c : whole)
        if (static_cast<unsigned char>(c) < ' ' && c != '\n') return std::nullopt;
    Note note{std::string(whole.substr(0, blank + 1)), {}};
    auto rest = whole.substr(blank + 2);
    while (!rest.empty()) {
        const auto line = take_line(rest);
        auto signature = line ? signature_line(*line) : std::nullopt;
        if (!signature || note.signatures.size() == kMaxSignatures) return std::nullopt;
        note.signatures.push_back(std::move(*signature));
    }
    if (note.signatures.empty()) return std::nullopt;
    return note;
}

std::string Note::whole() const
{
    auto out = text + "\n";
    for (const auto& signature : signatures) out += signature.line();
    return out;
}

std::optional<Checkpoint> Checkpoint::parse(std::string_view text)
{
    const auto origin = take_line(text);
    const auto size_line = take_line(text);
    const auto root_line = take_line(text);
    if (!origin || origin->empty() || !size_line || !root_line || !text.empty()) return std::nullopt;
    const auto size = decimal(*size_line);
    const auto root = hash_from_base64(*root_line);
    if (!size || !root) return std::nullopt;
    return Checkpoint{std::string(*origin), *size, *root};
}

Signed signed_by(const Note& note, const Key& key)
{
    auto how = Signed::by_nobody;
    for (const auto& signature : note.signatures) {
        if (!signature.is_by(key)) continue;
        if (key.type != kSigner || !signature_holds(key.key, note.text, signature.bytes)) return Signed::wrongly;
        how = Signed::rightly;
    }
    return how;
}

Cosigned cosigned_by(const Note& note, const Key& key)
{
    Cosigned found;
    for (const auto& signature : note.signatures) {
        if (!signature.is_by(key)) continue;
        if (key.type != kCosigner || signature.bytes.size() != 72) return {Signed::wrongly, 0};
        const auto at = number_of(std::string_view(signature.bytes).substr(0, 8));
        if (at > INT64_MAX ||
            !signature_holds(key.key, cosigned_message(at, note.text), std::string_view(signature.bytes).substr(8)))
            return {Signed::wrongly, 0};
        found = {Signed::rightly, std::max(found.at, at)};
    }
    return found;
}

Signature cosign(const std::string& name, const Seed& seed, std::string_view text, std::uint64_t posix_seconds)
{
    const Key key{name, kCosigner, public_key(seed)};
    return {name, key.id(), big_endian(posix_seconds, 8) + sign(seed, cosigned_message(posix_seconds, text))};
}

std::optional<std::vector<Hash>> take_hashes(std::string_view& text)
{
    std::vector<Hash> hashes;
    for (auto line = take_line(text); line; line = take_line(text)) {
        if (line->empty()) return hashes;
        const auto hash = hash_from_base64(*line);
        if (!hash || hashes.size() == kMaxHashes) return std::nullopt;
        hashes.push_back(*hash);
    }
    return std::nullopt;
}

std::optional<Receipt> Receipt::parse(std::string_view text)
{
    if (take_line(text) != std::string_view("c2sp.org/tlog-proof@v1")) return std::nullopt;
    auto line = take_line(text);
    if (line && line->starts_with("extra ")) line = from_base64(line->substr(6)) ? take_line(text) : std::nullopt;
    if (!line || !line->starts_with("index ")) return std::nullopt;
    const auto index = decimal(line->substr(6));
    auto path = take_hashes(text);
    Receipt receipt;
    if (!index || !path || !read_checkpoint(text, receipt.note, receipt.checkpoint)) return std::nullopt;
    receipt.index = *index;
    receipt.path = std::move(*path);
    return receipt;
}

std::optional<WitnessRequest> WitnessRequest::parse(std::string_view text)
{
    const auto line = take_line(text);
    if (!line || !line->starts_with("old ")) return std::nullopt;
    const auto old_size = decimal(line->substr(4));
    auto proof = take_hashes(text);
    WitnessRequest request;
    if (!old_size || !proof || !read_checkpoint(text, request.note, request.checkpoint)) return std::nullopt;
    request.old_size = *old_size;
    request.proof = std::move(*proof);
    return request;
}

} // namespace azukari::verify
