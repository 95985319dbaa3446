#include "infra/seal/keystore/recovery_share.h"

#include "base/check.h"
#include "infra/seal/digest.h"
#include "infra/seal/key_arena.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace azukari::seal {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kTitle = "預かり復旧";
constexpr std::size_t kLines = 4;
constexpr std::size_t kLetters = 16; // in a line, without its check letter
// 40 bytes: version and number (1), set (3), share (32), checksum (4); 64 letters of 5 bits.
constexpr std::size_t kBytes = 40;
constexpr std::uint8_t kVersion = 1;
using Packed = std::array<std::uint8_t, kBytes>;

struct Share {
    int number = 0;
    std::array<std::uint8_t, 3> set{};
    Key256 value;
};

// GF(2⁸) modulo x⁸+x⁴+x³+x+1, as AES has it.
std::uint8_t multiply(std::uint8_t a, std::uint8_t b)
{
    unsigned product = 0, factor = a;
    for (unsigned bits = b; bits != 0; bits >>= 1) {
        if (bits & 1U) product ^= factor;
        factor <<= 1;
        if (factor & 0x100U) factor ^= 0x11BU;
    }
    return static_cast<std::uint8_t>(product);
}

std::uint8_t inverse(std::uint8_t a) // a²⁵⁴
{
    std::uint8_t result = 1;
    for (int i = 0; i < 254; ++i) result = multiply(result, a);
    return result;
}

std::array<std::uint8_t, 4> checksum(ByteView packed)
{
    const auto digest = sha256({as_bytes("azukari recovery share"), packed.first(kBytes - 4)});
    return {digest[0], digest[1], digest[2], digest[3]};
}

char check_letter(std::size_t line, std::string_view letters)
{
    const auto number = static_cast<std::uint8_t>(line);
    const auto digest = sha256({as_bytes("azukari recovery line"), ByteView(&number, 1), as_bytes(letters)});
    return kAlphabet[digest[0] & 31U];
}

std::string letters_of(const Packed& packed)
{
    std::string out;
    unsigned held = 0, count = 0;
    for (const auto byte : packed) {
        held = (held << 8 | byte) & 0xFFFFU;
        count += 8;
        while (count >= 5) out += kAlphabet[held >> (count -= 5) & 31U];
    }
    return out;
}

Packed bytes_of(std::string_view letters)
{
    Packed packed{};
    unsigned held = 0, count = 0;
    std::size_t at = 0;
    for (const char letter : letters) {
        held = (held << 5 | static_cast<unsigned>(kAlphabet.find(letter))) & 0xFFFFU;
        count += 5;
        if (count >= 8) packed.at(at++) = static_cast<std::uint8_t>(held >> (count -= 8));
    }
    return packed;
}

SecretText print(const Share& share)
{
    Packed packed{};
    packed[0] = static_cast<std::uint8_t>(kVersion << 4 | share.number);
    std::copy(share.set.begin(), share.set.end(), packed.begin() + 1);
    std::copy(share.value.reveal().begin(), share.value.reveal().end(), packed.begin() + 4);
    const auto sum = checksum(packed);
    std::copy(sum.begin(), sum.end(), packed.begin() + 36);
    const auto letters = letters_of(packed);
    auto text = fmt::format("{} {}/{}\n", kTitle, share.number, kShares);
    for (std::size_t line = 0; line < kLines; ++line) {
        const auto of_line = std::string_view(letters).substr(line * kLetters, kLetters);
        text += fmt::format("{}: {} {} {} {} {}\n", line + 1, of_line.substr(0, 4), of_line.substr(4, 4),
                            of_line.substr(8, 4), of_line.substr(12, 4), check_letter(line + 1, of_line));
    }
    return SecretText(std::move(text));
}

// Full-width letters, digits and signs (what a Japanese keyboard gives) as their ASCII twins.
std::string narrowed(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
        if (byte(i) == 0xEF && (byte(i + 1) == 0xBC || byte(i + 1) == 0xBD) && byte(i + 2) >= 0x80) {
            const unsigned code = (byte(i + 1) == 0xBC ? 0x20U : 0x60U) + (byte(i + 2) - 0x80U);
            out += static_cast<char>(code & 0x7FU);
            i += 2;
        } else if (byte(i) == 0xE3 && byte(i + 1) == 0x80 && byte(i + 2) == 0x80) { // ideographic space
            out += ' ';
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

char read_alike(char c)
{
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') return '0';
    if (c == 'I' || c == 'L') return '1';
    return c;
}

// The lines as typed, 17 letters each; none when a letter is not of the alphabet or lines are
// missing.
std::vector<std::string> typed_lines(std::string_view typed)
{
    const auto text = narrowed(typed);
    std::string letters;
    std::string_view rest(text);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.find(kTitle) != std::string_view::npos) continue;
        if (const auto colon = line.find(':'); colon != std::string_view::npos) line.remove_prefix(colon + 1);
        for (const char c : line) {
            if (c == ' ' || c == '-' || c == '\t' || c == '\r') continue;
            const char letter = read_alike(c);
            if (kAlphabet.find(letter) == std::string_view::npos) return {};
            letters += letter;
        }
    }
    if (letters.size() != kLines * (kLetters + 1)) return {};
    std::vector<std::string> lines;
    for (std::size_t line = 0; line < kLines; ++line)
        lines.push_back(letters.substr(line * (kLetters + 1), kLetters + 1));
    return lines;
}

// "1/3" as the title says, for messages about a share whose letters cannot be trusted.
std::string name_of(std::string_view typed, std::size_t place)
{
    const auto text = narrowed(typed);
    const auto title = text.find(kTitle);
    if (title != std::string::npos) {
        const auto slash = text.find("/3", title);
        if (slash != std::string::npos && slash > 0 && text[slash - 1] >= '1' && text[slash - 1] <= '3')
            return text.substr(slash - 1, 3);
    }
    return fmt::format("({}枚目)", place);
}

Result<Share> parse(std::string_view typed, std::size_t place)
{
    const auto lines = typed_lines(typed);
    if (lines.empty())
        return refuse(kShareUnreadable, std::to_string(place), "英数字17文字の行が4行あるか確かめてください。");
    std::string letters;
    for (std::size_t line = 0; line < kLines; ++line) {
        const auto of_line = std::string_view(lines[line]).substr(0, kLetters);
        if (lines[line].back() != check_letter(line + 1, of_line))
            return refuse(kShareMistyped, name_of(typed, place), std::to_string(line + 1));
        letters += of_line;
    }
    const auto packed = bytes_of(letters);
    const auto sum = checksum(packed);
    if (!std::equal(sum.begin(), sum.end(), packed.begin() + 36)) return refuse(kShareDamaged, name_of(typed, place));
    Share share;
    share.number = packed[0] & 0x0F;
    if (packed[0] >> 4 != kVersion || share.number < 1 || share.number > kShares)
        return refuse(kShareUnreadable, std::to_string(place), "新しい版のプログラムで作られています。");
    std::copy_n(packed.begin() + 1, 3, share.set.begin());
    std::copy_n(packed.begin() + 4, 32, share.value.writable().begin());
    return share;
}

} // namespace

std::array<SecretText, kShares> divide_root(const Key256& root, Entropy& entropy)
{
    const auto slope = fresh_key(entropy);
    const auto set = entropy.bytes<3>();
    std::array<SecretText, kShares> printed;
    for (int number = 1; number <= kShares; ++number) {
        Share share{number, set, {}};
        for (std::size_t i = 0; i < 32; ++i)
            share.value.writable()[i] = static_cast<std::uint8_t>(
                root.reveal()[i] ^ multiply(slope.reveal()[i], static_cast<std::uint8_t>(number)));
        printed[static_cast<std::size_t>(number - 1)] = print(share);
    }
    return printed;
}

Result<Key256> join_root(std::span<const std::string> typed)
{
    std::vector<Share> shares;
    for (const auto& text : typed) {
        AZK_TRY(auto share, parse(text, shares.size() + 1));
        for (const auto& known : shares) {
            if (known.set != share.set) return refuse(kSharesOfOtherSets);
            if (known.number == share.number) return refuse(kShareTwice, fmt::format("{}/{}", share.number, kShares));
        }
        shares.push_back(std::move(share));
    }
    if (shares.size() < 2) return refuse(kTooFewShares);
    // The line through two points, at zero: y₁·x₂/(x₁+x₂) + y₂·x₁/(x₁+x₂); addition is exclusive
    // or.
    const auto& [a, b] = std::tie(shares[0], shares[1]);
    const auto xa = static_cast<std::uint8_t>(a.number), xb = static_cast<std::uint8_t>(b.number);
    const auto over = inverse(static_cast<std::uint8_t>(xa ^ xb));
    Key256 root;
    for (std::size_t i = 0; i < 32; ++i)
        root.writable()[i] = static_cast<std::uint8_t>(multiply(a.value.reveal()[i], multiply(xb, over)) ^
                                                       multiply(b.value.reveal()[i], multiply(xa, over)));
    return root;
}

} // namespace azukari::seal
