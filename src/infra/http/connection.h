// One connection: a request after another, each read within limits, handed to a worker, answered. What it shares with
// the others: its thread's loop, and the counts that keep the whole within bounds.
#pragma once

#include "infra/http/server.h"

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

namespace azukari::http {

class Workers;

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

// One thread's loop. Only that thread touches the rest.
struct Loop {
    boost::asio::io_context io{1};
    std::int64_t dated_second = -1;
    std::string date;
    std::array<char, 64 * 1024> discarded; // what nobody will read is read into one place, by all connections

    const std::string& date_at(Instant now);
};

// What all connections share.
struct Common {
    const ServerSettings settings;
    const Application application;
    const Clock& clock;
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> under_way{0}; // requests between their header and the end of their answer
    std::atomic<std::uint64_t> body_bytes{0};
    std::atomic<bool> draining{false};
    Workers* workers = nullptr;

    Common(ServerSettings set, Application app, const Clock& time)
        : settings(std::move(set)), application(std::move(app)), clock(time)
    {
    }
};

// On the loop's own thread. Over TLS when there is a context. Lives as long as a handler of it is pending.
void serve_connection(Socket socket, boost::asio::ssl::context* tls, Common& common, Loop& loop, std::string peer);

} // namespace azukari::http
