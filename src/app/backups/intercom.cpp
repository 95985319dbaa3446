#include "app/backups/intercom.h"

#include "base/fault.h"
#include "base/system_cause.h"
#include "infra/seal/keystore/disk.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace azukari::app {
namespace {

using seal::FileDescriptor;

constexpr std::string_view kName = "intercom";
constexpr std::size_t kMostBytes = 64 * 1024; // of a question
constexpr int kPatience = 5000;               // milliseconds for a question to come in
constexpr RefusalKind kSaid{"intercom.refused", "{}"};
constexpr RefusalKind kFault{"intercom.fault", "{}"};

// However long the folder's name is, the address fits: it goes by the opened folder.
struct Address {
    explicit Address(const std::filesystem::path& folder)
        : opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
        name.sun_family = AF_UNIX;
        const auto path = fmt::format("/proc/self/fd/{}/{}", opened.get(), kName);
        std::memcpy(name.sun_path, path.c_str(), path.size() + 1);
    }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&name); }
    FileDescriptor opened;
    sockaddr_un name{};
};

bool may_ask(int caller)
{
    ucred who{};
    socklen_t size = sizeof who;
    return getsockopt(caller, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && (who.uid == geteuid() || who.uid == 0);
}

void say(int to, std::string_view kind, std::string text)
{
    for (auto& c : text)
        if (c == '\n') c = ' ';
    text = fmt::format("{} {}\n", kind, text);
    std::string_view rest = text;
    while (!rest.empty()) { // who hung up does not hear it
        const auto sent = send(to, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
}

// The next line, without its end; nothing when there comes none. `patience` in milliseconds, -1 for ever.
std::optional<std::string> hear(int from, std::string& waiting, int patience)
{
    while (true) {
        if (const auto end = waiting.find('\n'); end != waiting.npos) {
            auto line = waiting.substr(0, end);
            waiting.erase(0, end + 1);
            return line;
        }
        pollfd ready{from, POLLIN, 0};
        const int polled = poll(&ready, 1, patience);
        if (polled < 0 && errno == EINTR) continue;
        std::array<char, 4096> piece;
        const auto got = polled > 0 ? recv(from, piece.data(), piece.size(), 0) : 0;
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || waiting.size() > kMostBytes) return std::nullopt;
        waiting.append(piece.data(), static_cast<std::size_t>(got));
    }
}

std::vector<std::string> words_of(std::string_view line)
{
    std::vector<std::string> words;
    while (true) {
        const auto end = line.find('\t');
        words.emplace_back(line.substr(0, end));
        if (end == line.npos) return words;
        line.remove_prefix(end + 1);
    }
}

} // namespace

Intercom::Intercom(const std::filesystem::path& folder, Answer answer)
    : path_(folder / kName), answer_(std::move(answer))
{
    const Address address(folder);
    unlink(path_.c_str()); // of a house that was cut off: the store's lock is ours
    socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    wake_ = eventfd(0, EFD_CLOEXEC);
    const bool good = socket_ >= 0 && wake_ >= 0 && bind(socket_, address.get(), sizeof address.name) == 0 &&
                      chmod(path_.c_str(), 0600) == 0 && ::listen(socket_, 4) == 0;
    if (!good) throw Fault(fmt::format("内線 {} を開けません（{}）。", path_.string(), cause_of(errno)));
    thread_ = std::thread([this] { listen(); });
}

Intercom::~Intercom()
{
    const std::uint64_t one = 1;
    while (write(wake_, &one, sizeof one) < 0 && errno == EINTR) {
    }
    thread_.join();
    close(socket_);
    close(wake_);
    unlink(path_.c_str());
}

void Intercom::listen()
{
    while (true) {
        std::array<pollfd, 2> ready{pollfd{socket_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
        if (poll(ready.data(), ready.size(), -1) < 0) continue;
        if (ready[1].revents != 0) return;
        const FileDescriptor caller(accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC));
        if (caller && may_ask(caller.get())) attend(caller.get());
    }
}

void Intercom::attend(int caller) const
{
    std::string waiting;
    const auto line = hear(caller, waiting, kPatience);
    if (!line) return;
    const auto answered = [&]() -> Result<std::string> {
        try {
            return answer_(words_of(*line), [&](std::string_view told) { say(caller, "now", std::string(told)); });
        } catch (const std::exception& fault) {
            return refuse(kFault, fault.what());
        }
    }();
    say(caller, answered ? "done" : "refused", answered ? *answered : answered.error().sentence());
}

Result<std::optional<std::string>> ask_running_house(const std::filesystem::path& folder, const Question& question,
                                                     const backup::Progress& progress)
{
    const Address address(folder);
    const FileDescriptor house(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!address.opened || !house || connect(house.get(), address.get(), sizeof address.name) != 0)
        return std::optional<std::string>();
    std::string line;
    for (const auto& word : question) line += (line.empty() ? "" : "\t") + word;
    line += '\n';
    if (send(house.get(), line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size()))
        throw Fault("動いているシステムに頼めませんでした。もう一度お試しください。");
    std::string waiting;
    while (const auto heard = hear(house.get(), waiting, -1)) {
        const auto space = heard->find(' ');
        const auto kind = heard->substr(0, space);
        auto text = space == heard->npos ? std::string() : heard->substr(space + 1);
        if (kind == "done") return std::optional(std::move(text));
        if (kind == "refused") return refuse(kSaid, text);
        if (progress) progress(text);
    }
    throw Fault("動いているシステムから返事がありません。システムの記録（journalctl -u azukari）を確かめてください。");
}

} // namespace azukari::app
