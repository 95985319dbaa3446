#include "infra/storage/sqlite/folder_lock.h"

#include "infra/storage/fault.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace azukari::storage::sqlite {

namespace {

StorageFault cannot_open(const std::string& path)
{
    const auto kind = errno == ENOSPC                                       ? FaultKind::disk_full
                      : errno == EACCES || errno == EROFS || errno == EPERM ? FaultKind::read_only
                                                                            : FaultKind::gone;
    return {kind,
            fmt::format("データフォルダーに書き込めません。フォルダーの場所・権限・空きを確かめてください({}: {})。",
                        path, std::strerror(errno))};
}

std::string holder(int file)
{
    std::array<char, 32> text{};
    const auto length = pread(file, text.data(), text.size(), 0);
    return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
}

} // namespace

FolderLock::FolderLock(const std::string& path)
    : file_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600))
{
    if (file_ < 0) throw cannot_open(path);
    if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const auto pid = holder(file_);
        close(file_);
        throw StorageFault(FaultKind::busy,
                           fmt::format("このデータフォルダーは別の azukari が使用中です(pid {}、{})。", pid, path));
    }
    const auto pid = std::to_string(getpid());
    if (ftruncate(file_, 0) != 0 || pwrite(file_, pid.data(), pid.size(), 0) < 0) {
        const auto fault = cannot_open(path);
        close(file_);
        throw fault;
    }
}

FolderLock::~FolderLock()
{
    close(file_);
}

} // namespace azukari::storage::sqlite
