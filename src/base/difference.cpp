#include "base/difference.h"

#include <algorithm>
#include <span>

namespace azukari {
namespace {

using Characters = std::vector<std::string_view>;

// Two versions that differ in more than this have nothing in common worth showing; also bounds memory.
constexpr int kMostEdits = 800;

Characters characters(std::string_view text)
{
    Characters out;
    for (std::size_t i = 0; i < text.size();) {
        auto end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        out.push_back(text.substr(i, end - i));
        i = end;
    }
    return out;
}

void append(std::vector<Piece>& pieces, Change change, std::string_view text)
{
    if (text.empty()) return;
    if (!pieces.empty() && pieces.back().change == change)
        pieces.back().text += text;
    else
        pieces.push_back({change, std::string(text)});
}

// Myers' greedy algorithm: rounds[d][k] is how far along `a` one gets on diagonal k with d edits. Empty when it takes
// more than kMostEdits.
std::vector<std::vector<int>> explore(std::span<const std::string_view> a, std::span<const std::string_view> b)
{
    const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size());
    std::vector<std::vector<int>> rounds;
    for (int d = 0; d <= std::min(n + m, kMostEdits); ++d) {
        std::vector<int> next(static_cast<std::size_t>(2 * d + 1), 0);
        for (int k = -d; k <= d; k += 2) {
            const auto before = [&](int diagonal) { // where round d-1 stood
                const int index = diagonal + d - 1;
                return index < 0 || index > 2 * (d - 1) ? -1 : rounds.back()[static_cast<std::size_t>(index)];
            };
            int x = 0;
            if (d > 0) x = k == -d || (k != d && before(k - 1) < before(k + 1)) ? before(k + 1) : before(k - 1) + 1;
            while (x < n && x - k < m && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)]) ++x;
            next[static_cast<std::size_t>(k + d)] = x;
            if (x >= n && x - k >= m) {
                rounds.push_back(std::move(next));
                return rounds;
            }
        }
        rounds.push_back(std::move(next));
    }
    return {};
}

struct Edit {
    Change change;
    std::string_view character;
};

std::vector<Edit> walk_back(const std::vector<std::vector<int>>& rounds, std::span<const std::string_view> a,
                            std::span<const std::string_view> b)
{
    std::vector<Edit> edits;
    int x = static_cast<int>(a.size()), y = static_cast<int>(b.size());
    const auto keep_until = [&](int from_x, int from_y) {
        while (x > from_x && y > from_y) {
            edits.push_back({Change::kept, a[static_cast<std::size_t>(x - 1)]});
            --x, --y;
        }
    };
    for (int d = static_cast<int>(rounds.size()) - 1; d > 0; --d) {
        const auto& last = rounds[static_cast<std::size_t>(d - 1)];
        const auto at = [&](int k) {
            const int index = k + d - 1;
            return index < 0 || index > 2 * (d - 1) ? -1 : last[static_cast<std::size_t>(index)];
        };
        const int k = x - y;
        const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
        const int from = down ? at(k + 1) : at(k - 1);
        const int from_y = from - (down ? k + 1 : k - 1);
        keep_until(down ? from : from + 1, down ? from_y + 1 : from_y);
        if (down)
            edits.push_back({Change::added, b[static_cast<std::size_t>(--y)]});
        else
            edits.push_back({Change::removed, a[static_cast<std::size_t>(--x)]});
    }
    keep_until(0, 0);
    std::reverse(edits.begin(), edits.end());
    return edits;
}

// A single kept character between two changes is chance, not something that stayed: it joins them. Within a run of
// changes what was removed comes first.
std::vector<Piece> readable(const std::vector<Piece>& pieces)
{
    std::vector<Piece> out;
    std::string removed, added;
    const auto flush = [&] {
        append(out, Change::removed, removed);
        append(out, Change::added, added);
        removed.clear();
        added.clear();
    };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto& piece = pieces[i];
        const bool chance =
            piece.change == Change::kept && i > 0 && i + 1 < pieces.size() && characters(piece.text).size() < 2;
        if (piece.change == Change::kept && !chance) {
            flush();
            append(out, Change::kept, piece.text);
            continue;
        }
        if (piece.change != Change::added) removed += piece.text;
        if (piece.change != Change::removed) added += piece.text;
    }
    flush();
    return out;
}

} // namespace

std::vector<Piece> difference(std::string_view before, std::string_view after)
{
    const auto a = characters(before), b = characters(after);
    const auto rounds = explore(a, b);
    std::vector<Piece> pieces;
    if (rounds.empty()) {
        append(pieces, Change::removed, before);
        append(pieces, Change::added, after);
        return pieces;
    }
    for (const auto& edit : walk_back(rounds, a, b)) append(pieces, edit.change, edit.character);
    return readable(pieces);
}

} // namespace azukari
