#include "verify/form/certificate.h"

#include <algorithm>
#include <array>

namespace azukari::verify {
namespace {

constexpr std::size_t kMostBytes = 256 * 1024;
constexpr std::array<std::string_view, 6> kSteps{"begun", "keys", "rows", "elsewhere", "scrubbed", "checked"};

bool one_of(std::string_view word, std::initializer_list<std::string_view> known)
{
    return std::find(known.begin(), known.end(), word) != known.end();
}

bool is_hex(std::string_view text, std::size_t size)
{
    return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_uuid(std::string_view text)
{
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text.substr(i, 1), 1)) return false;
    }
    return true;
}

// "2026-06-01T10:00:00+09:00": the shape, in Japan's time.
bool is_time(std::string_view text)
{
    constexpr std::string_view shape = "0000-00-00T00:00:00+09:00";
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (i < 19 && shape[i] == '0' ? !digit : text[i] != shape[i]) return false;
    }
    return true;
}

// The words of a line, which single spaces part; the last may hold spaces itself.
class Words {
public:
    explicit Words(std::string_view rest) : rest_(rest) {}
    std::string_view next()
    {
        const auto space = rest_.find(' ');
        const auto word = rest_.substr(0, space);
        if (word.empty()) good_ = false;
        rest_ = space == std::string_view::npos ? std::string_view() : rest_.substr(space + 1);
        if (space != std::string_view::npos && rest_.empty()) good_ = false;
        return word;
    }
    std::string_view all()
    {
        if (rest_.empty()) good_ = false;
        return std::exchange(rest_, {});
    }
    std::uint64_t number()
    {
        const auto value = decimal(next());
        good_ = good_ && value.has_value();
        return value.value_or(0);
    }
    std::string checked(bool (*holds)(std::string_view))
    {
        const auto word = next();
        good_ = good_ && holds(word);
        return std::string(word);
    }
    std::string uuid() { return checked(is_uuid); }
    std::string time() { return checked(is_time); }
    std::string digest()
    {
        return checked([](std::string_view text) { return is_hex(text, 64); });
    }
    void must(bool holds) { good_ = good_ && holds; }
    bool done() const { return good_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool good_ = true;
};

// The lines of the text, in their order, each beginning with its key.
class Lines {
public:
    explicit Lines(std::string_view rest) : rest_(rest) {}
    // The rest of the next line when it begins with `key`.
    std::optional<std::string_view> maybe(std::string_view key)
    {
        auto after = rest_;
        const auto line = take_line(after);
        if (!line || !line->starts_with(key) || line->size() < key.size() + 2 || (*line)[key.size()] != ' ')
            return std::nullopt;
        rest_ = after;
        return line->substr(key.size() + 1);
    }
    template <class Read>
    void one(std::string_view key, Read&& read)
    {
        const auto line = maybe(key);
        good_ = good_ && line && take(*line, read);
    }
    template <class Read>
    void any(std::string_view key, Read&& read)
    {
        while (good_) {
            const auto line = maybe(key);
            if (!line) return;
            good_ = take(*line, read);
        }
    }
    bool done() const { return good_ && rest_.empty(); }

private:
    template <class Read>
    bool take(std::string_view line, Read&& read)
    {
        Words words(line);
        read(words);
        return words.done();
    }
    std::string_view rest_;
    bool good_ = true;
};

Person person(Words& words)
{
    Person read;
    read.at = words.time();
    read.staff = words.uuid();
    read.name = words.all();
    return read;
}

void read_who(Lines& lines, CertificateText& says)
{
    const auto whole = [](std::string& into) { return [&into](Words& words) { into = words.all(); }; };
    lines.one("ledger", whole(says.ledger));
    lines.one("key", whole(says.key));
    lines.one("witness", whole(says.witness));
    lines.one("erasure", [&](Words& words) { says.erasure = words.uuid(); });
    lines.one("stage", [&](Words& words) {
        says.stage = words.next();
        words.must(one_of(says.stage, {"carried_out", "confirmed"}));
    });
    lines.one("outcome", [&](Words& words) {
        says.outcome = words.next();
        words.must(one_of(says.outcome, {"complete", "conditional"}));
    });
    lines.one("entrustment", [&](Words& words) {
        says.entrustment = words.uuid();
        says.entrustment_name = words.all();
    });
    lines.one("ward", whole(says.ward));
    lines.one("contractor", whole(says.contractor));
    lines.one("clause", whole(says.clause));
}

void read_what(Lines& lines, CertificateText& says)
{
    lines.one("target", [&](Words& words) {
        says.target = words.next();
        says.object = words.uuid();
        words.must(one_of(says.target, {"person", "batch", "everyone", "entrustment"}));
    });
    lines.one("cause", [&](Words& words) {
        says.cause = words.next();
        words.must(one_of(says.cause, {"no_longer_needed", "period_over", "work_finished", "contract_ended"}));
    });
    lines.one("persons", [&](Words& words) {
        says.persons = words.number();
        says.persons_digest = words.digest();
    });
    lines.one("keys", [&](Words& words) {
        says.keys = words.number();
        says.keys_digest = words.digest();
    });
    lines.any("rows", [&](Words& words) {
        std::string place(words.next());
        says.rows.emplace_back(std::move(place), words.number());
    });
    lines.one("method", [](Words& words) { words.must(words.next() == "cryptographic_erase"); });
    lines.one("algorithm", [](Words& words) { words.must(words.next() == "XAES-256-GCM"); });
    lines.one("tool", [&](Words& words) { says.tool = words.all(); });
}

void read_course(Lines& lines, CertificateText& says)
{
    lines.one("planned", [&](Words& words) { says.planned = person(words); });
    lines.any("agreed", [&](Words& words) { says.agreed.push_back(person(words)); });
    lines.one("operator", [&](Words& words) { says.operated = person(words); });
    lines.one("verifier", [&](Words& words) { says.verified = person(words); });
    lines.any("step", [&](Words& words) {
        CertificateText::Step step;
        step.code = words.next();
        step.at = words.time();
        for (auto* number : {&step.entry, &step.number, &step.generation, &step.epoch}) *number = words.number();
        words.must(says.steps.size() < kSteps.size() && step.code == kSteps[says.steps.size()]);
        says.steps.push_back(std::move(step));
    });
    lines.one("trial", [&](Words& words) {
        says.probes = words.number();
        words.must(words.number() == 0);
    });
    lines.any("copy", [&](Words& words) {
        CertificateText::Outside copy;
        copy.id = words.next();
        copy.what = words.next();
        copy.made = words.time();
        says.copies.push_back(std::move(copy));
    });
    lines.any("backup", [&](Words& words) {
        CertificateText::Outside backup;
        backup.id = words.uuid();
        backup.made = words.time();
        backup.expires = words.time();
        says.backups.push_back(std::move(backup));
    });
    lines.one("earlier", [&](Words& words) {
        says.earlier = words.next();
        words.must(says.earlier == "none" || is_hex(says.earlier, 64));
    });
    lines.one("issued", [&](Words& words) { says.issued = words.time(); });
}

// A part of the file: "<name> <bytes>\n" and so many bytes.
std::optional<std::string_view> take_part(std::string_view& rest, std::string_view name)
{
    const auto line = take_line(rest);
    if (!line || !line->starts_with(name) || line->size() < name.size() + 2 || (*line)[name.size()] != ' ')
        return std::nullopt;
    const auto size = decimal(line->substr(name.size() + 1));
    if (!size || *size > rest.size()) return std::nullopt;
    const auto part = rest.substr(0, static_cast<std::size_t>(*size));
    rest.remove_prefix(static_cast<std::size_t>(*size));
    return part;
}

} // namespace

std::optional<CertificateText> CertificateText::parse(std::string_view text)
{
    if (take_line(text) != std::string_view("azukari-erasure/v1")) return std::nullopt;
    CertificateText says;
    Lines lines(text);
    read_who(lines, says);
    read_what(lines, says);
    read_course(lines, says);
    if (!lines.done()) return std::nullopt;
    return says;
}

std::optional<CertificateFile> CertificateFile::parse(std::string_view file)
{
    if (file.size() > kMostBytes || take_line(file) != std::string_view("azukari-erasure-certificate/v1"))
        return std::nullopt;
    const auto note = take_part(file, "note");
    const auto entry = note ? take_part(file, "entry") : std::nullopt;
    const auto proof = entry ? take_part(file, "proof") : std::nullopt;
    if (!proof || !file.empty() || !entry->ends_with('\n')) return std::nullopt;
    // Room for an extension that nobody signs is no room here.
    if (!proof->starts_with("c2sp.org/tlog-proof@v1\nindex ")) return std::nullopt;
    auto parsed = Note::parse(*note);
    auto says = parsed ? CertificateText::parse(parsed->text) : std::nullopt;
    auto receipt = says ? Receipt::parse(*proof) : std::nullopt;
    if (!receipt) return std::nullopt;
    return CertificateFile{std::move(*parsed), std::move(*says), std::string(entry->substr(0, entry->size() - 1)),
                           std::move(*receipt)};
}

} // namespace azukari::verify
