#include "ledger/canonical.h"

#include <array>
#include <charconv>

namespace azukari::ledger {
namespace {

constexpr std::size_t kMaxText = 1024;
constexpr std::size_t kMaxKey = 64;
constexpr std::int64_t kMaxInteger = (1LL << 53) - 1; // beyond it JSON readers disagree (RFC 8785, RFC 7493)

// A table, because every letter of every entry is asked for.
constexpr auto kCodeLetters = [] {
    std::array<bool, 256> letters{};
    for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:/+=~"))
        letters[static_cast<unsigned char>(c)] = true;
    return letters;
}();

bool is_code(std::string_view text)
{
    if (text.size() > kMaxText) return false;
    for (const char c : text)
        if (!kCodeLetters[static_cast<unsigned char>(c)]) return false;
    return true;
}

bool is_key(std::string_view text)
{
    if (text.empty() || text.size() > kMaxKey) return false;
    for (const char c : text)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

bool in_range(std::int64_t number)
{
    return number >= -kMaxInteger && number <= kMaxInteger;
}

class Writer {
public:
    explicit Writer(std::string& out) : out_(out) { out_ = "{"; }
    void end() { out_ += '}'; }
    void text(std::string_view key, std::string_view value)
    {
        name(key);
        quoted(value);
    }
    void integer(std::string_view key, std::int64_t value)
    {
        name(key);
        std::array<char, 20> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        out_.append(digits.data(), end);
    }
    template <class Map, class F>
    void object(std::string_view key, const Map& map, F&& member)
    {
        name(key);
        out_ += '{';
        for (const auto& [inner, value] : map) member(inner, value);
        out_ += '}';
    }

private:
    void quoted(std::string_view value)
    {
        out_ += '"';
        out_ += value;
        out_ += '"';
    }
    void name(std::string_view key)
    {
        if (out_.back() != '{') out_ += ',';
        quoted(key);
        out_ += ':';
    }

    std::string& out_;
};

class Reader {
public:
    explicit Reader(std::string_view in) : in_(in) {}

    bool take(char c)
    {
        if (in_.empty() || in_.front() != c) return false;
        in_.remove_prefix(1);
        return true;
    }
    std::optional<std::string> text()
    {
        if (!take('"')) return std::nullopt;
        const auto end = in_.find('"');
        if (end == std::string_view::npos) return std::nullopt;
        std::string value(in_.substr(0, end));
        in_.remove_prefix(end + 1);
        return value;
    }
    std::optional<std::int64_t> integer()
    {
        std::int64_t value = 0;
        const auto [stop, error] = std::from_chars(in_.data(), in_.data() + in_.size(), value);
        if (error != std::errc{}) return std::nullopt;
        in_.remove_prefix(static_cast<std::size_t>(stop - in_.data()));
        return value;
    }
    // Calls `member(key)` for each member of an object; false as soon as one says so or the shape is wrong.
    template <class F>
    bool object(F&& member)
    {
        if (!take('{')) return false;
        if (take('}')) return true;
        do {
            const auto key = text();
            if (!key || !take(':') || !member(*key)) return false;
        } while (take(','));
        return take('}');
    }
    bool at_end() const { return in_.empty(); }

private:
    std::string_view in_;
};

template <class T, class U>
bool set(T& target, std::optional<U>&& value)
{
    if (!value) return false;
    target = std::move(*value);
    return true;
}

bool read_member(Reader& in, const std::string& key, Recorded& into)
{
    auto& entry = into.entry;
    std::int64_t number = 0;
    const auto integer = [&] { return set(number, in.integer()); };
    if (key == "act") return set(entry.act, in.text());
    if (key == "actor") return set(entry.actor, in.text());
    if (key == "object") return set(entry.object, in.text());
    if (key == "outcome") return set(entry.outcome, in.text());
    if (key == "purpose") return set(entry.purpose, in.text());
    if (key == "at") return integer() && ((entry.at = {number}), true);
    if (key == "told") return integer() && ((into.told = Instant{number}), true);
    if (key == "seq")
        return integer() && number >= 0 && in_range(number) && ((into.seq = static_cast<std::uint64_t>(number)), true);
    if (key == "v") return integer() && number == 1;
    if (key == "counts") return in.object([&](const auto& inner) { return set(entry.counts[inner], in.integer()); });
    if (key == "references")
        return in.object([&](const auto& inner) { return set(entry.references[inner], in.text()); });
    if (key != "entrustment") return false;
    const auto text = in.text();
    entry.entrustment = text ? EntrustmentId::parse(*text) : std::nullopt;
    return entry.entrustment.has_value();
}

} // namespace

std::optional<std::string> flaw(const Entry& entry)
{
    const std::string_view act = entry.act;
    const auto dot = act.find('.');
    if (dot == act.npos || !is_key(act.substr(0, dot)) || !is_key(act.substr(dot + 1)))
        return "act is not of the form room.done: " + entry.act;
    if (entry.actor.empty()) return "actor is empty";
    if (entry.outcome.empty()) return "outcome is empty";
    if (entry.at.micros < 0 || entry.at.micros > kMaxInteger) return "time is outside the calendar";
    for (const auto* text : {&entry.actor, &entry.object, &entry.purpose, &entry.outcome})
        if (!is_code(*text)) return "actor, object, purpose or outcome is not a code";
    for (const auto& [key, value] : entry.counts)
        if (!is_key(key) || !in_range(value)) return "count is not one: " + key;
    for (const auto& [key, value] : entry.references)
        if (!is_key(key) || !is_code(value)) return "reference is not a code: " + key;
    return std::nullopt;
}

std::string canonical(const Recorded& recorded)
{
    std::string bytes;
    bytes.reserve(512);
    write_canonical(bytes, recorded.seq, recorded.entry, recorded.entry.at, recorded.told);
    return bytes;
}

void write_canonical(std::string& into, std::uint64_t seq, const Entry& entry, Instant at, std::optional<Instant> told)
{
    Writer out(into);
    out.text("act", entry.act);
    out.text("actor", entry.actor);
    out.integer("at", at.micros);
    if (!entry.counts.empty())
        out.object("counts", entry.counts, [&](const auto& key, auto value) { out.integer(key, value); });
    if (entry.entrustment) out.text("entrustment", entry.entrustment->text());
    if (!entry.object.empty()) out.text("object", entry.object);
    out.text("outcome", entry.outcome);
    if (!entry.purpose.empty()) out.text("purpose", entry.purpose);
    if (!entry.references.empty())
        out.object("references", entry.references, [&](const auto& key, const auto& value) { out.text(key, value); });
    out.integer("seq", static_cast<std::int64_t>(seq));
    if (told) out.integer("told", told->micros);
    out.integer("v", 1);
    out.end();
}

std::optional<Recorded> parse_canonical(std::string_view bytes)
{
    if (bytes.size() > kMaxEntryBytes) return std::nullopt;
    Reader in(bytes);
    Recorded recorded;
    if (!in.object([&](const auto& key) { return read_member(in, key, recorded); }) || !in.at_end())
        return std::nullopt;
    // Whatever was spelt differently (order, a repeated or empty member, "01") does not come out the same.
    const auto& told = recorded.told;
    if (told && (told->micros < 0 || *told >= recorded.entry.at)) return std::nullopt;
    if (flaw(recorded.entry) || canonical(recorded) != bytes) return std::nullopt;
    return recorded;
}

} // namespace azukari::ledger
