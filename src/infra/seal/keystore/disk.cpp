#include "infra/seal/keystore/disk.h"

#include "base/fault.h"
#include "base/system_cause.h"
#include "infra/seal/keystore/frames.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace azukari::seal {
namespace {

[[noreturn]] void fail(std::string_view what, const std::filesystem::path& path)
{
    const auto why = cause_of(errno);
    throw Fault(fmt::format("鍵の保管庫のファイル {} を{}: {}。", path.string(), what, why));
}

FileDescriptor open_file(const std::filesystem::path& path, int flags)
{
    FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) fail("開けません", path);
    return file;
}

void write_all(const FileDescriptor& file, ByteView bytes, const std::filesystem::path& path)
{
    while (!bytes.empty()) {
        const auto written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("書けません", path);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void sync_file(const FileDescriptor& file, const std::filesystem::path& path)
{
    if (::fsync(file.get()) != 0) fail("ディスクに書き込めません", path);
}

std::filesystem::path beside(const std::filesystem::path& path, std::string_view ending)
{
    return path.string() + std::string(ending);
}

} // namespace

FileDescriptor::~FileDescriptor()
{
    if (fd_ >= 0) ::close(fd_);
}

Result<KeystoreDisk> KeystoreDisk::take(const std::filesystem::path& directory, bool make, DiskStep before_step)
{
    if (make) {
        std::error_code ignored;
        std::filesystem::create_directories(directory.parent_path(), ignored);
        if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) fail("作れません", directory);
    }
    struct stat found {};
    if (::stat(directory.c_str(), &found) != 0) {
        if (errno == ENOENT) return refuse(kNoKeystore, directory.string());
        fail("調べられません", directory);
    }
    if (!S_ISDIR(found.st_mode)) return refuse(kNoKeystore, directory.string());
    if ((found.st_mode & 077) != 0 || found.st_uid != ::geteuid()) return refuse(kLooseKeystore, directory.string());
    auto lock = open_file(directory / "lock", O_RDWR | O_CREAT);
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return refuse(kKeystoreInUse, directory.string());
        fail("独り占めできません", directory);
    }
    KeystoreDisk disk(directory, std::move(lock), std::move(before_step));
    disk.clear_leftovers(kFile);
    disk.clear_leftovers(kLedgerKey);
    return disk;
}

KeystoreDisk::KeystoreDisk(std::filesystem::path directory, FileDescriptor lock, DiskStep before_step)
    : directory_(std::move(directory)), lock_(std::move(lock)), before_step_(std::move(before_step))
{
}

void KeystoreDisk::step(std::string_view name) const
{
    if (before_step_) before_step_(name);
}

bool KeystoreDisk::has(std::string_view file) const
{
    return ::access(path(file).c_str(), F_OK) == 0;
}

Bytes KeystoreDisk::read(std::string_view file) const
{
    const auto from = path(file);
    const auto descriptor = open_file(from, O_RDONLY);
    Bytes content;
    std::array<std::uint8_t, 65536> piece;
    for (;;) {
        const auto got = ::read(descriptor.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("読めません", from);
        if (got == 0) return content;
        content.insert(content.end(), piece.begin(), piece.begin() + got);
    }
}

void KeystoreDisk::sync_directory() const
{
    const auto descriptor = open_file(directory_, O_RDONLY | O_DIRECTORY);
    sync_file(descriptor, directory_);
}

// Zeros over what the file holds. A disk that writes elsewhere (SSD, snapshots) keeps the old
// blocks for a while; that is why what stood there has to be useless by itself.
void KeystoreDisk::overwrite(const std::filesystem::path& path) const
{
    const auto descriptor = open_file(path, O_WRONLY);
    const auto size = std::filesystem::file_size(path);
    write_all(descriptor, Bytes(size), path);
    sync_file(descriptor, path);
    if (::unlink(path.c_str()) != 0) fail("消せません", path);
}

// What an interrupted replacement left behind: a new file that never got its name, an old one not
// yet overwritten.
void KeystoreDisk::clear_leftovers(std::string_view file) const
{
    for (const auto* ending : {".new", ".old"}) {
        const auto left = beside(path(file), ending);
        struct stat old {
        }, current{};
        if (::lstat(left.c_str(), &old) != 0) continue;
        const bool same = ::lstat(path(file).c_str(), &current) == 0 && current.st_ino == old.st_ino;
        if (same)
            ::unlink(left.c_str()); // a second name of the file in use: stopped before the new one took over
        else
            overwrite(left);
    }
}

void KeystoreDisk::replace(std::string_view file, ByteView content)
{
    const auto target = path(file);
    const auto fresh = beside(target, ".new");
    const auto old = beside(target, ".old");
    clear_leftovers(file);
    step("write");
    {
        const auto descriptor = open_file(fresh, O_WRONLY | O_CREAT | O_EXCL);
        write_all(descriptor, content, fresh);
        step("sync");
        sync_file(descriptor, fresh);
    }
    step("keep");
    const bool had = has(file);
    if (had && ::link(target.c_str(), old.c_str()) != 0) fail("残せません", target);
    step("rename");
    certain_ = false;
    if (::rename(fresh.c_str(), target.c_str()) != 0) {
        certain_ = true;
        fail("置き換えられません", target);
    }
    step("sync directory");
    sync_directory();
    step("overwrite");
    if (had) overwrite(old);
    step("sync removal");
    sync_directory();
    certain_ = true;
}

void KeystoreDisk::append(ByteView frame)
{
    const auto target = path(kFile);
    const auto descriptor = open_file(target, O_WRONLY | O_APPEND);
    const auto before = std::filesystem::file_size(target);
    step("append");
    certain_ = false;
    if (const auto written = ::write(descriptor.get(), frame.data(), frame.size());
        written != static_cast<ssize_t>(frame.size())) {
        if (written >= 0) errno = ENOSPC; // a short write to a file is a disk that became full
        const int cause = errno;
        certain_ = ::ftruncate(descriptor.get(), static_cast<off_t>(before)) == 0;
        errno = cause;
        fail("書けません", target);
    }
    step("sync frame");
    sync_file(descriptor, target);
    step("stamp");
    write_all(descriptor, stamp_at(before + frame.size()), target);
    step("sync stamp");
    sync_file(descriptor, target);
    certain_ = true;
}

void KeystoreDisk::mend(std::size_t size, bool stamped)
{
    const auto target = path(kFile);
    const auto descriptor = open_file(target, O_WRONLY | O_APPEND);
    step("mend");
    if (::ftruncate(descriptor.get(), static_cast<off_t>(size)) != 0) fail("直せません", target);
    sync_file(descriptor, target);
    if (stamped) return;
    step("stamp again");
    write_all(descriptor, stamp_at(size), target);
    sync_file(descriptor, target);
}

} // namespace azukari::seal
