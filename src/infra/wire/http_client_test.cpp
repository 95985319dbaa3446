#include "infra/wire/http_client.h"

#include "infra/http/server.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <stdlib.h>
#include <thread>

using namespace azukari;
using namespace azukari::wire;

namespace {

// The house's own server as the other end: at "/echo" it says back what it got.
class OtherEnd {
public:
    explicit OtherEnd(const std::string& certificate = {}, const std::string& key = {})
        : server_(settings(certificate, key),
                  {answer, [](int status, std::uint64_t) { return http::Response::text(status, ""); },
                   [](http::Method, std::string_view) { return std::uint64_t{100'000}; }},
                  clock_),
          thread_([this] { server_.run(false); })
    {
    }
    ~OtherEnd() { server_.stop(); }
    std::string at(std::string_view scheme, std::string_view host, std::string_view path) const
    {
        return std::string(scheme) + "://" + std::string(host) + ":" + std::to_string(server_.port()) +
               std::string(path);
    }

private:
    static http::ServerSettings settings(const std::string& certificate, const std::string& key)
    {
        http::ServerSettings chosen;
        chosen.port = 0;
        chosen.workers = 2;
        chosen.certificate_file = certificate;
        chosen.key_file = key;
        chosen.drain = Duration::seconds(1);
        return chosen;
    }
    static http::Response answer(const http::Request& request)
    {
        if (request.path == "/slow") std::this_thread::sleep_for(std::chrono::milliseconds(600));
        if (request.path == "/large") return http::Response::text(200, std::string(10'000, 'x'));
        if (request.path == "/elsewhere") return http::Response::see_other("/echo");
        if (request.path == "/gone") return http::Response::text(404, "gone");
        auto said = http::Response::text(409, request.body);
        said.type = "text/x.tlog.size";
        return said;
    }
    SystemClock clock_;
    http::Server server_;
    std::jthread thread_;
};

// A key and a certificate for "localhost" that nobody but this test trusts.
struct Papers {
    std::filesystem::path folder;
    Papers()
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-wire-XXXXXX").string();
        folder = mkdtemp(name.data());
        const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout " +
                             key() + " -out " + certificate() +
                             " -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
    }
    ~Papers() { std::filesystem::remove_all(folder); }
    std::string key() const { return folder / "key.pem"; }
    std::string certificate() const { return folder / "certificate.pem"; }
};

} // namespace

TEST_CASE("what was sent arrives, and what was answered comes back with status and type")
{
    const OtherEnd end;
    const auto answer = post({end.at("http", "127.0.0.1", "/echo")}, "old 0\n\nline", "text/plain").value();
    CHECK(answer.status == 409);
    CHECK(answer.type == "text/x.tlog.size");
    CHECK(answer.body == "old 0\n\nline");
    CHECK(post({end.at("http", "127.0.0.1", "/gone")}, "x", "text/plain").value().status == 404);
}

TEST_CASE("a redirect is an answer like any other: nothing is sent where nobody configured it")
{
    const OtherEnd end;
    const auto answer = post({end.at("http", "127.0.0.1", "/elsewhere")}, "x", "text/plain").value();
    CHECK(answer.status == 303);
    CHECK(answer.body.empty());
}

TEST_CASE("a proxy in the environment is not asked")
{
    const OtherEnd end;
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    CHECK(post({end.at("http", "127.0.0.1", "/echo")}, "x", "text/plain").value().body == "x");
    unsetenv("http_proxy");
}

TEST_CASE("another end that is closed, slow or talks without end is refused within its time, saying which")
{
    std::string closed;
    {
        const OtherEnd end;
        closed = end.at("http", "127.0.0.1", "/echo");
        Peer hurried{end.at("http", "127.0.0.1", "/slow")};
        hurried.answer_within = Duration{200'000};
        CHECK(post(hurried, "x", "text/plain").error().is(kTooSlow));
        Peer small{end.at("http", "127.0.0.1", "/large")};
        small.longest_answer = 9'999;
        CHECK(post(small, "x", "text/plain").error().is(kTooMuch));
        small.longest_answer = 10'000;
        CHECK(post(small, "x", "text/plain").value().body.size() == 10'000);
    }
    const auto refused = post({closed}, "x", "text/plain");
    CHECK(refused.error().is(kCannotReach));
    CHECK(refused.error().sentence().find(closed) != std::string::npos);
}

TEST_CASE("over https only a certificate that can be verified, for the name that was asked, is believed")
{
    const Papers papers;
    const OtherEnd end(papers.certificate(), papers.key());
    const auto named = end.at("https", "localhost", "/echo");
    CHECK(post({named, papers.certificate()}, "x", "text/plain").value().body == "x");
    CHECK(post({named}, "x", "text/plain").error().is(kUntrusted)); // no authority the system knows
    CHECK(
        post({end.at("https", "127.0.0.1", "/echo"), papers.certificate()}, "x", "text/plain").error().is(kUntrusted));
    CHECK(post({named, "/nowhere/ca.pem"}, "x", "text/plain").error().is(kUntrusted));
}

TEST_CASE("an address is one of the web, without a name and password in it")
{
    CHECK(is_web_address("https://witness.example.lg.jp/azukari"));
    CHECK(is_web_address("http://127.0.0.1:8700"));
    for (const auto* not_one :
         {"", "https://", "witness.example", "ftp://x", "file:///etc/passwd", "https://a@b", "https://a b"})
        CHECK_FALSE(is_web_address(not_one));
}
