#include "infra/easel/easel.h"

#include "base/fault.h"
#include "base/system_cause.h"
#include "infra/easel/reply.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <semaphore>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace azukari::easel {
namespace {

using Deadline = std::chrono::steady_clock::time_point;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }
    void close()
    {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

// A process that is killed and waited for when nobody needs it any more.
class Child {
public:
    explicit Child(pid_t pid) : pid_(pid) {}
    ~Child()
    {
        if (pid_ <= 0) return;
        kill(pid_, SIGKILL);
        wait();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    // True when it ended by itself, and well.
    bool wait()
    {
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    pid_t pid_;
};

pid_t start(const std::filesystem::path& program, int wire, const char* what, const std::string& page)
{
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, wire, 0);
    posix_spawn_file_actions_adddup2(&files, wire, 1);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, usual;
    sigemptyset(&none);
    sigfillset(&usual);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string name = program.string(), task = what, number = page, locale = "LC_ALL=C.UTF-8";
    std::array<char*, 4> arguments{name.data(), task.data(), number.data(), nullptr};
    std::array<char*, 2> environment{locale.data(), nullptr};
    pid_t pid = -1;
    const int error = posix_spawn(&pid, name.c_str(), &files, &attributes, arguments.data(), environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0) throw Fault(fmt::format("{} を始められません（{}）。", name, cause_of(error)));
    return pid;
}

bool wait_for(int wire, short events, Deadline until)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd asked{wire, events, 0};
    const int answer = poll(&asked, 1, static_cast<int>(left));
    return answer > 0 || (answer < 0 && errno == EINTR);
}

enum class Sent { all, too_late, hung_up };

Sent send_all(int wire, ByteView bytes, Deadline until)
{
    while (!bytes.empty()) {
        if (!wait_for(wire, POLLOUT, until)) return Sent::too_late;
        const auto sent = send(wire, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) return Sent::hung_up;
        if (sent > 0) bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return Sent::all;
}

Result<std::string> receive_all(int wire, Deadline until)
{
    std::string reply;
    std::array<char, 65536> piece;
    while (true) {
        if (!wait_for(wire, POLLIN, until)) return refuse(kTooLong);
        const auto got = recv(wire, piece.data(), piece.size(), MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (got <= 0) return reply;
        reply.append(piece.data(), static_cast<std::size_t>(got));
        if (reply.size() > kLongestReply) return refuse(kUnreadable);
    }
}

} // namespace

class Easel::Places {
public:
    explicit Places(int at_once) : free_(at_once) {}
    std::counting_semaphore<>& free() { return free_; }

private:
    std::counting_semaphore<> free_;
};

FileSource source_of(ByteView content)
{
    return [content](Bytes& piece) mutable -> Result<bool> {
        const auto size = std::min<std::size_t>(content.size(), 1U << 20);
        piece.insert(piece.end(), content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size));
        content = content.subspan(size);
        return !content.empty();
    };
}

Easel::Easel(EaselSettings settings)
    : settings_(std::move(settings)), places_(std::make_unique<Places>(settings_.at_once))
{
}

Easel::~Easel() = default;

Result<std::string> Easel::ask(const FileSource& file, const char* what, const std::string& page) const
{
    struct Place {
        explicit Place(std::counting_semaphore<>& all) : free(all) { free.acquire(); }
        ~Place() { free.release(); }
        std::counting_semaphore<>& free;
    } place(places_->free());
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw Fault(fmt::format("画像を描く準備ができません（{}）。", cause_of(errno)), true);
    Descriptor ours(ends[0]), theirs(ends[1]);
    Child child(start(settings_.program, theirs.get(), what, page));
    theirs.close();
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(settings_.within.micros);
    for (bool more = true; more;) {
        Bytes piece;
        AZK_TRY(more, file(piece));
        const auto sent = send_all(ours.get(), piece, until);
        if (sent == Sent::too_late) return refuse(kTooLong);
        if (sent == Sent::hung_up) break; // it has seen enough, or died: its reply tells
    }
    shutdown(ours.get(), SHUT_WR);
    AZK_TRY(auto reply, receive_all(ours.get(), until));
    if (!child.wait()) return refuse(reply.empty() ? kTooLong : kUnreadable);
    return reply;
}

Result<int> Easel::look(const FileSource& file) const
{
    AZK_TRY(const auto reply, ask(file, "look", "0"));
    return pages_of_reply(reply);
}

Result<std::string> Easel::draw(const FileSource& file, int page) const
{
    AZK_TRY(auto reply, ask(file, "draw", std::to_string(page)));
    return picture_of_reply(std::move(reply));
}

} // namespace azukari::easel
