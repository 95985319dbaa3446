// The server's own loop and what its connections share. Boost.Beast parses, everything else is ours: plain handlers
// (g++ 12 miscompiles coroutines), one io_context per thread (no strands), the answer's head written as text.
#include "infra/http/server.h"

#include "infra/http/connection.h"
#include "infra/http/workers.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <thread>

namespace azukari::http {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Error = boost::system::error_code;

asio::ssl::context tls_context(const ServerSettings& settings)
{
    asio::ssl::context context(asio::ssl::context::tls_server);
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                        asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression |
                        asio::ssl::context::single_dh_use);
    Error error;
    context.use_certificate_chain_file(settings.certificate_file, error);
    if (error)
        throw Fault(
            fmt::format("証明書のファイル {} を読めません（{}）。PEM 形式か、読む権限があるかを確かめてください。",
                        settings.certificate_file, error.message()));
    context.use_private_key_file(settings.key_file, asio::ssl::context::pem, error);
    if (error)
        throw Fault(fmt::format("秘密鍵のファイル {} を読めないか、証明書と対になっていません（{}）。",
                                settings.key_file, error.message()));
    return context;
}

} // namespace

class Server::Body {
public:
    Body(ServerSettings settings, Application application, const Clock& clock)
        : common_(std::move(settings), std::move(application), clock)
    {
        workers_.emplace(common_.settings.workers, common_.settings.queue);
        common_.workers = &*workers_;
        for (unsigned i = 0; i < std::max(1U, common_.settings.io_threads); ++i)
            loops_.push_back(std::make_unique<Loop>());
        if (!common_.settings.certificate_file.empty()) tls_.emplace(tls_context(common_.settings));
        acceptor_.emplace(loops_.front()->io);
        signals_.emplace(loops_.front()->io);
        drain_timer_.emplace(loops_.front()->io);
        listen();
    }

    std::uint16_t port() const { return acceptor_->local_endpoint().port(); }

    void run(bool on_signals)
    {
        if (on_signals) {
            signals_->add(SIGTERM);
            signals_->add(SIGINT);
            signals_->async_wait([this](Error error, int) {
                if (!error) drain();
            });
        }
        accept();
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < loops_.size(); ++i)
            threads.emplace_back([this, i] {
                const auto work = asio::make_work_guard(loops_[i]->io);
                loops_[i]->io.run();
            });
        const auto work = asio::make_work_guard(loops_.front()->io);
        loops_.front()->io.run();
    }

    void stop()
    {
        asio::post(loops_.front()->io, [this] { drain(); });
    }

private:
    void listen()
    {
        const auto& settings = common_.settings;
        Error error;
        const auto address = asio::ip::make_address(settings.address, error);
        if (error) throw Fault(fmt::format("待ち受けるアドレス「{}」は IP アドレスではありません。", settings.address));
        const Tcp::endpoint here(address, settings.port);
        acceptor_->open(here.protocol(), error);
        if (!error) acceptor_->set_option(Tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor_->bind(here, error);
        if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
        if (error == asio::error::address_in_use)
            throw Fault(fmt::format(
                "{}:{} はほかのプログラムが使っています。そのプログラムを止めるか、設定で別のポートを選んでください。",
                settings.address, settings.port));
        if (error)
            throw Fault(
                fmt::format("{}:{} で待ち受けできません（{}）。", settings.address, settings.port, error.message()));
    }

    void accept()
    {
        auto& loop = *loops_[next_++ % loops_.size()];
        acceptor_->async_accept(loop.io, [this, &loop](Error error, Socket socket) {
            if (common_.draining || !acceptor_->is_open()) return;
            if (error) {
                // No file descriptors left, as a rule: let others finish first.
                drain_timer_->expires_after(std::chrono::milliseconds(50));
                drain_timer_->async_wait([this](Error stopped) {
                    if (!stopped) accept();
                });
                return;
            }
            if (common_.connections < common_.settings.connections) open(std::move(socket), loop);
            accept();
        });
    }

    void open(Socket socket, Loop& loop)
    {
        Error error;
        socket.set_option(Tcp::no_delay(true), error); // TLS records would wait for delayed acknowledgements
        const auto end = socket.remote_endpoint(error);
        if (error) return;
        auto peer = end.address().to_string();
        asio::post(loop.io, [this, &loop, peer = std::move(peer), socket = std::move(socket)]() mutable {
            serve_connection(std::move(socket), tls_ ? &*tls_ : nullptr, common_, loop, std::move(peer));
        });
    }

    void drain()
    {
        if (common_.draining.exchange(true)) return;
        Error ignored;
        acceptor_->close(ignored);
        signals_->cancel(ignored);
        wait_for_the_last(common_.clock.now() + common_.settings.drain);
    }

    void wait_for_the_last(Instant until)
    {
        if (common_.under_way == 0 || common_.clock.now() >= until) {
            for (const auto& loop : loops_) loop->io.stop();
            return;
        }
        drain_timer_->expires_after(std::chrono::milliseconds(20));
        drain_timer_->async_wait([this, until](Error) { wait_for_the_last(until); });
    }

    // The order matters when it all goes, last first: workers finish (they post to loops), then the loops go, whose
    // pending handlers hold connections, which refer to common_ and tls_.
    Common common_;
    std::optional<asio::ssl::context> tls_;
    std::vector<std::unique_ptr<Loop>> loops_;
    std::optional<Tcp::acceptor> acceptor_;
    std::optional<asio::signal_set> signals_;
    std::optional<asio::steady_timer> drain_timer_;
    std::size_t next_ = 0;
    std::optional<Workers> workers_;
};

Server::Server(ServerSettings settings, Application application, const Clock& clock)
    : body_(std::make_unique<Body>(std::move(settings), std::move(application), clock))
{
}

Server::~Server() = default;

std::uint16_t Server::port() const
{
    return body_->port();
}

void Server::run(bool on_signals)
{
    body_->run(on_signals);
}

void Server::stop()
{
    body_->stop();
}

} // namespace azukari::http
