#include "infra/http/server.h"

#include <algorithm>
#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <memory>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <thread>
#include <unistd.h>

using namespace azukari;
using namespace azukari::http;

namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* it) const
    {
        Free(it);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

// A certificate of this test's own, in files that go with it.
class Papers {
public:
    Papers() : folder_(std::filesystem::temp_directory_path() / ("azukari-tls-" + std::to_string(getpid())))
    {
        std::filesystem::create_directory(folder_);
        const Key key(EVP_EC_gen("P-256"));
        const Certificate paper(X509_new());
        ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(paper.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(paper.get()), 3600);
        X509_set_pubkey(paper.get(), key.get());
        X509_sign(paper.get(), key.get(), EVP_sha256());
        write(certificate(), [&](std::FILE* file) { PEM_write_X509(file, paper.get()); });
        write(this->key(),
              [&](std::FILE* file) { PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    }
    ~Papers() { std::filesystem::remove_all(folder_); }
    Papers(const Papers&) = delete;
    Papers& operator=(const Papers&) = delete;
    std::string certificate() const { return folder_ / "certificate.pem"; }
    std::string key() const { return folder_ / "key.pem"; }

private:
    template <class F>
    static void write(const std::string& path, F&& content)
    {
        std::FILE* file = std::fopen(path.c_str(), "w");
        REQUIRE(file != nullptr);
        content(file);
        std::fclose(file);
    }
    std::filesystem::path folder_;
};

// What a client reads that speaks at most `newest`; empty when no connection comes about.
std::string ask(std::uint16_t port, std::string_view path, int newest)
{
    const std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_max_proto_version(context.get(), newest);
    const std::unique_ptr<BIO, Freed<BIO_free_all>> line(BIO_new_ssl_connect(context.get()));
    BIO_set_conn_hostname(line.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
    const auto request = "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    if (BIO_write(line.get(), request.data(), static_cast<int>(request.size())) <= 0) return "";
    std::string answer;
    char piece[16384];
    for (int n = 0; (n = BIO_read(line.get(), piece, sizeof piece)) > 0;)
        answer.append(piece, static_cast<std::size_t>(n));
    return answer;
}

} // namespace

TEST_CASE("over TLS small, large and streamed answers arrive whole; versions before 1.2 are refused [K13]")
{
    const Papers papers;
    const SystemClock clock;
    ServerSettings settings;
    settings.port = 0;
    settings.workers = 2;
    settings.certificate_file = papers.certificate();
    settings.key_file = papers.key();
    const auto answer = [](const Request& request) {
        auto response = Response::text(200, request.secure ? "secure" : "plain");
        if (request.path == "/large") response.body.assign(1'000'000, 'x');
        if (request.path == "/streamed")
            response.source = [n = 0](std::string& piece) mutable {
                piece.assign(100'000, 'y');
                return ++n < 10;
            };
        return response;
    };
    Server server(settings,
                  {answer, [](int status, std::uint64_t) { return Response::text(status, ""); },
                   [](Method, std::string_view) { return std::uint64_t{1000}; }},
                  clock);
    const std::jthread thread([&] { server.run(false); });
    const auto count = [](const std::string& text, char c) { return std::count(text.begin(), text.end(), c); };
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        CHECK(ask(server.port(), "/", version).ends_with("\r\n\r\nsecure"));
        CHECK(ask(server.port(), "/large", version).ends_with(std::string(1'000'000, 'x')));
        CHECK(count(ask(server.port(), "/streamed", version), 'y') == 1'000'000 + 1); // one in "Content-Type"
    }
    CHECK(ask(server.port(), "/", TLS1_1_VERSION).empty());
    server.stop();
}
