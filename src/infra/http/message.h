// What the application sees of HTTP: a request that has arrived whole, and the answer to it.
#pragma once

#include "base/bytes.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azukari::http {

enum class Method { get, head, post, other };

// Decoded name=value pairs in the order of arrival; names may repeat.
class Fields {
public:
    void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
    // The first value; empty when absent.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }

private:
    std::vector<std::pair<std::string, std::string>> pairs_;
};

struct UploadedFile {
    std::string field;
    std::string name; // as the browser told it, without any path
    std::string type;
    std::string content;
};

struct Request {
    Method method = Method::get;
    std::string path;   // percent-decoded, "/entrustments/0190…"
    std::string target; // as it arrived, path and query
    Fields query;
    Fields headers; // names in lower case
    Fields cookies;
    Fields form; // urlencoded or multipart; empty otherwise
    std::vector<UploadedFile> files;
    std::string body; // raw, when it was neither form nor multipart
    std::string remote_address;
    bool secure = false; // arrived over TLS, here or at the trusted proxy
    // The body is larger than the route takes. What stands before its first file is in `form`, nothing else is here;
    // nothing may be done for it but to say so.
    bool too_large = false;

    Fields path_params; // filled by the router: {entrustment}
};

// A body that is written piece by piece: appends to `piece`, false ends it. Runs on a worker; memory stays constant.
using BodySource = std::function<bool(std::string& piece)>;

struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    BodySource source;  // used instead of `body` when set; sent chunked
    std::string notice; // one sentence for the page that follows a redirect; the office carries it over

    void set(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }

    static Response see_other(std::string location, std::string notice = {});
    static Response text(int status, std::string text);
    // A file to save; `name` may be Japanese (RFC 6266, RFC 8187).
    static Response download(std::string_view name, std::string type, std::string content);
    static Response download(std::string_view name, std::string type, BodySource source);
};

// "OK", "Not Found", … (RFC 9110).
std::string_view reason_of(int status);

// Cookies are HttpOnly, SameSite=Strict and for the whole site. Over TLS the browser's name carries the prefix __Host-,
// which keeps other hosts of the same domain from setting it (RFC 6265bis).
std::string cookie_name(bool secure, std::string_view name);
std::string_view cookie(const Request& request, std::string_view name); // empty when absent
void set_cookie(Response& response, bool secure, std::string_view name, std::string_view value,
                std::optional<std::int64_t> max_age_seconds = {});
void drop_cookie(Response& response, bool secure, std::string_view name);

} // namespace azukari::http
