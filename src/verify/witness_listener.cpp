#include "verify/witness_listener.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <charconv>

namespace azukari::verify {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using Error = beast::error_code;
using Tls = beast::ssl_stream<beast::tcp_stream>;

constexpr auto kPatience = std::chrono::seconds(15);  // for a whole request, and for taking the answer
constexpr std::uint64_t kLongestRequest = 128 * 1024; // a note of 64 KiB, 63 hashes, and some
constexpr int kConnectionsAtOnce = 64;

// What all connections share. One thread runs them all.
struct Common {
    ListenerWish wish;
    PosixClock now;
    std::function<void(const std::string&)> log;
    int connections = 0;
};

WitnessAnswer answer_to(const Common& common, const http::request<http::string_body>& request)
{
    const WitnessAnswer strange{404, "text/plain; charset=utf-8", "ここにあるのは /add-checkpoint だけです。\n"};
    if (request.target() != "/add-checkpoint") return strange;
    if (request.method() != http::verb::post)
        return {405, "text/plain; charset=utf-8", "連署の依頼は POST で送ってください。\n"};
    return add_checkpoint(common.wish.key, common.wish.state_path, request.body(), common.now());
}

// "1795230000 200 azukari.example/ledger 1006": of a stranger's request only the status is written.
std::string line_of(const Common& common, const WitnessAnswer& answer, const std::string& request)
{
    auto line = std::to_string(common.now()) + " " + std::to_string(answer.status);
    if (answer.status == 200 || answer.status == 409 || answer.status == 422) // the log is one we trust
        if (const auto asked = WitnessRequest::parse(request))
            line += " " + asked->checkpoint.origin + " " + std::to_string(asked->checkpoint.size);
    return line;
}

// One connection with its one request. Lives as long as a handler of it is pending.
template <class Stream>
class Connection : public std::enable_shared_from_this<Connection<Stream>> {
public:
    Connection(Stream stream, Common& common) : stream_(std::move(stream)), common_(common)
    {
        ++common_.connections;
        parser_.body_limit(kLongestRequest);
        parser_.header_limit(8 * 1024);
    }
    ~Connection() { --common_.connections; }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start()
    {
        expire();
        if constexpr (std::is_same_v<Stream, Tls>)
            stream_.async_handshake(asio::ssl::stream_base::server, [me = self()](Error error) {
                if (!error) me->read();
            });
        else
            read();
    }

private:
    auto self() { return this->shared_from_this(); }
    void expire() { beast::get_lowest_layer(stream_).expires_after(kPatience); }

    void read()
    {
        http::async_read(stream_, in_, parser_, [me = self()](Error error, std::size_t) { me->on_request(error); });
    }

    void on_request(Error error)
    {
        if (error == http::error::body_limit)
            return write({413, "text/plain; charset=utf-8", "連署の依頼が長すぎます。\n"}, {});
        const auto& of_the_form = make_error_code(http::error::bad_method).category();
        if (error && (error == http::error::end_of_stream || error.category() != of_the_form))
            return; // the other side left, or was too slow
        if (error) return write({400, "text/plain; charset=utf-8", "HTTP の依頼として読めません。\n"}, {});
        const auto& request = parser_.get();
        write(answer_to(common_, request), request.body());
    }

    void write(const WitnessAnswer& answer, const std::string& request)
    {
        common_.log(line_of(common_, answer, request));
        response_.result(static_cast<unsigned>(answer.status));
        response_.set(http::field::content_type, answer.type);
        response_.set(http::field::cache_control, "no-store");
        response_.keep_alive(false);
        response_.body() = answer.body;
        response_.prepare_payload();
        expire();
        http::async_write(stream_, response_, [me = self()](Error, std::size_t) { me->close(); });
    }

    void close()
    {
        if constexpr (std::is_same_v<Stream, Tls>) {
            stream_.async_shutdown([me = self()](Error) {});
        } else {
            Error ignored;
            stream_.socket().shutdown(Tcp::socket::shutdown_send, ignored);
        }
    }

    Stream stream_;
    Common& common_;
    beast::flat_buffer in_{16 * 1024 + kLongestRequest};
    http::request_parser<http::string_body> parser_;
    http::response<http::string_body> response_;
};

} // namespace

std::optional<Endpoint> Endpoint::parse(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    Endpoint endpoint{std::string(host)};
    Error error;
    (void)asio::ip::make_address(endpoint.address, error);
    const auto* end = text.data() + text.size();
    const auto [stop, wrong] = std::from_chars(text.data() + colon + 1, end, endpoint.port);
    if (error || wrong != std::errc{} || stop != end) return std::nullopt;
    return endpoint;
}

struct WitnessListener::Body {
    Common common;
    asio::io_context io{1};
    Tcp::acceptor acceptor{io};
    asio::signal_set signals{io};
    std::optional<asio::ssl::context> tls{};
    std::string problem{};

    explicit Body(Common shared) : common(std::move(shared)) {}

    void open()
    {
        if (!common.wish.certificate_file.empty()) prepare_tls();
        if (!problem.empty()) return;
        const Tcp::endpoint at(asio::ip::make_address(common.wish.endpoint.address), common.wish.endpoint.port);
        Error error;
        acceptor.open(at.protocol(), error);
        if (!error) acceptor.set_option(Tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor.bind(at, error);
        if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error)
            problem = "待ち受けられません（" + common.wish.endpoint.address + ":" +
                      std::to_string(common.wish.endpoint.port) + "）: " + error.message();
    }

    void prepare_tls()
    {
        tls.emplace(asio::ssl::context::tls_server);
        Error error;
        tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                             asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression,
                         error);
        if (!error) tls->use_certificate_chain_file(common.wish.certificate_file, error);
        if (error) problem = "証明書を読めません: " + common.wish.certificate_file;
        if (!error) tls->use_private_key_file(common.wish.key_file, asio::ssl::context::pem, error);
        if (error && problem.empty()) problem = "証明書の鍵を読めないか、証明書と合いません: " + common.wish.key_file;
    }

    void accept()
    {
        acceptor.async_accept([this](Error error, Tcp::socket socket) {
            if (!acceptor.is_open()) return;
            if (!error && common.connections < kConnectionsAtOnce) {
                beast::tcp_stream stream(std::move(socket));
                if (tls)
                    std::make_shared<Connection<Tls>>(Tls(std::move(stream), *tls), common)->start();
                else
                    std::make_shared<Connection<beast::tcp_stream>>(std::move(stream), common)->start();
            }
            accept();
        });
    }

    void close()
    {
        Error ignored;
        acceptor.close(ignored);
        signals.cancel(ignored);
    }
};

WitnessListener::WitnessListener(ListenerWish wish, PosixClock now, std::function<void(const std::string&)> log)
    : body_(std::make_unique<Body>(Common{std::move(wish), std::move(now), std::move(log)}))
{
    body_->open();
}

WitnessListener::~WitnessListener() = default;

const std::string& WitnessListener::problem() const
{
    return body_->problem;
}

std::uint16_t WitnessListener::port() const
{
    Error ignored;
    return body_->acceptor.local_endpoint(ignored).port();
}

void WitnessListener::run()
{
    body_->signals.add(SIGTERM);
    body_->signals.add(SIGINT);
    body_->signals.async_wait([this](Error error, int) {
        if (!error) body_->close();
    });
    body_->accept();
    body_->io.run(); // requests under way are answered first
}

void WitnessListener::stop()
{
    asio::post(body_->io, [this] { body_->close(); });
}

} // namespace azukari::verify
