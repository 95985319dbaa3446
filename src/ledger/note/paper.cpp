#include "ledger/note/paper.h"

namespace azukari::ledger::note {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLine = 13;
constexpr std::size_t kLines = 5;
constexpr std::size_t kSeal = 4;

using Values = std::vector<unsigned>; // 0 … 31 each

std::string letters(std::span<const unsigned> values)
{
    std::string out;
    for (const auto value : values) out += kLetters[value];
    return out;
}

std::optional<unsigned> value_of(char c)
{
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const auto at = kLetters.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(at);
}

// A polynomial over GF(32): changes with every single letter and every exchange of neighbours.
unsigned check(std::span<const unsigned> values)
{
    unsigned sum = 0;
    for (const auto value : values) {
        sum ^= value;
        sum <<= 1;
        if ((sum & 32U) != 0) sum ^= 0b100101U;
    }
    return sum;
}

Values seal_of(const Checkpoint& checkpoint)
{
    const auto digest = tree::sha256(as_bytes("azukari paper witness\n" + checkpoint.text()));
    const auto bits = std::uint32_t{digest[0]} << 16 | std::uint32_t{digest[1]} << 8 | digest[2];
    Values values;
    for (unsigned shift = 4; shift <= 19; shift += 5) values.push_back(bits >> (23 - shift) & 31U);
    return values;
}

} // namespace

std::string to_paper(const Checkpoint& checkpoint)
{
    Values values;
    for (int i = 12; i >= 0; --i) values.push_back(static_cast<unsigned>(checkpoint.size >> (5 * i) & 31U));
    unsigned held = 0, bits = 0;
    for (const auto byte : checkpoint.root) {
        held = (held << 8 | byte) & 0xffffU;
        for (bits += 8; bits >= 5;) values.push_back(held >> (bits -= 5) & 31U);
    }
    values.push_back(held << (5 - bits) & 31U);
    std::string out;
    for (std::size_t line = 0; line < kLines; ++line) {
        const auto part = std::span(values).subspan(line * kLine, kLine);
        const auto text = letters(part) + kLetters[check(part)];
        out += text.substr(0, 7) + "-" + text.substr(7) + "\n";
    }
    return out + letters(seal_of(checkpoint)) + "\n";
}

Result<Checkpoint> from_paper(const std::string& origin, std::string_view text)
{
    Values values;
    for (const char c : text) {
        if (c == ' ' || c == '-' || c == '\n' || c == '\r' || c == '\t') continue;
        const auto value = value_of(c);
        if (!value) return refuse(kPaperLine, std::to_string(values.size() / (kLine + 1) + 1));
        values.push_back(*value);
    }
    if (values.size() != kLines * (kLine + 1) + kSeal) return refuse(kPaperShape);
    Values plain;
    for (std::size_t line = 0; line < kLines; ++line) {
        const auto part = std::span(values).subspan(line * (kLine + 1), kLine);
        if (check(part) != values[line * (kLine + 1) + kLine]) return refuse(kPaperLine, std::to_string(line + 1));
        plain.insert(plain.end(), part.begin(), part.end());
    }
    Checkpoint checkpoint{origin, 0, {}};
    for (std::size_t i = 0; i < kLine; ++i) checkpoint.size = checkpoint.size << 5 | plain[i];
    unsigned held = 0, bits = 0;
    auto byte = checkpoint.root.begin();
    for (std::size_t i = kLine; i < plain.size(); ++i) {
        held = (held << 5 | plain[i]) & 0xffffU;
        if ((bits += 5) >= 8 && byte != checkpoint.root.end())
            *byte++ = static_cast<std::uint8_t>(held >> (bits -= 8) & 0xffU);
    }
    const auto seal = seal_of(checkpoint);
    if (!std::equal(seal.begin(), seal.end(), values.end() - kSeal) || (held & 15U) != 0 || plain[0] > 7)
        return refuse(kPaperWhole);
    return checkpoint;
}

} // namespace azukari::ledger::note
