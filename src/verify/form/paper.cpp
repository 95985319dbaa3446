#include "verify/form/paper.h"

namespace azukari::verify {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int value_of(char c)
{
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
    if (c == 'O') return 0;
    if (c == 'I' || c == 'L') return 1;
    const auto at = kAlphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// GF(32) with x^5 = x^2 + 1: the check value makes the line, read as a polynomial, vanish at x.
int times_x(int value)
{
    return value & 16 ? ((value << 1) ^ 37) & 31 : value << 1;
}

// Bits of the letters, most significant first.
class BitReader {
public:
    explicit BitReader(std::vector<int> values) : values_(std::move(values)) {}
    std::uint64_t take(int bits)
    {
        std::uint64_t out = 0;
        for (; bits > 0; --bits, ++at_)
            out = out << 1 | static_cast<std::uint64_t>(values_[at_ / 5] >> (4 - at_ % 5) & 1);
        return out;
    }

private:
    std::vector<int> values_;
    std::size_t at_ = 0;
};

} // namespace

PaperReading read_paper(const std::string& origin, std::string_view copied)
{
    std::vector<int> values;
    for (const char c : copied) {
        if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        const auto value = value_of(c);
        if (value < 0) return {{}, std::to_string(values.size() / 14 + 1) + "行目に、用紙では使わない文字があります。"};
        values.push_back(value);
    }
    if (values.size() != 74) return {{}, "文字の数が合いません。14文字が5行と、4文字が1行です。"};
    std::vector<int> plain;
    for (std::size_t line = 0; line < 5; ++line) {
        int sum = 0;
        for (std::size_t i = 0; i < 13; ++i) {
            sum = times_x(sum ^ values[line * 14 + i]);
            plain.push_back(values[line * 14 + i]);
        }
        if (sum != values[line * 14 + 13]) return {{}, std::to_string(line + 1) + "行目に写し間違いがあります。"};
    }
    BitReader bits(plain);
    const auto overflow = bits.take(2);
    Checkpoint checkpoint{origin, bits.take(63), {}};
    for (auto& byte : checkpoint.root) byte = static_cast<std::uint8_t>(bits.take(8));
    const auto rest = bits.take(4);
    const auto text = origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(view(checkpoint.root)) + "\n";
    const auto digest = sha256("azukari paper witness\n" + text);
    const int seal = digest[0] << 12 | digest[1] << 4 | digest[2] >> 4;
    const int copied_seal = values[70] << 15 | values[71] << 10 | values[72] << 5 | values[73];
    if (overflow != 0 || rest != 0 || seal != copied_seal)
        return {{}, "写した文字と台帳の名称・件数が合いません。用紙と台帳の組合せを確かめてください。"};
    return {checkpoint, {}};
}

} // namespace azukari::verify
