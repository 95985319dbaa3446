// One request to a server that the operator has named in the settings; the house makes no other connection by itself.
// Follows no redirect, asks no proxy, and over https accepts only a server whose certificate and name it can verify.
#pragma once

#include "base/instant.h"
#include "infra/wire/wire_refusals.h"

#include <string>
#include <string_view>

namespace azukari::wire {

struct Peer {
    std::string url;       // http:// or https://
    std::string ca_file{}; // PEM; whom to trust over https instead of the system's authorities
    Duration connect_within = Duration::seconds(5);
    Duration answer_within = Duration::seconds(15); // from the beginning
    std::size_t longest_answer = 64 * 1024;         // bytes
};

struct Answer {
    int status = 0;
    std::string type; // Content-Type as it came; may be empty
    std::string body;
};

// POST. Any status is an answer; refuses kCannotReach, kTooSlow, kUntrusted, kTooMuch.
Result<Answer> post(const Peer& peer, std::string_view body, const std::string& type);

// True for what Peer::url may be.
bool is_web_address(std::string_view url);

} // namespace azukari::wire
