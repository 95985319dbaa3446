// Bodies beyond the limit: whoever sends one reads why, however they send it, and the server keeps its memory and its
// time.
#include "infra/http/server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <doctest/doctest.h>
#include <fstream>
#include <mutex>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace azukari;
using namespace azukari::http;

namespace {

constexpr std::uint64_t kLimit = 1'000'000;

class Line {
public:
    explicit Line(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
        REQUIRE(::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
        const timeval patience{20, 0};
        setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~Line() { close(fd_); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    // False when the other side does not take it any more.
    bool send(std::string_view text) const
    {
        while (!text.empty()) {
            const auto n = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    void end() const { shutdown(fd_, SHUT_WR); }
    std::string read_all() const
    {
        std::string all;
        char piece[4096];
        for (ssize_t n = 0; (n = recv(fd_, piece, sizeof piece, 0)) > 0;)
            all.append(piece, static_cast<std::size_t>(n));
        return all;
    }

private:
    int fd_;
};

class Running {
public:
    explicit Running(ServerSettings settings = {})
        : server_(local(std::move(settings)),
                  {[this](const Request& request) { return answer(request); },
                   [](int status, std::uint64_t limit) {
                       return Response::text(status, "at most " + std::to_string(limit));
                   },
                   [](Method, std::string_view) { return kLimit; }},
                  clock_),
          thread_([this] { server_.run(false); })
    {
    }
    ~Running() { server_.stop(); }
    Line line() const { return Line(server_.port()); }
    std::string typed()
    {
        const std::lock_guard lock(mutex_);
        return typed_;
    }

private:
    static ServerSettings local(ServerSettings settings)
    {
        settings.port = 0;
        settings.workers = 2;
        return settings;
    }
    Response answer(const Request& request)
    {
        const std::lock_guard lock(mutex_);
        typed_ = std::string(request.form.get("typed")) + (request.files.empty() ? "" : " and a file");
        return Response::text(request.too_large ? 413 : 200, request.too_large ? "again: " + typed_ : "taken");
    }
    SystemClock clock_;
    std::mutex mutex_;
    std::string typed_;
    Server server_;
    std::jthread thread_;
};

bool begins(const std::string& answer, int status)
{
    return answer.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

const std::string kTyped = "--B\r\nContent-Disposition: form-data; name=\"typed\"\r\n\r\nwords\r\n"
                           "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n";

std::string head(std::string_view more)
{
    return "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=B\r\n" + std::string(more) +
           "\r\n\r\n";
}

std::int64_t resident_kib()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmRSS:") {
            std::int64_t kib = 0;
            status >> kib;
            return kib;
        }
    return 0;
}

double seconds_since(std::chrono::steady_clock::time_point began)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

} // namespace

TEST_CASE("two gigabytes are answered with what was typed before them, once they are sent, and take no memory")
{
    Running running;
    const std::string piece(1 << 20, 'x');
    const auto before = resident_kib();
    std::int64_t most = 0;
    const auto line = running.line();
    CHECK(line.send(head("Content-Length: 2147483648") + kTyped));
    // As browsers do it: all of it first, and only then the answer.
    for (int sent = 1; sent < 2048; ++sent) {
        REQUIRE(line.send(piece));
        if (sent % 64 == 0) most = std::max(most, resident_kib());
    }
    const auto answer = line.read_all();
    CHECK(begins(answer, 413));
    CHECK(answer.ends_with("again: words"));
    CHECK(most > 0);
    CHECK_MESSAGE(most - before < 4096, "grew by " << most - before << " KiB");
}

TEST_CASE("a body in chunks that goes beyond the limit keeps what was typed, too")
{
    Running running;
    const auto chunk = [](std::string_view content) {
        char size[32];
        std::snprintf(size, sizeof size, "%zx\r\n", content.size());
        return size + std::string(content) + "\r\n";
    };
    const auto line = running.line();
    CHECK(line.send(head("Transfer-Encoding: chunked") + chunk(kTyped)));
    const std::string piece = chunk(std::string(100'000, 'x'));
    for (int sent = 0; sent < 100; ++sent) CHECK(line.send(piece));
    const auto answer = line.read_all();
    CHECK(begins(answer, 413));
    CHECK(answer.ends_with("again: words"));
}

TEST_CASE("who announces too much and sends nothing, or waits to be asked, is answered without waiting")
{
    Running running;
    const auto began = std::chrono::steady_clock::now();
    const auto silent = running.line();
    CHECK(silent.send(head("Content-Length: 2147483648")));
    CHECK(begins(silent.read_all(), 413)); // ends when the server has nothing more to say
    CHECK(seconds_since(began) < 10);
    const auto asking = running.line();
    CHECK(asking.send(head("Content-Length: 2147483648\r\nExpect: 100-continue")));
    const auto answer = asking.read_all();
    CHECK(begins(answer, 413));
    CHECK(answer.ends_with("at most 1000000"));
    CHECK(running.typed().empty());
}

TEST_CASE("a length that is not what comes is no way around the limit")
{
    Running running;
    const auto little = running.line(); // announces little, sends much: the rest is no request
    CHECK(little.send(head("Content-Length: 300") + kTyped + std::string(2'000'000, 'x')));
    CHECK(begins(little.read_all(), 400));
    const auto broken = running.line(); // announces much, goes away early
    CHECK(broken.send(head("Content-Length: 2147483648") + kTyped));
    broken.end();
    (void)broken.read_all();
    for (const auto* length : {"-1", "99999999999999999999999", "0x10", "1, 2"}) {
        CAPTURE(length);
        const auto wrong = running.line();
        CHECK(wrong.send(head("Content-Length: " + std::string(length)) + kTyped));
        const auto answer = wrong.read_all();
        CHECK((begins(answer, 400) || begins(answer, 413)));
    }
    const auto after = running.line();
    CHECK(after.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    CHECK(begins(after.read_all(), 200));
}

TEST_CASE("who goes on sending without end, or a byte at a time, is left after a while")
{
    ServerSettings settings;
    settings.body_deadline = Duration::seconds(1);
    Running running(settings);
    const std::string piece(1 << 16, 'x');
    for (const bool slowly : {false, true}) {
        CAPTURE(slowly);
        const auto began = std::chrono::steady_clock::now();
        const auto line = running.line();
        CHECK(line.send(head("Content-Length: 1099511627776") + kTyped));
        while (seconds_since(began) < 15 && line.send(slowly ? std::string_view("x") : std::string_view(piece)))
            if (slowly) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        CHECK(seconds_since(began) < 15);
    }
}
