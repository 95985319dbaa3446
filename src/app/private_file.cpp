#include "app/private_file.h"

#include "base/system_cause.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace azukari::app {
namespace {

constexpr RefusalKind kCannotWrite{"file.cannot_write", "{} を作れません（{}）。場所と空き容量を確かめてください。"};

bool write_all(int file, std::string_view content)
{
    while (!content.empty()) {
        const auto wrote = write(file, content.data(), content.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return fsync(file) == 0;
}

} // namespace

Result<void> write_private_file(const std::filesystem::path& path, std::string_view content)
{
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return refuse(kCannotWrite, path.string(), cause_of(errno));
    const bool whole = write_all(file, content);
    const auto reason = whole ? std::string() : cause_of(errno);
    const bool closed = close(file) == 0;
    if (whole && closed) return {};
    unlink(path.c_str());
    return refuse(kCannotWrite, path.string(), reason);
}

} // namespace azukari::app
