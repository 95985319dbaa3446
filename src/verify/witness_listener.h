// 証人の窓口: answers add-checkpoint (C2SP tlog-witness) over HTTP or HTTPS, so that the ledger can be cosigned by the hour.
// The ward's own program on a machine of the ward's. One request a connection, one after the other; what is cosigned is
// durable before it is answered (witness.h), so it may be killed at any moment.
#pragma once

#include "verify/witness.h"

#include <memory>

namespace azukari::verify {

struct Endpoint {
    std::string address; // an IP address
    std::uint16_t port = 0;
    // "127.0.0.1:8700", "[::1]:8700"; port 0 lets the system choose.
    static std::optional<Endpoint> parse(std::string_view text);
};

struct ListenerWish {
    Endpoint endpoint;
    WitnessKey key;
    std::string state_path;
    std::string certificate_file{}; // PEM chain; https when both are set
    std::string key_file{};
};

class WitnessListener {
public:
    // `log` gets a line for each answer. `problem` (Japanese) says why it cannot listen.
    WitnessListener(ListenerWish wish, PosixClock now, std::function<void(const std::string&)> log);
    ~WitnessListener();
    WitnessListener(const WitnessListener&) = delete;
    WitnessListener& operator=(const WitnessListener&) = delete;

    const std::string& problem() const;
    std::uint16_t port() const;
    // Until stop(), SIGTERM or SIGINT.
    void run();
    void stop(); // from any thread

private:
    struct Body;
    std::unique_ptr<Body> body_;
};

} // namespace azukari::verify
