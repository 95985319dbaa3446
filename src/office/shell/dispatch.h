// The request boundary of the pages: finds the route, the person and the permission, refuses forged posts,
// turns faults into an incident number, and puts the protective headers on every answer. Holds nothing that
// changes: many workers ask it at once without waiting for one another.
#pragma once

#include "access/scope.h"
#include "base/id.h"
#include "base/result.h"
#include "infra/http/server.h"
#include "office/shell/router.h"
#include "office/shell/signing.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azukari::office {

// Refused with access::kNoSession when nobody is signed in, with access::kSessionOver when time ran out.
using FindSession = std::function<Result<access::Session>(const http::Request&, const Moment&)>;
using Authorise = std::function<Result<access::Scope>(const access::Session&, const access::Action&,
                                                      const std::optional<EntrustmentId>&, const Moment&)>;
// A fault met while answering: which route's pattern, and what the operator may know. Never personal information.
struct Incident {
    std::string number; // what the person was shown
    Instant at;
    std::string route;
    std::string what;
};
using ReportIncident = std::function<void(const Incident&)>;

struct Office {
    std::vector<Route> routes;
    std::vector<MenuEntry> menu;
    FindSession find_session;
    Authorise authorise;
    ReportIncident report;
    const Clock& clock;
    Entropy& entropy; // must be usable from several threads, as SystemEntropy is
    Key256 signing_key;
    std::string sign_in_path = "/sign-in";
    // Where people confirm who they are before what is grave; they come back by ?next=.
    std::string reauthenticate_path = "/reauthenticate";
};

class Dispatcher {
public:
    explicit Dispatcher(Office office);

    http::Response answer(http::Request request) const;
    // A page for what the server itself refuses (400, 408, 413, 431, 503), without a person.
    http::Response failure(int status, std::uint64_t body_limit) const;
    std::uint64_t body_limit(http::Method method, std::string_view path) const;
    const Router& router() const { return router_; }

    // What http::Server asks for; the dispatcher must outlive it.
    http::Application application() const;

private:
    struct Arrival;
    http::Response route(http::Request& request, const Moment& moment, std::string& pattern) const;
    http::Response handle(const Arrival& arrival, const Visit& visit) const;
    http::Response refused(const Visit& visit, const Refusal& refusal) const;
    http::Response ask_again(const Visit& visit, const Refusal& refusal) const;
    http::Response faulted(const http::Request& request, const Moment& moment, const std::string& pattern,
                           const std::string& what, int status) const;
    http::Response to_sign_in(const http::Request& request, const Refusal& why) const;

    Office office_;
    Router router_;
    Signing signing_;
    std::map<int, http::Response> failures_; // made once: they must cost nothing when things go badly
};

// The place to return to after sign-in: a path of this site, or "/" when it is anything else.
std::string safe_return(std::string_view wanted);

} // namespace azukari::office
