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

    Fields path_params; // filled by the router: {entrustment}
};

// A body that is written piece by piece; false ends it. Runs on a worker, memory stays constant.
using BodySource = std::function<bool(std::string& piece)>;

struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    BodySource source; // used instead of `body` when set; sent chunked

    static Response see_other(std::string location);
    static Response text(int status, std::string text);
    // A file to save; `name` may be Japanese (RFC 6266, RFC 8187).
    static Response download(std::string name, std::string type, std::string content);
};

} // namespace azukari::http
