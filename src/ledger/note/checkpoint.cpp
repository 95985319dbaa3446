#include "ledger/note/checkpoint.h"

#include "base/check.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::ledger::note {
namespace {

constexpr std::string_view kReceiptHeader = "c2sp.org/tlog-proof@v1";

// Cuts the first line off; nothing when no newline is left.
std::optional<std::string_view> next_line(std::string_view& text)
{
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::uint64_t> decimal(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || stop != text.data() + text.size() || value >> 63 != 0) return std::nullopt;
    if (std::to_string(value) != text) return std::nullopt; // leading zeroes
    return value;
}

std::optional<tree::Hash> hash(std::string_view text)
{
    const auto bytes = from_base64(text);
    tree::Hash out{};
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

std::string hash_lines(std::span<const tree::Hash> hashes)
{
    std::string lines;
    for (const auto& one : hashes) lines += base64(one) + "\n";
    return lines;
}

std::string cosigned_message(std::uint64_t posix_seconds, std::string_view checkpoint_text)
{
    return fmt::format("cosignature/v1\ntime {}\n{}", posix_seconds, checkpoint_text);
}

} // namespace

std::string Checkpoint::text() const
{
    return fmt::format("{}\n{}\n{}\n", origin, size, base64(root));
}

std::optional<Checkpoint> Checkpoint::parse(std::string_view text)
{
    const auto origin = next_line(text), size_line = next_line(text), root_line = next_line(text);
    if (!origin || origin->empty() || !size_line || !root_line || !text.empty()) return std::nullopt;
    const auto size = decimal(*size_line);
    const auto root = hash(*root_line);
    if (!size || !root) return std::nullopt;
    return Checkpoint{std::string(*origin), *size, *root};
}

SignedNote sign(const Checkpoint& checkpoint, const seal::SigningKey& key)
{
    return {checkpoint.text(), {sign(checkpoint.origin, key, checkpoint.text())}};
}

SignatureLine cosign(const std::string& name, const seal::SigningKey& key, std::string_view checkpoint_text,
                     std::uint64_t posix_seconds)
{
    const VerifierKey verifier{name, KeyType::cosigner, key.public_key()};
    const auto signature = key.sign(as_bytes(cosigned_message(posix_seconds, checkpoint_text)));
    SignatureLine line{name, verifier.id(), {}};
    for (int shift = 56; shift >= 0; shift -= 8)
        line.signature.push_back(static_cast<std::uint8_t>(posix_seconds >> shift & 0xff));
    line.signature.insert(line.signature.end(), signature.begin(), signature.end());
    return line;
}

std::optional<std::uint64_t> cosigned_at(const SignatureLine& line, std::string_view checkpoint_text,
                                         const VerifierKey& witness)
{
    AZK_CHECK(witness.type == KeyType::cosigner);
    if (!line.is_by(witness) || line.signature.size() != 8 + 64) return std::nullopt;
    std::uint64_t seconds = 0;
    for (std::size_t i = 0; i < 8; ++i) seconds = seconds << 8 | line.signature[i];
    if (seconds >> 63 != 0) return std::nullopt;
    const auto message = cosigned_message(seconds, checkpoint_text);
    const auto signature = ByteView(line.signature).subspan(8);
    if (!seal::verify_signature(witness.key, as_bytes(message), signature)) return std::nullopt;
    return seconds;
}

std::string witness_request(std::uint64_t old_size, std::span<const tree::Hash> consistency, const SignedNote& note)
{
    return fmt::format("old {}\n{}\n{}", old_size, hash_lines(consistency), note.whole());
}

std::string receipt(std::uint64_t index, std::span<const tree::Hash> inclusion, const SignedNote& note)
{
    return fmt::format("{}\nindex {}\n{}\n{}", kReceiptHeader, index, hash_lines(inclusion), note.whole());
}

std::optional<Receipt> Receipt::parse(std::string_view text)
{
    if (next_line(text) != kReceiptHeader) return std::nullopt;
    const auto index_line = next_line(text);
    if (!index_line || !index_line->starts_with("index ")) return std::nullopt;
    const auto index = decimal(index_line->substr(6));
    if (!index) return std::nullopt;
    Receipt receipt{*index, {}, {}, {}};
    for (auto line = next_line(text);; line = next_line(text)) {
        if (!line) return std::nullopt;
        if (line->empty()) break;
        const auto one = hash(*line);
        if (!one || receipt.inclusion.size() == 63) return std::nullopt;
        receipt.inclusion.push_back(*one);
    }
    auto note = SignedNote::parse(text);
    const auto checkpoint = note ? Checkpoint::parse(note->text) : std::nullopt;
    if (!checkpoint) return std::nullopt;
    receipt.note = std::move(*note);
    receipt.checkpoint = *checkpoint;
    return receipt;
}

} // namespace azukari::ledger::note
