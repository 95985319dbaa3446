#include "infra/wire/clamd_testing.h"

#include "base/check.h"

#include <array>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace azukari::wire::testing {
namespace {

// The half of EICAR that stands in no other file; whole, it would make this one a find.
constexpr std::string_view kInfected = "EICAR-STANDARD-";

bool read_exactly(int from, std::uint8_t* out, std::size_t size)
{
    while (size > 0) {
        const auto got = recv(from, out, size, 0);
        if (got <= 0) return false;
        out += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

} // namespace

FakeClamd::FakeClamd(std::filesystem::path place) : place_(std::move(place))
{
    std::filesystem::remove(place_);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    place_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    listening_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    AZK_CHECK(bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    AZK_CHECK(listen(listening_, 8) == 0);
    thread_ = std::thread([this] { serve(); });
}

FakeClamd::~FakeClamd()
{
    shutdown(listening_, SHUT_RDWR);
    thread_.join();
    close(listening_);
    std::filesystem::remove(place_);
}

void FakeClamd::set_version(std::string words)
{
    const std::lock_guard lock(mutex_);
    version_ = std::move(words);
}

void FakeClamd::set_trouble(std::string words)
{
    const std::lock_guard lock(mutex_);
    trouble_ = std::move(words);
}

Bytes FakeClamd::last() const
{
    const std::lock_guard lock(mutex_);
    return last_;
}

void FakeClamd::serve()
{
    while (true) {
        const int connection = accept(listening_, nullptr, nullptr);
        if (connection < 0) return;
        answer(connection);
        close(connection);
    }
}

void FakeClamd::answer(int connection)
{
    std::string command;
    for (std::uint8_t c = 0; command.size() < 32 && read_exactly(connection, &c, 1) && c != 0;)
        command += static_cast<char>(c);
    std::string reply = "UNKNOWN COMMAND";
    if (command == "zINSTREAM") reply = verdict(connection);
    if (command == "zVERSION") {
        const std::lock_guard lock(mutex_);
        reply = version_;
    }
    send(connection, reply.c_str(), reply.size() + 1, MSG_NOSIGNAL);
}

std::string FakeClamd::verdict(int connection)
{
    Bytes all;
    while (true) {
        std::array<std::uint8_t, 4> length{};
        if (!read_exactly(connection, length.data(), length.size())) return "INSTREAM ERROR";
        const std::size_t size =
            std::size_t{length[0]} << 24 | std::size_t{length[1]} << 16 | std::size_t{length[2]} << 8 | length[3];
        if (size == 0) break;
        const auto at = all.size();
        all.resize(at + size);
        if (!read_exactly(connection, all.data() + at, size)) return "INSTREAM ERROR";
    }
    ++scanned_;
    const std::lock_guard lock(mutex_);
    last_ = all;
    if (!trouble_.empty()) return trouble_;
    return as_text(all).find(kInfected) == std::string_view::npos ? "stream: OK" : "stream: Eicar-Signature FOUND";
}

} // namespace azukari::wire::testing
