#include "verify/bundle.h"

#include "verify/form/entry.h"

namespace azukari::verify {
namespace {

constexpr std::size_t kWidth = 256;
constexpr std::size_t kMaxEntry = 16 * 1024;
constexpr std::size_t kMaxTile = kWidth * 32;
constexpr std::size_t kMaxEntries = kWidth * (2 + kMaxEntry);

std::uint64_t width_of(std::uint64_t hashes, std::uint64_t number)
{
    return std::min<std::uint64_t>(kWidth, hashes - number * kWidth);
}

std::string digits(std::uint64_t number, std::size_t width)
{
    const auto text = std::to_string(number);
    return text.size() >= width ? text : std::string(width - text.size(), '0') + text;
}

std::string lines_name(std::uint64_t file)
{
    return "entries/" + digits(file, 4) + ".jsonl";
}

} // namespace

std::string tile_name(const std::string& level, std::uint64_t number, std::uint64_t width)
{
    auto path = digits(number % 1000, 3);
    for (number /= 1000; number > 0; number /= 1000) path = "x" + digits(number % 1000, 3) + "/" + path;
    path = "tile/" + level + "/" + path;
    return width == kWidth ? path : path + ".p/" + std::to_string(width);
}

EntryWalk::EntryWalk(const Files& files, const Checkpoint& checkpoint, Remembered earlier)
    : files_(files), checkpoint_(checkpoint), earlier_(std::move(earlier))
{
}

std::optional<Finding> EntryWalk::load_entries()
{
    const auto number = number_ / kWidth;
    const auto name = tile_name("entries", number, width_of(checkpoint_.size, number));
    entries_ = files_.read(name, kMaxEntries);
    offset_ = 0;
    if (!entries_) return Finding{name, "記録のファイルがないか、読めないか、大きすぎます。"};
    return std::nullopt;
}

std::optional<Finding> EntryWalk::step()
{
    if (number_ % kWidth == 0)
        if (auto finding = load_entries()) return finding;
    const auto place = number_ / kWidth;
    const auto where = [&] {
        return tile_name("entries", place, width_of(checkpoint_.size, place)) + " の " +
               std::to_string(number_ % kWidth + 1) + "件目（記録 " + std::to_string(number_) + "番）";
    };
    const std::string_view rest = std::string_view(*entries_).substr(offset_);
    const auto length =
        rest.size() < 2 ? std::size_t{0}
                        : std::size_t{static_cast<unsigned char>(rest[0])} << 8 | static_cast<unsigned char>(rest[1]);
    if (rest.size() < 2 || rest.size() - 2 < length)
        return Finding{where(), "記録の長さがファイルの終わりを超えています。"};
    const auto bytes = rest.substr(2, length);
    if (auto finding = add(0, number_, leaf_hash(bytes))) {
        finding->where = where() + "・" + finding->where;
        return finding;
    }
    EntryFacts facts;
    if (const auto flaw = flaw_of_entry(bytes, facts)) return Finding{where(), *flaw};
    if (facts.seq != number_)
        return Finding{where(), "記録の中の番号が " + std::to_string(facts.seq) + " になっています。"};
    if (facts.at < last_at_) return Finding{where(), "前の記録より時刻が戻っています。"};
    last_at_ = facts.at;
    offset_ += 2 + length;
    ++number_;
    const bool tile_ends = number_ % kWidth == 0 || at_end();
    if (tile_ends && offset_ != entries_->size())
        return Finding{tile_name("entries", place, width_of(checkpoint_.size, place)),
                       "記録の後ろに余分なデータがあります。"};
    return check_earlier();
}

// Holds a hash against the stored tile; a tile that is whole gives its root to the level above.
std::optional<Finding> EntryWalk::add(std::size_t level, std::uint64_t index, const Hash& hash)
{
    if (levels_.size() == level) levels_.emplace_back();
    auto& here = levels_[level];
    const auto number = index / kWidth, position = index % kWidth;
    const auto width = width_of(checkpoint_.size >> (8 * level), number);
    const auto name = tile_name(std::to_string(level), number, width);
    if (position == 0) {
        here.tile = files_.read(name, kMaxTile);
        if (!here.tile || here.tile->size() != width * 32)
            return Finding{name, "木のタイルがないか、大きさが違います。"};
    }
    if (std::string_view(*here.tile).substr(position * 32, 32) != view(hash))
        return Finding{name,
                       "木のタイルの " + std::to_string(position + 1) + "番目の値が、記録から計算した値と違います。"};
    here.within.push(hash);
    if (position != kWidth - 1) return std::nullopt;
    const auto root = here.within.fold({});
    here.within.clear();
    return add(level + 1, number, *root);
}

Hash EntryWalk::root() const
{
    std::optional<Hash> root;
    for (const auto& level : levels_) root = level.within.fold(root);
    return root.value_or(sha256({}));
}

std::optional<Finding> EntryWalk::check_earlier() const
{
    for (const auto& [name, earlier] : earlier_)
        if (earlier.size == number_ && earlier.root != root())
            return Finding{name, "控えの時点（" + std::to_string(earlier.size) +
                                     "件）までの記録が、控えと違います。書き換えられています。"};
    return std::nullopt;
}

std::optional<Finding> EntryWalk::finish() const
{
    for (const auto& [name, earlier] : earlier_)
        if (earlier.size > checkpoint_.size)
            return Finding{name,
                           "控えの件数（" + std::to_string(earlier.size) + "件）より、記録が少なくなっています。"};
    if (checkpoint_.size == 0)
        if (auto finding = check_earlier()) return finding;
    if (root() != checkpoint_.root)
        return Finding{"checkpoint", "すべての記録から計算した木の根が、署名された根と違います。"};
    return std::nullopt;
}

LineWalk::LineWalk(const Files& files, std::uint64_t size, std::uint64_t begin)
    : files_(files), size_(size), begin_(begin), end_(std::min(begin + kLinesInFile, size)), number_(begin)
{
}

std::string LineWalk::where() const
{
    return lines_name(begin_ / kLinesInFile) + " の " + std::to_string(number_ - begin_ + 1) + "行目";
}

std::optional<Finding> LineWalk::line(std::string_view line)
{
    if (number_ >= end_) return Finding{where(), "このファイルに入るはずの記録より、行が多くなっています。"};
    const auto number = number_ / kWidth, position = number_ % kWidth;
    if (position == 0 || !tile_) tile_ = files_.read(tile_name("0", number, width_of(size_, number)), kMaxTile);
    if (!tile_ || std::string_view(*tile_).substr(position * 32, 32) != view(leaf_hash(line)))
        return Finding{where(), "読むための写しが、記録と違います。"};
    ++number_;
    return std::nullopt;
}

std::optional<Finding> LineWalk::feed(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos) {
            partial_ += bytes;
            if (partial_.size() > kMaxEntry) return Finding{where(), "行が長すぎます。"};
            return std::nullopt;
        }
        auto finding = partial_.empty() ? line(bytes.substr(0, end)) : line(partial_ += bytes.substr(0, end));
        if (finding) return finding;
        partial_.clear();
        bytes.remove_prefix(end + 1);
    }
    return std::nullopt;
}

std::optional<Finding> LineWalk::finish() const
{
    if (!partial_.empty() || number_ != end_) return Finding{where(), "読むための写しが途中で終わっています。"};
    return std::nullopt;
}

} // namespace azukari::verify
