#include "infra/http/connection.h"

#include "infra/http/assembly.h"
#include "infra/http/workers.h"

#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <fmt/format.h>
#include <limits>

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

// Of a body that is too large, as much is kept as holds the fields that stand before its file, when it comes soon.
constexpr std::size_t kBeginning = 64 * 1024;
constexpr Duration kBeginningWithin = Duration::seconds(2);
// How long a client that still sends may rest before we close, and how much we read away until then: of a body that was
// refused, and of what else may follow a last request.
constexpr Duration kRest = Duration::seconds(5);
constexpr std::uint64_t kMostDiscarded = std::uint64_t{4} << 30, kLittleDiscarded = 1 << 20;
constexpr beast::string_view kMultipart = "multipart/form-data";

std::chrono::microseconds wait_of(Duration duration)
{
    return std::chrono::microseconds(duration.micros);
}

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
        const bool waits = beast::iequals(message[wire::field::expect], "100-continue");
        const int status = objection(message);
        if (status == 413 && carries_files() && !waits) return read_beginning();
        if (status != 0) return refuse(status);
        if (waits) {
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
        limit_ = common_.application.body_limit(method_of({name.data(), name.size()}), text.substr(0, text.find('?')));
        const auto length = parser_->content_length();
        if (length && *length > limit_) return 413;
        parser_->body_limit(limit_);
        return reserve(parser_->chunked() ? limit_ : length ? *length : 0) ? 0 : 503;
    }

    // Room for a body; false when others have taken it all.
    bool reserve(std::uint64_t bytes)
    {
        const auto others = common_.body_bytes.fetch_add(bytes);
        reserved_ = bytes;
        return others + bytes <= common_.settings.bodies_in_memory;
    }

    bool carries_files() const
    {
        return beast::iequals(parser_->get()[wire::field::content_type].substr(0, kMultipart.size()), kMultipart);
    }

    // Of a body that is too large: what its beginning holds was typed by somebody, and should not be lost. What has not
    // come soon is not waited for.
    void read_beginning()
    {
        if (!reserve(kBeginning)) return refuse(413);
        expire_after(common_.settings.body_deadline);
        beginning_.expires_after(wait_of(kBeginningWithin));
        beginning_.async_wait([me = self()](Error error) {
            if (!error && me->reads_beginning_) beast::get_lowest_layer(me->stream_).cancel();
        });
        reads_beginning_ = true;
        read_more_of_beginning();
    }

    void read_more_of_beginning()
    {
        // Not by the parser, which would make room for the whole.
        const auto left = kBeginning - std::min(kBeginning, in_.size());
        stream_.async_read_some(in_.prepare(left), [me = self()](Error error, std::size_t n) {
            me->in_.commit(n);
            if (!error && me->in_.size() < kBeginning) return me->read_more_of_beginning();
            me->reads_beginning_ = false;
            me->beginning_.cancel();
            if (error && error != asio::error::operation_aborted) return me->fail(error);
            me->hand_over_beginning(beast::buffers_to_string(me->in_.data()));
        });
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

    void hand_over_beginning(std::string text)
    {
        keep_alive_ = false;
        unread_ = true;
        text.resize(std::min(text.size(), kBeginning));
        parser_->get().body() = std::move(text);
        hand_over();
    }

    void hand_over()
    {
        beast::get_lowest_layer(stream_).expires_never();
        auto message = parser_->release();
        head_only_ = message.method() == wire::verb::head;
        old_version_ = message.version() < 11;
        RawRequest raw{std::string(message.method_string()),
                       std::string(message.target()),
                       {},
                       std::move(message.body()),
                       peer_,
                       std::is_same_v<Stream, Tls>,
                       unread_};
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
            return request ? common_.application.answer(std::move(*request)) : common_.application.failure(400, limit_);
        } catch (const std::exception&) {
            return common_.application.failure(500,
                                               limit_); // the application reports its own; this is memory running out
        }
    }

    void fail(Error error)
    {
        if (error == wire::error::header_limit) return refuse(431);
        if (error == wire::error::body_limit)
            return carries_files() ? hand_over_beginning(parser_->get().body()) : refuse(413);
        const bool malformed = error.category() == wire::make_error_code(wire::error::bad_method).category() &&
                               error != wire::error::end_of_stream && error != wire::error::partial_message;
        if (malformed) return refuse(400);
    }

    // After a request that was not read to its end, nothing on this connection can be trusted to be a request.
    void refuse(int status)
    {
        keep_alive_ = false;
        unread_ = parser_->is_header_done() && !parser_->is_done();
        reply(common_.application.failure(status, limit_));
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
        take_leave();
    }

    // RFC 9112, 9.6: closing while the client still sends would reset the connection, and what it has not read yet of
    // our answer would be gone. So we only say that nothing more comes from us, and read away what it sends; browsers
    // send a file to its end before they look at the answer.
    void take_leave()
    {
        Error ignored;
        beast::get_lowest_layer(stream_).socket().shutdown(Tcp::socket::shutdown_send, ignored);
        parser_.reset();
        out_ = {};
        in_.consume(in_.size());
        in_.shrink_to_fit();
        gone_at_ = std::chrono::steady_clock::now() + wait_of(common_.settings.body_deadline);
        discard(unread_ ? kMostDiscarded : kLittleDiscarded);
    }

    void discard(std::uint64_t left)
    {
        if (std::chrono::steady_clock::now() > gone_at_) return;
        expire_after(kRest);
        beast::get_lowest_layer(stream_).async_read_some(asio::buffer(loop_.discarded),
                                                         [me = self(), left](Error error, std::size_t n) {
                                                             if (!error && n < left) me->discard(left - n);
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
    asio::steady_timer beginning_{loop_.io};
    std::uint64_t reserved_ = 0;
    std::uint64_t limit_ = 0; // of this request's body, in bytes
    bool keep_alive_ = false, head_only_ = false, old_version_ = false, chunked_ = false, counted_ = false;
    bool unread_ = false; // the rest of a body, which the client still sends
    bool reads_beginning_ = false;
    std::chrono::steady_clock::time_point gone_at_{}; // when it is closed whatever the client still sends
};

} // namespace

const std::string& Loop::date_at(Instant now)
{
    if (const auto second = now.micros / 1'000'000; second != dated_second) {
        dated_second = second;
        date = http_date(now);
    }
    return date;
}

void serve_connection(Socket socket, asio::ssl::context* tls, Common& common, Loop& loop, std::string peer)
{
    if (tls != nullptr)
        std::make_shared<Connection<Tls>>(Tls(std::move(socket), *tls), common, loop, std::move(peer))->start();
    else
        std::make_shared<Connection<Plain>>(Plain(std::move(socket)), common, loop, std::move(peer))->start();
}

} // namespace azukari::http
