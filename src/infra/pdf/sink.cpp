#include "infra/pdf/sink.h"

#include "base/fault.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace azukari::pdf {

namespace {

[[noreturn]] void fail(const std::string& path)
{
    const int error = errno;
    throw Fault(fmt::format("ファイルに書き込めません: {} ({})", path, std::strerror(error)), error == ENOSPC);
}

} // namespace

FileSink::FileSink(const std::string& path)
    : path_(path), directory_(std::filesystem::path(path).parent_path().string())
{
    if (directory_.empty()) directory_.assign(1, '.');
    descriptor_ = ::open(directory_.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor_ < 0) fail(path_);
}

FileSink::~FileSink()
{
    ::close(descriptor_);
}

void FileSink::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void FileSink::close()
{
    // A name can only be given to a file that has none if nobody has that name yet: hence the step
    // in between.
    const auto self = fmt::format("/proc/self/fd/{}", descriptor_);
    const auto beside = fmt::format("{}.partial", path_);
    if (::fdatasync(descriptor_) != 0) fail(path_);
    ::unlink(beside.c_str());
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, beside.c_str(), AT_SYMLINK_FOLLOW) != 0) fail(path_);
    if (::rename(beside.c_str(), path_.c_str()) != 0) fail(path_);
    const int directory = ::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0 || ::fsync(directory) != 0) fail(path_);
    ::close(directory);
}

} // namespace azukari::pdf
