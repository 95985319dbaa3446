// Boost.Beast parses, everything else is ours: plain handlers (g++ 12 miscompiles coroutines), one
// io_context per thread (no strands), the answer's head written as text.
#include "infra/http/server.h"

#include "infra/http/assembly.h"
#include "infra/http/workers.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <fmt/format.h>
#include <limits>
#include <thread>

namespace azukari::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using Tcp = asio::ip::tcp;
using Error = beast::error_code;
using Plain = beast::basic_stream<Tcp, asio::io_context::executor_type>;
using Tls = beast::ssl_stream<Plain>;
using Parser = wire::request_parser<wire::string_body>;

std::chrono::microseconds wait_of(Duration duration)
{
    return std::chrono::microseconds(duration.micros);
}

// One thread's loop. Only that thread touches the rest.
struct Loop {
    asio::io_context io{1};
    std::int64_t dated_second = -1;
    std::string date;

    const std::string& date_at(Instant now)
    {
        if (const auto second = now.micros / 1'000'000; second != dated_second) {
            dated_second = second;
            date = http_date(now);
        }
        return date;
    }
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

// One connection: a request after another, each read, answered, written. Lives as long as a handler of it is pending.
template <class Stream>
class Connection : public std::enable_shared_from_this<Connection<Stream>> {
public:
    Connection(Stream stream, Common& common, Loop& loop, std::string peer)
        : stream_(std::move(stream)),
          common_(common),
          loop_(loop),
          peer_(std::move(peer)),
          in_(common.settings.header_bytes + 64 * 1024)
    {
        ++common_.connections;
    }
    ~Connection()
    {
        finish_request();
        --common_.connections;
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start()
    {
        if constexpr (std::is_same_v<Stream, Tls>) {
            expire_after(common_.settings.header_deadline);
            stream_.async_handshake(asio::ssl::stream_base::server, [me = self()](Error error) {
                if (!error) me->read_header();
            });
        } else {
            read_header();
        }
    }

private:
    auto self() { return this->shared_from_this(); }
    void expire_after(Duration duration) { beast::get_lowest_layer(stream_).expires_after(wait_of(duration)); }

    void read_header()
    {
        parser_.emplace();
        parser_->header_limit(common_.settings.header_bytes);
        // Known once the path is: on_header(). Not boost::none, which Boost 1.74 compares as smaller than any length.
        parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
        expire_after(common_.settings.header_deadline); // for the whole header, however slowly it drips
        wire::async_read_header(stream_, in_, *parser_,
                                [me = self()](Error error, std::size_t) { me->on_header(error); });
    }

    void on_header(Error error)
    {
        if (error) return fail(error);
        ++common_.under_way;
        counted_ = true;
        const auto& message = parser_->get();
        keep_alive_ = message.keep_alive();
        if (const int status = objection(message); status != 0) return refuse(status);
        if (beast::iequals(message[wire::field::expect], "100-continue")) {
            out_ = "HTTP/1.1 100 Continue\r\n\r\n";
            asio::async_write(stream_, asio::buffer(out_), [me = self()](Error failed, std::size_t) {
                if (!failed) me->read_body();
            });
        } else {
            read_body();
        }
    }

    // The status that ends this request before its body is read; 0 when there is none. The first two are accepted by
    // Beast, and let requests be smuggled past a proxy.
    template <class Message>
    int objection(const Message& message)
    {
        const auto hosts = message.count(wire::field::host);
        if (hosts > 1 || (hosts == 0 && message.version() == 11)) return 400;
        if (message.find(wire::field::transfer_encoding) != message.end() && !parser_->chunked()) return 501;
        const auto target = message.target();
        const std::string_view text(target.data(), target.size());
        const auto name = message.method_string();
        const auto limit =
            common_.application.body_limit(method_of({name.data(), name.size()}), text.substr(0, text.find('?')));
        const auto length = parser_->content_length();
        if (length && *length > limit) return 413;
        parser_->body_limit(limit);
        const auto expected = parser_->chunked() ? limit : length ? *length : 0;
        const auto others = common_.body_bytes.fetch_add(expected);
        reserved_ = expected;
        return others + expected > common_.settings.bodies_in_memory ? 503 : 0;
    }

    void read_body()
    {
        expire_after(common_.settings.body_deadline);
        wire::async_read(stream_, in_, *parser_, [me = self()](Error error, std::size_t) {
            if (error)
                me->fail(error);
            else
                me->hand_over();
        });
    }

    void hand_over()
    {
        beast::get_lowest_layer(stream_).expires_never();
        auto message = parser_->release();
        head_only_ = message.method() == wire::verb::head;
        old_version_ = message.version() < 11;
        RawRequest raw{
            std::string(message.method_string()), std::string(message.target()), {}, std::move(message.body()), peer_,
            std::is_same_v<Stream, Tls>};
        for (const auto& header : message.base())
            raw.headers.emplace_back(std::string(header.name_string()), std::string(header.value()));
        const bool accepted = common_.workers->offer([me = self(), raw = std::move(raw)]() mutable {
            auto response = me->answer(std::move(raw));
            asio::post(me->stream_.get_executor(),
                       [me, response = std::move(response)]() mutable { me->reply(std::move(response)); });
        });
        if (!accepted) refuse(503);
    }

    // On a worker.
    Response answer(RawRequest raw)
    {
        try {
            auto request = assemble(std::move(raw), common_.settings.trusted_proxies);
            return request ? common_.application.answer(std::move(*request)) : common_.application.failure(400);
        } catch (const std::exception&) {
            return common_.application.failure(500); // the application reports its own; this is memory running out
        }
    }

    void fail(Error error)
    {
        if (error == wire::error::header_limit) return refuse(431);
        if (error == wire::error::body_limit) return refuse(413);
        const bool malformed = error.category() == wire::make_error_code(wire::error::bad_method).category() &&
                               error != wire::error::end_of_stream && error != wire::error::partial_message;
        if (malformed) return refuse(400);
    }

    // After a request that was not read to its end, nothing on this connection can be trusted to be a request.
    void refuse(int status)
    {
        keep_alive_ = false;
        too_large_ = status == 413;
        reply(common_.application.failure(status));
    }

    void reply(Response response)
    {
        if (common_.draining) keep_alive_ = false;
        const bool empty = response.status == 304 || response.status == 204;
        source_ = head_only_ || empty ? nullptr : std::move(response.source);
        auto framing = empty ? Framing::none : Framing::length;
        if (source_) framing = old_version_ ? Framing::until_close : Framing::chunked;
        if (framing == Framing::until_close) keep_alive_ = false;
        chunked_ = framing == Framing::chunked;
        out_ = head_text(response, loop_.date_at(common_.clock.now()), framing, response.body.size(), keep_alive_);
        // One buffer: through TLS, Boost 1.74 loses what follows the first buffer when both exceed 64 KB.
        if (!head_only_ && !empty && !source_) out_ += response.body;
        expire_after(common_.settings.write_deadline);
        asio::async_write(stream_, asio::buffer(out_), [me = self()](Error error, std::size_t) {
            if (error) return;
            if (me->source_)
                me->next_piece();
            else
                me->finish();
        });
    }

    // Pieces are made on a worker and written here, one at a time, so that memory stays constant.
    void next_piece()
    {
        beast::get_lowest_layer(stream_).expires_never();
        common_.workers->proceed([me = self()] {
            std::string piece;
            bool more = false, broken = false;
            try {
                more = me->source_(piece);
            } catch (const std::exception&) {
                broken = true; // the missing end tells the client that the file is not whole
            }
            asio::post(me->stream_.get_executor(), [me, piece = std::move(piece), more, broken] {
                if (!broken) me->write_piece(piece, more);
            });
        });
    }

    void write_piece(const std::string& piece, bool more)
    {
        out_.clear();
        if (chunked_ && !piece.empty()) out_ = fmt::format("{:x}\r\n", piece.size());
        out_ += piece;
        if (chunked_ && !piece.empty()) out_ += "\r\n";
        if (chunked_ && !more) out_ += "0\r\n\r\n";
        expire_after(common_.settings.write_deadline);
        asio::async_write(stream_, asio::buffer(out_), [me = self(), more](Error error, std::size_t) {
            if (error) return;
            if (more)
                me->next_piece();
            else
                me->finish();
        });
    }

    void finish()
    {
        source_ = nullptr;
        head_only_ = old_version_ = false;
        finish_request();
        if (keep_alive_ && !common_.draining) return read_header();
        Error ignored;
        beast::get_lowest_layer(stream_).socket().shutdown(Tcp::socket::shutdown_send, ignored);
        // A browser reads what is wrong with a file only after it has sent it all, however large it is.
        gone_at_ = std::chrono::steady_clock::now() + wait_of(common_.settings.body_deadline);
        linger(too_large_ ? std::size_t{4} << 30 : 1 << 20);
    }

    // Reads away what the client still sends: closing at once would reset the connection before it reads our answer.
    void linger(std::size_t left)
    {
        if (std::chrono::steady_clock::now() > gone_at_) return;
        expire_after(Duration::seconds(2));
        in_.consume(in_.size());
        beast::get_lowest_layer(stream_).async_read_some(in_.prepare(4096),
                                                         [me = self(), left](Error error, std::size_t n) {
                                                             if (!error && n < left) me->linger(left - n);
                                                         });
    }

    void finish_request()
    {
        if (counted_) --common_.under_way;
        counted_ = false;
        common_.body_bytes -= reserved_;
        reserved_ = 0;
    }

    Stream stream_;
    Common& common_;
    Loop& loop_;
    const std::string peer_;
    beast::flat_buffer in_;
    std::optional<Parser> parser_;
    std::string out_;
    BodySource source_;
    std::uint64_t reserved_ = 0;
    bool keep_alive_ = false, head_only_ = false, old_version_ = false, chunked_ = false, counted_ = false;
    bool too_large_ = false;
    std::chrono::steady_clock::time_point gone_at_{}; // when it is closed whatever the client still sends
};

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
        acceptor_->async_accept(loop.io, [this, &loop](Error error, Plain::socket_type socket) {
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

    void open(Plain::socket_type socket, Loop& loop)
    {
        Error error;
        socket.set_option(Tcp::no_delay(true), error); // TLS records would wait for delayed acknowledgements
        const auto end = socket.remote_endpoint(error);
        if (error) return;
        auto peer = end.address().to_string();
        asio::post(loop.io, [this, &loop, peer = std::move(peer), socket = std::move(socket)]() mutable {
            if (tls_)
                std::make_shared<Connection<Tls>>(Tls(std::move(socket), *tls_), common_, loop, std::move(peer))
                    ->start();
            else
                std::make_shared<Connection<Plain>>(Plain(std::move(socket)), common_, loop, std::move(peer))->start();
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
