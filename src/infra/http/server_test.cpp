#include "infra/http/server.h"

#include <arpa/inet.h>
#include <atomic>
#include <doctest/doctest.h>
#include <latch>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace azukari;
using namespace azukari::http;

namespace {

// Serves while the test looks at it from outside, through a socket as browsers do.
class Running {
public:
    explicit Running(std::function<Response(Request)> answer, ServerSettings settings = {})
        : server_(local(std::move(settings)),
                  {std::move(answer),
                   [](int status, std::uint64_t limit) {
                       return Response::text(status, "refused, at most " + std::to_string(limit));
                   },
                   [](Method, std::string_view path) { return path == "/large" ? 1'000'000ULL : 1000ULL; }},
                  clock_),
          thread_([this] { server_.run(false); })
    {
    }
    ~Running() { server_.stop(); }

    int connect() const
    {
        const int fd = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(server_.port());
        inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
        REQUIRE(::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
        timeval patience{20, 0};
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        return fd;
    }
    // Sends all, reads until the server closes.
    std::string exchange(std::string_view text) const
    {
        const int fd = connect();
        send_all(fd, text);
        auto answer = read_all(fd);
        close(fd);
        return answer;
    }
    static void send_all(int fd, std::string_view text)
    {
        while (!text.empty()) {
            const auto n = send(fd, text.data(), text.size(), MSG_NOSIGNAL);
            if (n <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    static std::string read_all(int fd)
    {
        std::string all;
        char piece[4096];
        for (ssize_t n = 0; (n = recv(fd, piece, sizeof piece, 0)) > 0;) all.append(piece, static_cast<std::size_t>(n));
        return all;
    }
    Server& server() { return server_; }

private:
    static ServerSettings local(ServerSettings settings)
    {
        settings.port = 0;
        if (settings.workers == 64) settings.workers = 4;
        return settings;
    }
    SystemClock clock_;
    Server server_;
    std::jthread thread_;
};

Response echo(const Request& request)
{
    return Response::text(200, request.path + " " + std::to_string(request.body.size() + request.form.pairs().size()));
}

constexpr std::string_view kClose = "Host: x\r\nConnection: close\r\n\r\n";

std::string get(std::string_view path)
{
    return "GET " + std::string(path) + " HTTP/1.1\r\n" + std::string(kClose);
}

bool begins(const std::string& answer, int status)
{
    return answer.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

} // namespace

TEST_CASE("a page is answered; several follow on one connection")
{
    Running running(echo);
    const auto answer = running.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n" + get("/b"));
    CHECK(begins(answer, 200));
    CHECK(answer.find("/a 0") < answer.find("/b 0"));
    CHECK(answer.find("\r\nDate: ") != std::string::npos);
    CHECK(begins(running.exchange("HEAD /a HTTP/1.1\r\n" + std::string(kClose)), 200));
    CHECK(running.exchange("HEAD /a HTTP/1.1\r\n" + std::string(kClose)).ends_with("\r\n\r\n"));
}

TEST_CASE("what a server behind a proxy must not accept is refused")
{
    Running running(echo);
    const std::pair<const char*, int> cases[] = {
        {"GET / HTTP/1.1\r\n\r\n", 400},                               // no Host
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},         // two
        {"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400},                   // space
        {"GET / HTTP/1.1\nHost: x\n\n", 400},                          // bare LF
        {"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\nX\r\n\r\n", 400}, // not a field
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", 400},
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n", 501},
        {"GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400},
        {"GET /../x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400},
        {"nonsense\r\n\r\n", 400},
    };
    for (const auto& [text, status] : cases) {
        CAPTURE(text);
        const auto answer = running.exchange(text);
        CAPTURE(answer);
        CHECK(begins(answer, status));
        CHECK(answer.find("smuggled") == std::string::npos);
    }
}

TEST_CASE("too large a header is 431, too large a body 413 by the route's own limit")
{
    Running running(echo);
    CHECK(begins(running.exchange("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n"), 431));
    const auto post = [](std::string_view path, std::size_t size) {
        return "POST " + std::string(path) + " HTTP/1.1\r\nContent-Length: " + std::to_string(size) + "\r\n" +
               std::string(kClose) + std::string(size, 'a');
    };
    CHECK(begins(running.exchange(post("/small", 1000)), 200));
    CHECK(begins(running.exchange(post("/small", 1001)), 413));
    CHECK(begins(running.exchange(post("/large", 1'000'000)), 200));
    const auto chunked = "POST /small HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + std::string(kClose) + "7d0\r\n" +
                         std::string(2000, 'a') + "\r\n0\r\n\r\n";
    CHECK(begins(running.exchange(chunked), 413));
}

TEST_CASE("a client that announces its body waits for our word")
{
    Running running(echo);
    const int fd = running.connect();
    Running::send_all(fd, "POST / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n" + std::string(kClose));
    char first[64];
    const auto n = recv(fd, first, sizeof first, 0);
    CHECK(std::string_view(first, static_cast<std::size_t>(n)).starts_with("HTTP/1.1 100 "));
    Running::send_all(fd, "abc");
    CHECK(begins(Running::read_all(fd), 200));
    close(fd);
}

TEST_CASE("a header that drips in slowly ends at its deadline, and others are served meanwhile")
{
    ServerSettings settings;
    settings.header_deadline = Duration{300'000};
    Running running(echo, settings);
    const int slow = running.connect();
    Running::send_all(slow, "GET / HT");
    CHECK(begins(running.exchange(get("/")), 200));
    CHECK(Running::read_all(slow).empty()); // closed, without waiting for the patience of 20 s
    close(slow);
}

TEST_CASE("when all workers are busy and the queue is full, the answer is 503 at once")
{
    std::latch go(1);
    std::atomic<int> inside = 0;
    ServerSettings settings;
    settings.workers = 1;
    settings.queue = 1;
    {
        Running running(
            [&](const Request& request) {
                ++inside;
                go.wait();
                return echo(request);
            },
            settings);
        const int first = running.connect(), second = running.connect();
        Running::send_all(first, get("/1"));
        while (inside == 0) std::this_thread::yield();
        Running::send_all(second, get("/2"));
        std::string third;
        // The second may not have reached the queue yet; then the third takes its place and waits.
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        third = running.exchange(get("/3"));
        CHECK(begins(third, 503));
        go.count_down();
        CHECK(begins(Running::read_all(first), 200));
        CHECK(begins(Running::read_all(second), 200));
        close(first);
        close(second);
    }
}

TEST_CASE("a long answer is made piece by piece and arrives whole")
{
    Running running([](const Request&) {
        return Response::download("大.csv", "text/csv", [n = 0](std::string& piece) mutable {
            piece.assign(1000, static_cast<char>('a' + n % 26));
            return ++n < 500;
        });
    });
    const auto answer = running.exchange(get("/"));
    CHECK(answer.find("Transfer-Encoding: chunked") != std::string::npos);
    CHECK(answer.ends_with("\r\n0\r\n\r\n"));
    CHECK(answer.size() > 500'000);
    const auto old = running.exchange("GET / HTTP/1.0\r\n\r\n");
    CHECK(old.size() - old.find("\r\n\r\n") - 4 == 500'000);
}

TEST_CASE("an answer that fails halfway is visibly not whole")
{
    Running running([](const Request&) {
        return Response::download("x.csv", "text/csv", [n = 0](std::string& piece) mutable -> bool {
            if (n++ == 2) throw Fault("disk");
            piece = "abc";
            return true;
        });
    });
    CHECK_FALSE(running.exchange(get("/")).ends_with("0\r\n\r\n"));
}

TEST_CASE("what is under way when the server is told to stop is finished")
{
    std::latch go(1);
    std::atomic<bool> inside = false;
    int fd = -1;
    std::jthread opener;
    {
        Running running([&](const Request& request) {
            inside = true;
            go.wait();
            return echo(request);
        });
        fd = running.connect();
        Running::send_all(fd, "GET /last HTTP/1.1\r\nHost: x\r\n\r\n");
        while (!inside) std::this_thread::yield();
        running.server().stop();
        opener = std::jthread([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            go.count_down();
        });
    }
    const auto answer = Running::read_all(fd);
    CHECK(begins(answer, 200));
    CHECK(answer.find("Connection: close") != std::string::npos);
    close(fd);
}

TEST_CASE("a port in use, a wrong address and a missing certificate are told in plain words")
{
    Running running(echo);
    const SystemClock clock;
    const auto message = [&](ServerSettings settings) -> std::string {
        try {
            const Server second(std::move(settings), {}, clock);
        } catch (const Fault& fault) {
            return fault.what();
        }
        return "";
    };
    ServerSettings taken;
    taken.port = running.server().port();
    CHECK(message(taken).find("ほかのプログラムが使っています") != std::string::npos);
    ServerSettings wrong;
    wrong.address = "localhost";
    CHECK(message(wrong).find("IP アドレスではありません") != std::string::npos);
    ServerSettings bare;
    bare.port = 0;
    bare.certificate_file = "/nowhere.pem";
    CHECK(message(bare).find("証明書") != std::string::npos);
}
