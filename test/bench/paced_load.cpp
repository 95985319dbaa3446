// Asks for one page at a steady rate, whatever the server does, and tells how long the answers took.
//
//   paced_load PORT PATH COOKIE RATE SECONDS CONNECTIONS      prints: requests a second, p50, p99 and the slowest in ms
//
// Each request has its moment, and its time counts from that moment: a server that stops for a while is charged for all
// who would have asked meanwhile. wrk asks again only after an answer, which hides exactly that.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

[[noreturn]] void give_up(const std::string& why)
{
    std::fprintf(stderr, "paced_load: %s\n", why.c_str());
    std::exit(1);
}

struct Connection {
    int socket = -1;
    Clock::time_point due{};
    std::string answer{};
};

// Whether the answer is whole; anything but 200 with a length ends the run.
bool whole(const std::string& answer)
{
    const auto head = answer.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    if (!answer.starts_with("HTTP/1.1 200 ")) give_up("not a page: " + answer.substr(0, head));
    constexpr std::string_view kLength = "\r\nContent-Length: ";
    const auto at = answer.find(kLength);
    if (at == std::string::npos || at > head) give_up("an answer without its length");
    std::size_t length = 0;
    std::from_chars(answer.data() + at + kLength.size(), answer.data() + head, length);
    return answer.size() >= head + 4 + length;
}

class Load {
public:
    Load(std::uint16_t port, std::string request, int connections)
        : request_(std::move(request)), epoll_(epoll_create1(0)), all_(static_cast<std::size_t>(connections))
    {
        sockaddr_in there{};
        there.sin_family = AF_INET;
        there.sin_port = htons(port);
        there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (auto& one : all_) {
            one.socket = socket(AF_INET, SOCK_STREAM, 0);
            if (connect(one.socket, reinterpret_cast<sockaddr*>(&there), sizeof there) != 0) give_up("cannot connect");
            epoll_event wanted{.events = EPOLLIN, .data = {.ptr = &one}};
            epoll_ctl(epoll_, EPOLL_CTL_ADD, one.socket, &wanted);
            free_.push_back(&one);
        }
    }

    void run(std::int64_t rate, std::int64_t seconds)
    {
        const auto begin = Clock::now();
        const auto count = rate * seconds;
        std::int64_t next = 0;
        const auto due = [&] { return begin + nanoseconds(next * 1'000'000'000 / rate); };
        while (static_cast<std::int64_t>(took_.size()) < count) {
            for (; next < count && !free_.empty() && due() <= Clock::now(); ++next) ask(due());
            nanoseconds wait{1'000'000'000};
            if (next < count && !free_.empty()) wait = std::max<nanoseconds>(due() - Clock::now(), nanoseconds(0));
            listen(wait);
        }
        report(std::chrono::duration<double>(Clock::now() - begin).count());
    }

private:
    void ask(Clock::time_point due)
    {
        auto* one = free_.back();
        free_.pop_back();
        one->due = due;
        one->answer.clear();
        if (write(one->socket, request_.data(), request_.size()) != static_cast<ssize_t>(request_.size()))
            give_up("cannot send");
    }

    void listen(nanoseconds wait)
    {
        epoll_event events[64];
        const timespec patience{wait.count() / 1'000'000'000, wait.count() % 1'000'000'000};
        const int ready = epoll_pwait2(epoll_, events, std::size(events), &patience, nullptr);
        for (int i = 0; i < ready; ++i) {
            auto& one = *static_cast<Connection*>(events[i].data.ptr);
            char piece[65536];
            const auto read = recv(one.socket, piece, sizeof piece, 0);
            if (read <= 0) give_up("the server hung up");
            one.answer.append(piece, static_cast<std::size_t>(read));
            if (!whole(one.answer)) continue;
            took_.push_back(Clock::now() - one.due);
            free_.push_back(&one);
        }
    }

    void report(double seconds)
    {
        std::sort(took_.begin(), took_.end());
        const auto at = [&](double part) {
            const auto last = static_cast<double>(took_.size() - 1);
            return std::chrono::duration<double, std::milli>(took_[static_cast<std::size_t>(part * last)]).count();
        };
        std::printf("%.0f %.3f %.3f %.3f\n", static_cast<double>(took_.size()) / seconds, at(0.5), at(0.99), at(1));
    }

    std::string request_;
    int epoll_;
    std::vector<Connection> all_;
    std::vector<Connection*> free_;
    std::vector<nanoseconds> took_;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 7) return 2;
    const std::string request = std::string("GET ") + argv[2] + " HTTP/1.1\r\nHost: localhost:" + argv[1] +
                                "\r\nCookie: " + argv[3] + "\r\n\r\n";
    Load(static_cast<std::uint16_t>(std::atoi(argv[1])), request, std::atoi(argv[6]))
        .run(std::atoll(argv[4]), std::atoll(argv[5]));
    return 0;
}
