#include "infra/http/multipart.h"

#include "infra/http/decoding.h"

#include <algorithm>

namespace azukari::http {
namespace {

constexpr std::size_t kMostFiles = 50;
constexpr std::size_t kMostPartHeaderBytes = 8 * 1024;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// The value of one parameter of a header: form-data; name="a"; filename="b.csv". Browsers write quotes as %22.
std::optional<std::string> parameter(std::string_view header, std::string_view wanted)
{
    auto rest = header.substr(std::min(header.find(';'), header.size()));
    while (!rest.empty()) {
        rest.remove_prefix(1); // the semicolon
        const auto equals = rest.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto name = trimmed(rest.substr(0, equals));
        rest = trimmed(rest.substr(equals + 1));
        std::string_view value;
        if (rest.starts_with('"')) {
            const auto close = rest.find('"', 1);
            if (close == std::string_view::npos) return std::nullopt;
            value = rest.substr(1, close - 1);
            rest.remove_prefix(close + 1);
        } else {
            value = trimmed(rest.substr(0, rest.find(';')));
        }
        if (equal_ignoring_case(name, wanted)) return std::string(value);
        rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    }
    return std::nullopt;
}

// The three characters browsers encode in names, and only those (WHATWG HTML, multipart/form-data encoding).
std::string unescaped(std::string_view name)
{
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto triple = name.substr(i, 3);
        const char plain = triple == "%22" ? '"' : triple == "%0D" ? '\r' : triple == "%0A" ? '\n' : '\0';
        out += plain != '\0' ? plain : name[i];
        if (plain != '\0') i += 2;
    }
    return out;
}

// A browser on Windows may tell a path; only its last part is a name.
std::string file_name(const std::string& told)
{
    const auto cut = told.find_last_of("/\\");
    return cut == std::string::npos ? told : told.substr(cut + 1);
}

struct PartHead {
    std::string disposition;
    std::string type;
};

std::optional<PartHead> read_head(std::string_view text)
{
    PartHead head;
    while (!text.empty()) {
        const auto end = std::min(text.find("\r\n"), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 2, text.size()));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        const auto name = line.substr(0, colon);
        const auto value = std::string(trimmed(line.substr(colon + 1)));
        if (equal_ignoring_case(name, "content-disposition")) head.disposition = value;
        if (equal_ignoring_case(name, "content-type")) head.type = value;
    }
    if (!head.disposition.starts_with("form-data")) return std::nullopt;
    return head;
}

bool add_part(Multipart& all, const PartHead& head, std::string_view content)
{
    const auto told = parameter(head.disposition, "name");
    if (!told) return false;
    auto name = field_text(unescaped(*told));
    if (!name) return false;
    const auto file = parameter(head.disposition, "filename");
    if (!file) {
        auto value = field_text(std::string(content));
        if (!value || all.fields.pairs().size() >= kMostFields) return false;
        all.fields.add(std::move(*name), std::move(*value));
        return true;
    }
    if (file->empty() && content.empty()) return true;
    auto clean = field_text(file_name(unescaped(*file)));
    if (!clean || clean->find('\n') != std::string::npos || all.files.size() >= kMostFiles) return false;
    all.files.push_back({std::move(*name), std::move(*clean), head.type, std::string(content)});
    return true;
}

// What stands between two delimiters.
struct Part {
    PartHead head;
    std::string_view content;
};

// One part after another. The first delimiter stands at the very beginning, without a line end before it.
class Parts {
public:
    Parts(std::string_view content_type, std::string_view body) : rest_(body)
    {
        const auto boundary = parameter(content_type, "boundary");
        if (!boundary || boundary->empty() || boundary->size() > 70) return;
        delimiter_ = "\r\n--" + *boundary;
        if (!rest_.starts_with(std::string_view(delimiter_).substr(2))) return;
        rest_.remove_prefix(delimiter_.size() - 2);
        begun_ = true;
    }

    bool at_end() const { return begun_ && rest_.starts_with("--"); }
    // Nothing when it is not well formed or not whole.
    std::optional<Part> next()
    {
        if (!begun_ || !rest_.starts_with("\r\n")) return std::nullopt;
        rest_.remove_prefix(2);
        const auto blank = rest_.substr(0, kMostPartHeaderBytes).find("\r\n\r\n");
        if (blank == std::string_view::npos) return std::nullopt;
        auto head = read_head(rest_.substr(0, blank));
        rest_.remove_prefix(blank + 2); // the content's own delimiter may follow at once
        const auto end = rest_.find(delimiter_);
        if (!head || end == std::string_view::npos) return std::nullopt;
        const auto content = end >= 2 ? rest_.substr(2, end - 2) : std::string_view();
        rest_.remove_prefix(end + delimiter_.size());
        return Part{*std::move(head), content};
    }

private:
    std::string delimiter_;
    std::string_view rest_;
    bool begun_ = false;
};

} // namespace

std::optional<Multipart> decode_multipart(std::string_view content_type, std::string_view body)
{
    Multipart all;
    Parts parts(content_type, body);
    while (!parts.at_end()) {
        const auto part = parts.next();
        if (!part || !add_part(all, part->head, part->content)) return std::nullopt;
    }
    return all;
}

Fields decode_fields_before_files(std::string_view content_type, std::string_view beginning)
{
    Multipart all;
    Parts parts(content_type, beginning);
    while (!parts.at_end()) {
        const auto part = parts.next();
        if (!part || parameter(part->head.disposition, "filename") || !add_part(all, part->head, part->content)) break;
    }
    return all.fields;
}

} // namespace azukari::http
