#include "infra/wire/clamd.h"

#include "base/system_cause.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace azukari::wire {
namespace {

constexpr std::size_t kLongestReply = 4096;

// A connection to the scanner, with one deadline for everything.
class Line {
public:
    explicit Line(const Clamd& clamd)
        : place_(clamd.place),
          until_(std::chrono::steady_clock::now() + std::chrono::microseconds(clamd.answer_within.micros))
    {
    }
    ~Line()
    {
        if (socket_ >= 0) ::close(socket_);
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    Result<void> open() { return place_.starts_with('/') ? open_path() : open_address(); }

    // False when the other side does not listen any more; what it has said can still be read.
    Result<bool> send(ByteView bytes)
    {
        while (!bytes.empty()) {
            if (!wait(POLLOUT)) return refuse(kTooSlow, place_);
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
            if (sent < 0 && errno != EAGAIN && errno != EINTR) return refuse(kCannotReach, place_, cause_of(errno));
            if (sent > 0) bytes = bytes.subspan(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // To its zero byte, that included.
    Result<std::string> reply()
    {
        std::string told;
        std::array<char, 512> piece{};
        while (told.find('\0') == std::string::npos) {
            if (!wait(POLLIN)) return refuse(kTooSlow, place_);
            const auto got = recv(socket_, piece.data(), piece.size(), MSG_DONTWAIT);
            if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (got < 0) return refuse(kCannotReach, place_, cause_of(errno));
            if (got == 0) break;
            told.append(piece.data(), static_cast<std::size_t>(got));
            if (told.size() > kLongestReply) return refuse(kTooMuch, place_);
        }
        return told;
    }

private:
    bool wait(short events) const
    {
        while (true) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(until_ - std::chrono::steady_clock::now()).count();
            pollfd asked{socket_, events, 0};
            const int answer = poll(&asked, 1, static_cast<int>(std::max<std::int64_t>(0, left)));
            if (answer > 0) return true;
            if (answer == 0 || errno != EINTR) return false;
        }
    }
    Result<void> open_path()
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        place_.copy(address.sun_path, sizeof address.sun_path - 1);
        return connect_to(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    Result<void> open_address()
    {
        const auto colon = place_.rfind(':');
        auto host = place_.substr(0, colon);
        if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
        addrinfo wanted{}, *found = nullptr;
        wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
        wanted.ai_socktype = SOCK_STREAM;
        if (getaddrinfo(host.c_str(), place_.substr(colon + 1).c_str(), &wanted, &found) != 0)
            return refuse(kCannotReach, place_, "アドレスの書き方が正しくありません");
        auto connected = connect_to(found->ai_family, found->ai_addr, found->ai_addrlen);
        freeaddrinfo(found);
        return connected;
    }
    Result<void> connect_to(int family, const sockaddr* address, socklen_t size)
    {
        socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (socket_ < 0) return refuse(kCannotReach, place_, cause_of(errno));
        if (connect(socket_, address, size) == 0) return {};
        if (errno != EINPROGRESS) return refuse(kCannotReach, place_, cause_of(errno));
        if (!wait(POLLOUT)) return refuse(kTooSlow, place_);
        int error = 0;
        socklen_t length = sizeof error;
        getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &length);
        if (error != 0) return refuse(kCannotReach, place_, cause_of(error));
        return {};
    }

    const std::string place_;
    const std::chrono::steady_clock::time_point until_;
    int socket_ = -1;
};

std::array<std::uint8_t, 4> length_of(std::size_t size)
{
    return {static_cast<std::uint8_t>(size >> 24), static_cast<std::uint8_t>(size >> 16),
            static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
}

// In clamd's own words, as far as they are words.
std::string shown(std::string_view reply)
{
    std::string words(reply.substr(0, 100));
    std::erase_if(words, [](char c) { return c < ' ' || c > '~'; });
    return words.empty() ? "返事がありません" : words;
}

} // namespace

bool is_clamd_place(std::string_view place)
{
    if (place.starts_with('/')) return place.size() < sizeof(sockaddr_un::sun_path);
    const auto colon = place.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const auto digits = place.substr(colon + 1);
    unsigned port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return error == std::errc() && end == digits.data() + digits.size() && port >= 1 && port <= 65535;
}

Result<Verdict> scan(const Clamd& clamd, const ScanSource& source)
{
    Line line(clamd);
    AZK_REQUIRE(line.open());
    AZK_TRY(auto listens, line.send(as_bytes(std::string_view("zINSTREAM", 10))));
    for (bool more = true; more && listens;) {
        Bytes piece;
        AZK_TRY(more, source(piece));
        if (piece.empty()) continue; // a length of zero would end the stream
        AZK_TRY(listens, line.send(length_of(piece.size())));
        if (listens) {
            AZK_TRY(listens, line.send(piece));
        }
    }
    if (listens) {
        AZK_TRY(listens, line.send(length_of(0)));
    }
    AZK_TRY(const auto reply, line.reply());
    const auto verdict = verdict_in(reply);
    if (!verdict || (!listens && !verdict->found)) return refuse(kScannerFailed, shown(reply));
    return *verdict;
}

Result<Signatures> signatures_of(const Clamd& clamd)
{
    Line line(clamd);
    AZK_REQUIRE(line.open());
    AZK_REQUIRE(line.send(as_bytes(std::string_view("zVERSION", 9))));
    AZK_TRY(const auto reply, line.reply());
    auto signatures = signatures_in(reply);
    if (!signatures) return refuse(kScannerFailed, shown(reply));
    return *std::move(signatures);
}

} // namespace azukari::wire
