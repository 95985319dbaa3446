// From the parts a parser found to the Request the application sees; and from a Response to the head that is sent.
#pragma once

#include "base/instant.h"
#include "infra/http/message.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace azukari::http {

struct RawRequest {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers; // as they came
    std::string body;
    std::string peer; // the address the connection comes from
    bool tls = false;
    bool too_large = false; // `body` is only its beginning
};

Method method_of(std::string_view name);
std::string lower_case(std::string_view name);

// Nothing when target, query or form are not well formed: 400.
std::optional<Request> assemble(RawRequest raw, const std::vector<std::string>& trusted_proxies);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, IMF-fixdate).
std::string http_date(Instant at);

enum class Framing { length, chunked, until_close, none };
// Status line and headers, with the empty line. `length` counts when framing is by length.
std::string head_text(const Response& response, std::string_view date, Framing framing, std::size_t length,
                      bool keep_alive);

} // namespace azukari::http
