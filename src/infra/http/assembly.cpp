#include "infra/http/assembly.h"

#include "infra/http/decoding.h"
#include "infra/http/multipart.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

namespace azukari::http {
namespace {

bool contains(const std::vector<std::string>& all, std::string_view one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::string_view last_of_list(std::string_view list)
{
    auto last = list.substr(list.rfind(',') == std::string_view::npos ? 0 : list.rfind(',') + 1);
    while (last.starts_with(' ')) last.remove_prefix(1);
    while (last.ends_with(' ')) last.remove_suffix(1);
    return last;
}

// Who really asked: walking the proxies' list from its end while the one who wrote it is trusted.
void believe_proxies(Request& request, const std::vector<std::string>& trusted)
{
    if (!contains(trusted, request.remote_address)) return;
    request.secure = last_of_list(request.headers.get("x-forwarded-proto")) == "https";
    auto list = request.headers.get("x-forwarded-for");
    while (!list.empty() && contains(trusted, request.remote_address)) {
        request.remote_address = last_of_list(list);
        const auto comma = list.rfind(',');
        list = list.substr(0, comma == std::string_view::npos ? 0 : comma);
    }
}

// False when the body is of a kind we read and not well formed.
bool read_body(Request& request, std::string body)
{
    const auto type = request.headers.get("content-type");
    const auto kind = lower_case(type.substr(0, type.find(';')));
    if (request.too_large) {
        request.form = decode_fields_before_files(type, body);
        return true;
    }
    if (kind == "application/x-www-form-urlencoded") {
        auto form = decode_pairs(body);
        if (form) request.form = std::move(*form);
        return form.has_value();
    }
    if (kind == "multipart/form-data") {
        auto parts = decode_multipart(type, body);
        if (!parts) return false;
        request.form = std::move(parts->fields);
        request.files = std::move(parts->files);
        return true;
    }
    request.body = std::move(body);
    return true;
}

} // namespace

Method method_of(std::string_view name)
{
    if (name == "GET") return Method::get;
    if (name == "POST") return Method::post;
    if (name == "HEAD") return Method::head;
    return Method::other;
}

std::string lower_case(std::string_view name)
{
    std::string out(name);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::optional<Request> assemble(RawRequest raw, const std::vector<std::string>& trusted_proxies)
{
    Request request;
    request.method = method_of(raw.method);
    request.remote_address = std::move(raw.peer);
    request.secure = raw.tls;
    request.too_large = raw.too_large;
    auto path = decode_path(raw.target);
    if (!path) return std::nullopt;
    request.path = std::move(*path);
    if (const auto mark = raw.target.find('?'); mark != std::string::npos) {
        auto query = decode_pairs(std::string_view(raw.target).substr(mark + 1));
        if (!query) return std::nullopt;
        request.query = std::move(*query);
    }
    request.target = std::move(raw.target);
    for (auto& [name, value] : raw.headers) request.headers.add(lower_case(name), std::move(value));
    request.cookies = decode_cookies(request.headers.get("cookie"));
    believe_proxies(request, trusted_proxies);
    if (!raw.body.empty() && !read_body(request, std::move(raw.body))) return std::nullopt;
    return request;
}

std::string http_date(Instant at)
{
    using namespace std::chrono;
    constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const sys_time<microseconds> moment{microseconds{at.micros}};
    const auto day = floor<days>(moment);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(moment - day)};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[weekday{day}.c_encoding()], unsigned(date.day()),
                       kMonths[unsigned(date.month()) - 1], int(date.year()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

std::string head_text(const Response& response, std::string_view date, Framing framing, std::size_t length,
                      bool keep_alive)
{
    std::string out;
    out.reserve(1024);
    const auto line = [&](std::string_view name, std::string_view value) {
        out += name;
        out += ": ";
        // A line end here would let a value write headers of its own.
        for (const char c : value)
            if (c != '\r' && c != '\n' && c != '\0') out += c;
        out += "\r\n";
    };
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
    line("Date", date);
    if (framing != Framing::none) line("Content-Type", response.type);
    for (const auto& [name, value] : response.headers) line(name, value);
    if (framing == Framing::length) line("Content-Length", fmt::format_int(length).str());
    if (framing == Framing::chunked) line("Transfer-Encoding", "chunked");
    if (!keep_alive) line("Connection", "close");
    out += "\r\n";
    return out;
}

} // namespace azukari::http
