#include "infra/sheet/archive.h"

#include "base/fault.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace azukari::sheet {
namespace {

[[noreturn]] void fail(const std::string& path)
{
    throw Fault(fmt::format("ファイルが読めません: {} ({})", path, std::strerror(errno)));
}

} // namespace

std::string Archive::text(std::uint64_t offset, std::size_t size) const
{
    std::string bytes(size, '\0');
    if (!read(offset, bytes)) bytes.clear();
    return bytes;
}

bool TextArchive::read(std::uint64_t offset, std::span<char> room) const
{
    if (offset > bytes_.size() || room.size() > bytes_.size() - offset) return false;
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), room.size(), room.begin());
    return true;
}

FileArchive::FileArchive(const std::string& path) : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
{
    if (descriptor_ < 0) fail(path_);
    struct stat status {};
    if (::fstat(descriptor_, &status) == 0) size_ = static_cast<std::uint64_t>(status.st_size);
}

FileArchive::~FileArchive()
{
    ::close(descriptor_);
}

bool FileArchive::read(std::uint64_t offset, std::span<char> room) const
{
    while (!room.empty()) {
        const auto count = ::pread(descriptor_, room.data(), room.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(path_);
        if (count == 0) return false;
        offset += static_cast<std::uint64_t>(count);
        room = room.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

} // namespace azukari::sheet
