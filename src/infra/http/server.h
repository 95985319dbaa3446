// The server: takes connections, reads whole requests within limits, hands them to workers, writes the
// answers. TLS here or behind a proxy. Loopback unless told otherwise.
#pragma once

#include "base/fault.h"
#include "base/instant.h"
#include "infra/http/message.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::http {

// What the server serves.
struct Application {
    std::function<Response(Request)> answer; // on a worker; many at once
    // The page for what the server refuses by itself: 400, 408, 413, 431, 501, 503. `body_limit`: what this route
    // takes, in bytes, as far as it was known. Must be quick.
    std::function<Response(int status, std::uint64_t body_limit)> failure;
    std::function<std::uint64_t(Method, std::string_view path)> body_limit; // bytes; must be quick
};

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080; // 0: the system chooses, see Server::port()
    unsigned io_threads = 2;
    unsigned workers = 64;    // many, because workers that wait for the same commit share it
    std::size_t queue = 1024; // requests waiting for a worker; beyond it 503
    std::size_t connections = 10'000;
    std::uint32_t header_bytes = 16 * 1024;
    std::uint64_t bodies_in_memory = 512ULL << 20;    // of all requests together; beyond it 503
    Duration header_deadline = Duration::seconds(15); // also how long an idle connection stays
    Duration body_deadline = Duration::seconds(120);
    Duration write_deadline = Duration::seconds(60);
    Duration drain = Duration::seconds(10); // how long answers under way may take after stop()
    std::string certificate_file{};         // PEM chain; TLS 1.2 or later when both are set
    std::string key_file{};
    std::vector<std::string> trusted_proxies{}; // addresses whose X-Forwarded-For and -Proto are believed
};

class Server {
public:
    // Listens at once; throws Fault with what the operator must do when it cannot (port in use, bad certificate).
    Server(ServerSettings settings, Application application, const Clock& clock);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;
    // Serves until stop() or, with `on_signals`, SIGTERM or SIGINT; then finishes what is under way.
    void run(bool on_signals = true);
    void stop(); // from any thread

private:
    class Body;
    std::unique_ptr<Body> body_;
};

} // namespace azukari::http
