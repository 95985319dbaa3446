#include "infra/text/source.h"

#include "base/fault.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace azukari::text {

namespace {

[[noreturn]] void fail(const std::string& path)
{
    throw Fault(fmt::format("ファイルが読めません: {} ({})", path, std::strerror(errno)));
}

} // namespace

std::size_t TextSource::read(std::span<char> room)
{
    const auto count = std::min(room.size(), rest_.size());
    std::copy_n(rest_.begin(), count, room.begin());
    rest_.remove_prefix(count);
    return count;
}

FileSource::FileSource(const std::string& path) : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
{
    if (descriptor_ < 0) fail(path_);
    struct stat status {};
    if (::fstat(descriptor_, &status) == 0) size_ = static_cast<std::uint64_t>(status.st_size);
}

FileSource::~FileSource()
{
    ::close(descriptor_);
}

std::size_t FileSource::read(std::span<char> room)
{
    for (;;) {
        const ssize_t count = ::read(descriptor_, room.data(), room.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(path_);
        position_ += static_cast<std::uint64_t>(count);
        return static_cast<std::size_t>(count);
    }
}

} // namespace azukari::text
