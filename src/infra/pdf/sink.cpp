#include "infra/pdf/sink.h"

#include "base/fault.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
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
    : path_(path), partial_(path + ".partial"),
      descriptor_(::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600))
{
    if (descriptor_ < 0) fail(partial_);
}

FileSink::~FileSink()
{
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(partial_.c_str());
}

void FileSink::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(partial_);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void FileSink::close()
{
    if (::fdatasync(descriptor_) != 0) fail(partial_);
    if (::rename(partial_.c_str(), path_.c_str()) != 0) fail(path_);
    ::close(descriptor_);
    descriptor_ = -1;
}

} // namespace azukari::pdf
