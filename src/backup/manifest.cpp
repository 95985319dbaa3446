#include "backup/manifest.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::backup {
namespace {

constexpr std::string_view kFirst = "azukari-backup/v1";

// Names that stand alone in a folder and on a line.
bool is_plain(std::string_view name)
{
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    return !name.empty() && name.size() <= 60 && name[0] != '.' && name.find_first_not_of(kLetters) == name.npos;
}

template <class Number>
std::optional<Number> number_of(std::string_view text)
{
    Number number{};
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || stop != text.data() + text.size() || std::to_string(number) != text ||
        number < Number{})
        return std::nullopt;
    return number;
}

std::optional<ledger::tree::Hash> hash_of(std::string_view text)
{
    const auto bytes = from_hex(text);
    ledger::tree::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

// The words of one line.
std::vector<std::string_view> words_of(std::string_view line)
{
    std::vector<std::string_view> words;
    while (true) {
        const auto end = line.find(' ');
        words.push_back(line.substr(0, end));
        if (end == line.npos) return words;
        line.remove_prefix(end + 1);
    }
}

// Takes the text line by line; one that is not as expected makes everything after it nothing.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    // The words after `name`, when the next line begins with it and has `count` of them.
    std::optional<std::vector<std::string_view>> take(std::string_view name, std::size_t count)
    {
        const auto end = rest_.find('\n');
        if (end == rest_.npos) return std::nullopt;
        auto words = words_of(rest_.substr(0, end));
        if (words[0] != name || words.size() != count + 1) return std::nullopt;
        rest_.remove_prefix(end + 1);
        words.erase(words.begin());
        return words;
    }

private:
    std::string_view rest_;
};

bool read_head(Lines& lines, Manifest& into)
{
    const auto tree = lines.take("tree", 2);
    const auto generation = tree ? lines.take("generation", 1) : std::nullopt;
    if (!generation) return false;
    const auto size = number_of<std::uint64_t>((*tree)[0]);
    const auto root = hash_of((*tree)[1]);
    const auto number = number_of<std::uint64_t>((*generation)[0]);
    if (!size || !root || !number) return false;
    into.tree_size = *size;
    into.tree_root = *root;
    into.generation = *number;
    return true;
}

bool read_files(Lines& lines, Manifest& into)
{
    while (const auto file = lines.take("file", 3)) {
        const auto size = number_of<std::uint64_t>((*file)[1]);
        if (!is_plain((*file)[0]) || !size || !hash_of((*file)[2])) return false;
        into.files[std::string((*file)[0])] = {*size, std::string((*file)[2])};
    }
    while (const auto rows = lines.take("rows", 2)) {
        const auto count = number_of<std::int64_t>((*rows)[1]);
        if (!is_plain((*rows)[0]) || !count) return false;
        into.rows[std::string((*rows)[0])] = *count;
    }
    return lines.at_end();
}

} // namespace

std::string_view code_of(Part part)
{
    return part == Part::data ? "data" : part == Part::keys ? "keys" : "ledger";
}

std::string_view japanese(Part part)
{
    return part == Part::data ? "データの控え" : part == Part::keys ? "鍵の控え" : "台帳の控え";
}

std::optional<Part> part_of(std::string_view code)
{
    for (const auto part : kParts)
        if (code_of(part) == code) return part;
    return std::nullopt;
}

std::string text_of(const Manifest& manifest)
{
    auto text = fmt::format("{}\npart {}\nset {}\nledger {}\nkey {}\nmade {}\ntree {} {}\ngeneration {}\n", kFirst,
                            code_of(manifest.part), manifest.set.text(), manifest.key.name, manifest.key.text(),
                            manifest.made.micros, manifest.tree_size, hex(manifest.tree_root), manifest.generation);
    for (const auto& [name, file] : manifest.files)
        text += fmt::format("file {} {} {}\n", name, file.size, file.sha256);
    for (const auto& [table, count] : manifest.rows) text += fmt::format("rows {} {}\n", table, count);
    return text;
}

std::optional<Manifest> parse_manifest(std::string_view text)
{
    if (text.size() > kMostManifestBytes) return std::nullopt;
    Lines lines(text);
    if (!lines.take(kFirst, 0)) return std::nullopt;
    const auto part_word = lines.take("part", 1);
    const auto set_word = part_word ? lines.take("set", 1) : std::nullopt;
    const auto name = set_word ? lines.take("ledger", 1) : std::nullopt;
    const auto key_word = name ? lines.take("key", 1) : std::nullopt;
    const auto made_word = key_word ? lines.take("made", 1) : std::nullopt;
    if (!made_word) return std::nullopt;
    const auto part = part_of((*part_word)[0]);
    const auto set = SetId::parse((*set_word)[0]);
    const auto key = ledger::note::VerifierKey::parse((*key_word)[0]);
    const auto made = number_of<std::int64_t>((*made_word)[0]);
    if (!part || !set || !key || !made) return std::nullopt;
    Manifest read{*part, *set, *key, Instant{*made}};
    if (!read_head(lines, read) || !read_files(lines, read)) return std::nullopt;
    // What was written twice, in another order or in capitals is not what text_of() writes.
    if (text_of(read) != text) return std::nullopt;
    return read;
}

} // namespace azukari::backup
