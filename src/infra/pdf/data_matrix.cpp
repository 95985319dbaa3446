#include "infra/pdf/matrix.h"

#include "base/check.h"
#include "base/fault.h"

#include <algorithm>
#include <array>
#include <vector>

namespace azukari::pdf {

namespace {

struct Symbol {              // ISO/IEC 16022, table 7, as far as one block of error correction reaches
    int size;                // modules, finder pattern included
    int regions;             // per side
    std::size_t data, check; // codewords
};
constexpr Symbol kSymbols[] = {{10, 1, 3, 5},   {12, 1, 5, 7},    {14, 1, 8, 10},   {16, 1, 12, 12}, {18, 1, 18, 14},
                               {20, 1, 22, 18}, {22, 1, 30, 20},  {24, 1, 36, 24},  {26, 1, 44, 28}, {32, 2, 62, 36},
                               {36, 2, 86, 42}, {40, 2, 114, 48}, {44, 2, 144, 56}, {48, 2, 174, 68}};
constexpr std::uint8_t kPad = 129;

using Codewords = std::vector<std::uint8_t>;

struct Field { // GF(256) with x^8 + x^5 + x^3 + x^2 + 1
    std::array<std::uint8_t, 256> log{};
    std::array<std::uint8_t, 510> power{};
    constexpr Field()
    {
        unsigned value = 1;
        for (unsigned i = 0; i < 255; ++i) {
            power[i] = power[i + 255] = static_cast<std::uint8_t>(value);
            log[value] = static_cast<std::uint8_t>(i);
            value <<= 1;
            if (value > 255) value ^= 301;
        }
    }
    constexpr std::uint8_t times(std::uint8_t a, std::uint8_t b) const
    {
        return a == 0 || b == 0 ? std::uint8_t{0} : power[std::size_t{log[a]} + log[b]];
    }
};
constexpr Field kField;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

Codewords encode(std::string_view bytes)
{
    Codewords words;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (is_digit(bytes[i]) && i + 1 < bytes.size() && is_digit(bytes[i + 1])) {
            words.push_back(static_cast<std::uint8_t>(130 + (bytes[i] - '0') * 10 + (bytes[i + 1] - '0')));
            ++i;
        } else if (byte < 128) {
            words.push_back(static_cast<std::uint8_t>(byte + 1));
        } else { // upper shift
            words.push_back(235);
            words.push_back(static_cast<std::uint8_t>(byte - 127));
        }
    }
    return words;
}

// After the first pad the rest are scrambled, so that no large area is of one colour (5.2.3).
void pad(Codewords& words, std::size_t size)
{
    if (words.size() < size) words.push_back(kPad);
    while (words.size() < size) {
        const auto position = words.size() + 1;
        const auto scrambled = kPad + 149 * position % 253 + 1;
        words.push_back(static_cast<std::uint8_t>(scrambled > 254 ? scrambled - 254 : scrambled));
    }
}

void add_error_correction(Codewords& words, std::size_t check)
{
    std::vector<std::uint8_t> generator{1}; // lowest power first: the product of (x - 2^i)
    for (std::size_t i = 1; i <= check; ++i) {
        generator.push_back(0);
        for (std::size_t j = generator.size() - 1; j > 0; --j)
            generator[j] = static_cast<std::uint8_t>(generator[j - 1] ^ kField.times(generator[j], kField.power[i]));
        generator[0] = kField.times(generator[0], kField.power[i]);
    }
    std::vector<std::uint8_t> remainder(check, 0); // highest power first
    for (const auto word : words) {
        const auto factor = static_cast<std::uint8_t>(word ^ remainder[0]);
        for (std::size_t j = 0; j < check; ++j) {
            const auto shifted = j + 1 < check ? remainder[j + 1] : std::uint8_t{0};
            remainder[j] = static_cast<std::uint8_t>(shifted ^ kField.times(factor, generator[check - 1 - j]));
        }
    }
    words.insert(words.end(), remainder.begin(), remainder.end());
}

// Annex F: where each bit of each codeword stands in the mapping matrix (the symbol without its
// finder patterns).
class Placement {
public:
    explicit Placement(int side) : side_(side), bits_(static_cast<std::size_t>(side * side), kFree) { place(); }
    // Codeword number * 8 + bit from the most significant, or one of the two constants of the last
    // corner.
    int bit_at(int row, int column) const { return bits_[static_cast<std::size_t>(row * side_ + column)]; }
    static constexpr int kFree = -1, kLight = -2, kDark = -3;

private:
    void set(int row, int column, int word, int bit)
    {
        if (row < 0) {
            row += side_;
            column += 4 - (side_ + 4) % 8;
        }
        if (column < 0) {
            column += side_;
            row += 4 - (side_ + 4) % 8;
        }
        bits_[static_cast<std::size_t>(row * side_ + column)] = word * 8 + bit;
    }
    void utah(int row, int column, int word)
    {
        constexpr int kShape[8][2] = {{-2, -2}, {-2, -1}, {-1, -2}, {-1, -1}, {-1, 0}, {0, -2}, {0, -1}, {0, 0}};
        for (int bit = 0; bit < 8; ++bit) set(row + kShape[bit][0], column + kShape[bit][1], word, bit);
    }
    void corner(const int (&shape)[8][2], int word)
    {
        for (int bit = 0; bit < 8; ++bit) { // negative coordinates count from the far edge
            const int row = shape[bit][0] < 0 ? side_ + shape[bit][0] : shape[bit][0];
            const int column = shape[bit][1] < 0 ? side_ + shape[bit][1] : shape[bit][1];
            set(row, column, word, bit);
        }
    }
    void place_corners(int row, int column, int& word)
    {
        constexpr int kFirst[8][2] = {{-1, 0}, {-1, 1}, {-1, 2}, {0, -2}, {0, -1}, {1, -1}, {2, -1}, {3, -1}};
        constexpr int kSecond[8][2] = {{-3, 0}, {-2, 0}, {-1, 0}, {0, -4}, {0, -3}, {0, -2}, {0, -1}, {1, -1}};
        constexpr int kThird[8][2] = {{-3, 0}, {-2, 0}, {-1, 0}, {0, -2}, {0, -1}, {1, -1}, {2, -1}, {3, -1}};
        constexpr int kFourth[8][2] = {{-1, 0}, {-1, -1}, {0, -3}, {0, -2}, {0, -1}, {1, -3}, {1, -2}, {1, -1}};
        if (row == side_ && column == 0) corner(kFirst, word++);
        if (row == side_ - 2 && column == 0 && side_ % 4 != 0) corner(kSecond, word++);
        if (row == side_ - 2 && column == 0 && side_ % 8 == 4) corner(kThird, word++);
        if (row == side_ + 4 && column == 2 && side_ % 8 == 0) corner(kFourth, word++);
    }
    bool is_free(int row, int column) const { return bit_at(row, column) == kFree; }
    void place()
    {
        int word = 0, row = 4, column = 0;
        do {
            place_corners(row, column, word);
            do { // up and to the right
                if (row < side_ && column >= 0 && is_free(row, column)) utah(row, column, word++);
                row -= 2;
                column += 2;
            } while (row >= 0 && column < side_);
            row += 1;
            column += 3;
            do { // down and to the left
                if (row >= 0 && column < side_ && is_free(row, column)) utah(row, column, word++);
                row += 2;
                column -= 2;
            } while (row < side_ && column >= 0);
            row += 3;
            column += 1;
        } while (row < side_ || column < side_);
        if (!is_free(side_ - 1, side_ - 1)) return;
        for (const int back : {1, 2}) {
            bits_[static_cast<std::size_t>((side_ - back) * side_ + side_ - back)] = kDark;
            bits_[static_cast<std::size_t>((side_ - back) * side_ + side_ - 3 + back)] = kLight;
        }
    }

    int side_;
    std::vector<int> bits_;
};

const Placement& placement_for(const Symbol& symbol)
{
    static const auto all = [] {
        std::vector<Placement> placements;
        for (const auto& each : kSymbols) placements.emplace_back(each.size - 2 * each.regions);
        return placements;
    }();
    return all[static_cast<std::size_t>(&symbol - kSymbols)];
}

// Each region has a solid line left and below, and alternating modules above and right.
void draw_finders(Matrix& matrix, const Symbol& symbol)
{
    const int step = symbol.size / symbol.regions;
    const auto darken = [&](int x, int y) { matrix.dark[static_cast<std::size_t>(y * symbol.size + x)] = 1; };
    for (int region = 0; region < symbol.regions; ++region) {
        const int near = region * step;
        const int far = near + step - 1;
        for (int i = 0; i < symbol.size; ++i) {
            darken(near, i);
            darken(i, far);
            if (i % 2 == 0) darken(i, near);
            if (i % 2 == 1) darken(far, i);
        }
    }
}

} // namespace

Matrix data_matrix(std::string_view bytes)
{
    auto words = encode(bytes);
    const auto* symbol = std::ranges::find_if(kSymbols, [&](const Symbol& s) { return s.data >= words.size(); });
    if (symbol == std::end(kSymbols)) throw Fault("二次元コードに収まらない長さです");
    pad(words, symbol->data);
    add_error_correction(words, symbol->check);
    Matrix matrix{symbol->size, std::vector<std::uint8_t>(static_cast<std::size_t>(symbol->size * symbol->size), 0)};
    draw_finders(matrix, *symbol);
    const auto& placement = placement_for(*symbol);
    const int side = symbol->size - 2 * symbol->regions;
    const int region = side / symbol->regions;
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            const int bit = placement.bit_at(row, column);
            const bool dark = bit == Placement::kDark ||
                              (bit >= 0 && (words[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8) & 1));
            const int x = column + 1 + 2 * (column / region);
            const int y = row + 1 + 2 * (row / region);
            matrix.dark[static_cast<std::size_t>(y * symbol->size + x)] |= static_cast<std::uint8_t>(dark);
        }
    }
    return matrix;
}

} // namespace azukari::pdf
