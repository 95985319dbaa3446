#include "verify/witness_state.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <unistd.h>

namespace azukari::verify {
namespace {

constexpr std::string_view kHeader = "azukari witness state v1";
constexpr std::string_view kSecret = "PRIVATE+KEY+";

bool write_durably(const std::string& path, std::string_view content)
{
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return false;
    std::size_t done = 0;
    while (done < content.size()) {
        const auto wrote = write(file, content.data() + done, content.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) break;
        done += static_cast<std::size_t>(wrote);
    }
    const bool synced = done == content.size() && fsync(file) == 0;
    return close(file) == 0 && synced;
}

bool sync_folder(const std::filesystem::path& folder)
{
    const int handle = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return false;
    const bool synced = fsync(handle) == 0;
    close(handle);
    return synced;
}

} // namespace

WitnessState::WitnessState(std::string path) : path_(std::move(path))
{
    lock_ = open((path_ + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0 || flock(lock_, LOCK_EX) != 0)
        problem_ = "控えのファイルを占有できません: " + path_;
    else
        read();
}

WitnessState::~WitnessState()
{
    if (lock_ >= 0) close(lock_);
}

void WitnessState::read()
{
    std::error_code error;
    if (!std::filesystem::exists(path_, error) && !error) return;
    std::ifstream in(path_, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    std::string_view rest = whole;
    bool good = in && take_line(rest) == kHeader;
    while (good && !rest.empty()) {
        const auto log = take_line(rest), size = take_line(rest), root = take_line(rest);
        good =
            log && size && root && log->starts_with("log ") && size->starts_with("size ") && root->starts_with("root ");
        if (!good) break;
        const auto key = Key::parse(log->substr(4));
        const auto number = decimal(size->substr(5));
        const auto hash = hash_from_base64(root->substr(5));
        good = key && number && hash;
        if (good) logs.push_back({*key, *number, *hash});
    }
    if (!good) problem_ = "控えのファイルを読めないか、壊れています: " + path_;
}

WatchedLog* WitnessState::find(std::string_view origin)
{
    for (auto& log : logs)
        if (log.key.name == origin) return &log;
    return nullptr;
}

bool WitnessState::save()
{
    std::string whole(kHeader);
    whole += '\n';
    for (const auto& log : logs)
        whole += "log " + log.key.text() + "\nsize " + std::to_string(log.size) + "\nroot " +
                 to_base64(view(log.root)) + "\n";
    const auto beside = path_ + ".new";
    return write_durably(beside, whole) && std::rename(beside.c_str(), path_.c_str()) == 0 &&
           sync_folder(std::filesystem::path(path_).parent_path());
}

std::string WitnessKey::text() const
{
    const auto typed = std::string(1, static_cast<char>(kCosigner)) + std::string(view(seed));
    return std::string(kSecret) + name + "+" + hex32(verifier().id()) + "+" + to_base64(typed);
}

std::optional<WitnessKey> WitnessKey::parse(std::string_view line)
{
    if (!line.starts_with(kSecret)) return std::nullopt;
    const auto rest = line.substr(kSecret.size());
    const auto plus = rest.find('+');
    if (plus == std::string_view::npos || rest.size() < plus + 11) return std::nullopt;
    const auto typed = from_base64(rest.substr(plus + 10));
    if (!typed || typed->size() != 33) return std::nullopt;
    WitnessKey key{std::string(rest.substr(0, plus)), {}};
    std::copy(typed->begin() + 1, typed->end(), key.seed.begin());
    // Through its public form, so that name, type and id are held to the same rules.
    if (key.text() != line || !Key::parse(key.verifier().text())) return std::nullopt;
    return key;
}

} // namespace azukari::verify
