#include "verify/form/entry.h"

namespace azukari::verify {
namespace {

constexpr std::size_t kMaxBytes = 16 * 1024;
constexpr std::size_t kMaxText = 1024;
constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;

enum class Kind { code, act, uuid, time, count, one, counts, codes };
struct Member {
    std::string_view name;
    Kind kind;
    bool required;
};
// In the order of RFC 8785, which for these names is that of the alphabet.
constexpr Member kMembers[] = {
    {"act", Kind::act, true},        {"actor", Kind::code, true},        {"at", Kind::time, true},
    {"counts", Kind::counts, false}, {"entrustment", Kind::uuid, false}, {"object", Kind::code, false},
    {"outcome", Kind::code, true},   {"purpose", Kind::code, false},     {"references", Kind::codes, false},
    {"seq", Kind::count, true},      {"told", Kind::time, false},        {"v", Kind::one, true}};

bool is_code(std::string_view text)
{
    for (const char c : text) {
        const bool alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!alnum && c != '-' && c != '.' && c != '_' && c != ':' && c != '/' && c != '+' && c != '=' && c != '~')
            return false;
    }
    return text.size() <= kMaxText;
}

bool is_key(std::string_view text)
{
    for (const char c : text)
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_')) return false;
    return !text.empty() && text.size() <= 64;
}

bool is_act(std::string_view text)
{
    const auto dot = text.find('.');
    return dot != std::string_view::npos && is_key(text.substr(0, dot)) && is_key(text.substr(dot + 1));
}

bool is_uuid(std::string_view text)
{
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !digit) return false;
    }
    return true;
}

class Scan {
public:
    explicit Scan(std::string_view rest) : rest_(rest) {}

    bool take(char c)
    {
        if (rest_.empty() || rest_[0] != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    // A text without anything that needs escaping: nothing else is allowed in an entry.
    bool text(std::string_view& into)
    {
        if (!take('"')) return false;
        const auto end = rest_.find('"');
        if (end == std::string_view::npos) return false;
        into = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return true;
    }
    bool integer(std::int64_t& into)
    {
        const bool negative = take('-');
        std::size_t digits = 0;
        std::int64_t value = 0;
        while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
            if (digits == 16) return false;
            value = value * 10 + (rest_[digits++] - '0');
        }
        const bool leading_zero = digits > 1 && rest_[0] == '0';
        if (digits == 0 || leading_zero || value > kMaxInteger || (negative && value == 0)) return false;
        rest_.remove_prefix(digits);
        into = negative ? -value : value;
        return true;
    }
    // An object of which nothing is empty, keys ascending; `value` reads what follows each colon.
    template <class F>
    bool object(F&& value)
    {
        std::string_view last, key;
        if (!take('{')) return false;
        do {
            if (!text(key) || !take(':') || !is_key(key) || key <= last || !value(key)) return false;
            last = key;
        } while (take(','));
        return take('}');
    }
    bool at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

struct Values {
    std::int64_t at = 0;
    std::int64_t seq = -1;
    std::int64_t told = -1;
};

bool read_value(Scan& scan, const Member& member, Values& values)
{
    std::string_view text;
    std::int64_t number = 0;
    switch (member.kind) {
    case Kind::code:
        return scan.text(text) && is_code(text) && !text.empty();
    case Kind::act:
        return scan.text(text) && is_act(text);
    case Kind::uuid:
        return scan.text(text) && is_uuid(text);
    case Kind::one:
        return scan.integer(number) && number == 1;
    case Kind::counts:
        return scan.object([&](std::string_view) { return scan.integer(number); });
    case Kind::codes:
        return scan.object([&](std::string_view) { return scan.text(text) && is_code(text); });
    case Kind::time:
    case Kind::count:
        if (!scan.integer(number) || number < 0) return false;
        (member.name == "at" ? values.at : member.name == "told" ? values.told : values.seq) = number;
        return true;
    }
    return false;
}

} // namespace

std::optional<std::string> flaw_of_entry(std::string_view bytes, EntryFacts& facts)
{
    if (bytes.size() > kMaxBytes) return "記録が16KiBを超えています。";
    Scan scan(bytes);
    Values values;
    std::size_t next = 0; // into kMembers
    const bool whole = scan.object([&](std::string_view key) {
        for (; next < std::size(kMembers) && kMembers[next].name != key; ++next)
            if (kMembers[next].required) return false;
        return next < std::size(kMembers) && read_value(scan, kMembers[next++], values);
    });
    if (!whole || next != std::size(kMembers) || !scan.at_end())
        return "記録が定められた形（正準JSON）ではありません。";
    if (values.told >= values.at) return "記録の中の時刻（told）が正しくありません。";
    facts = {static_cast<std::uint64_t>(values.seq), values.at};
    return std::nullopt;
}

} // namespace azukari::verify
