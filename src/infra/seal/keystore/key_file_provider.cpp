#include "infra/seal/keystore/key_file_provider.h"

#include "base/fault.h"
#include "infra/seal/encoding.h"
#include "infra/seal/key_arena.h"
#include "infra/seal/keystore/disk.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace azukari::seal {
namespace {

constexpr std::string_view kPrefix = "azukari-key-1 ";
constexpr std::size_t kFileSize = kPrefix.size() + 44 + 1;
constexpr std::uint8_t kFormat = 1;

[[noreturn]] void fail(std::string_view what, const std::filesystem::path& path)
{
    throw Fault(fmt::format("鍵ファイル {} を{}({})。", path.string(), what, std::strerror(errno)));
}

Result<Key256> read_key(const std::filesystem::path& path)
{
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file) return refuse(kNoKeyFile, path.string());
    struct stat found {};
    if (::fstat(file.get(), &found) != 0) fail("調べられません", path);
    if (!S_ISREG(found.st_mode)) return refuse(kNotKeyFile, path.string());
    if ((found.st_mode & 0377) != 0) return refuse(kLooseKeyFile, path.string());
    if (found.st_uid != ::geteuid() && found.st_uid != 0) return refuse(kForeignKeyFile, path.string());
    SecretText line(std::string(kFileSize + 1, '\0'));
    auto* const into = const_cast<char*>(line.reveal().data());
    const auto got = ::read(file.get(), into, kFileSize + 1);
    const std::string_view text(into, got > 0 ? static_cast<std::size_t>(got) : 0);
    if (text.size() != kFileSize || !text.starts_with(kPrefix) || text.back() != '\n')
        return refuse(kNotKeyFile, path.string());
    auto bytes = from_base64(text.substr(kPrefix.size(), 44));
    if (!bytes || bytes->size() != 32) return refuse(kNotKeyFile, path.string());
    Key256 key;
    std::copy(bytes->begin(), bytes->end(), key.writable().begin());
    explicit_bzero(bytes->data(), bytes->size());
    return key;
}

void sync_parent(const std::filesystem::path& path)
{
    const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const FileDescriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory || ::fsync(directory.get()) != 0) fail("置く場所に書き込めません", path);
}

void write_key(const std::filesystem::path& path, const Key256& key)
{
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0400));
    if (!file) fail("作れません", path);
    const SecretText line(fmt::format("{}{}\n", kPrefix, base64(key.reveal())));
    if (::write(file.get(), line.reveal().data(), kFileSize) != static_cast<ssize_t>(kFileSize))
        fail("書けません", path);
    if (::fsync(file.get()) != 0) fail("書けません", path);
    sync_parent(path);
}

// Overwrites the file before its name goes.
void destroy(const std::filesystem::path& path)
{
    if (::chmod(path.c_str(), 0600) != 0) {
        if (errno == ENOENT) return;
        fail("消せません", path);
    }
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    const std::string zeros(kFileSize, '0');
    if (!file || ::write(file.get(), zeros.data(), zeros.size()) != static_cast<ssize_t>(zeros.size()))
        fail("消せません", path);
    if (::fsync(file.get()) != 0 || ::unlink(path.c_str()) != 0) fail("消せません", path);
    sync_parent(path);
}

// `former` may be a second name of the file in use, when we were stopped before that one lost its
// place.
void destroy_former(const std::filesystem::path& former, const std::filesystem::path& in_use)
{
    struct stat a {
    }, b{};
    if (::lstat(former.c_str(), &a) != 0) return;
    if (::lstat(in_use.c_str(), &b) == 0 && a.st_ino == b.st_ino && a.st_dev == b.st_dev)
        ::unlink(former.c_str());
    else
        destroy(former);
}

Bytes bound_to(const Kid& kid)
{
    return Encoder().piece("azukari/1 key file").byte(kFormat).raw(kid).bytes();
}

} // namespace

Result<KeyFileProvider> KeyFileProvider::at(std::filesystem::path path)
{
    KeyFileProvider provider(std::move(path));
    if (auto key = read_key(provider.path_); !key && !(key.error().is(kNoKeyFile) && read_key(provider.next())))
        return tl::unexpected(std::move(key).error());
    return provider;
}

Result<KeyFileProvider> KeyFileProvider::fresh(std::filesystem::path path)
{
    if (std::filesystem::exists(std::filesystem::symlink_status(path))) return refuse(kKeyFileExists, path.string());
    return KeyFileProvider(std::move(path));
}

Result<Bytes> KeyFileProvider::wrap(const Key256& root, Entropy& entropy)
{
    const auto key = fresh_key(entropy);
    destroy(next()); // left by a rotation that did not come to its end
    write_key(next(), key);
    next_used_ = true;
    const auto kid = kid_of(key);
    return Encoder().byte(kFormat).raw(kid).raw(wrap_key(key, root, bound_to(kid), entropy)).bytes();
}

Result<Key256> KeyFileProvider::unwrap(ByteView wrapped)
{
    Decoder in(wrapped);
    const auto format = in.byte();
    const auto kid = in.array<8>();
    const auto root_wrapped = in.array<kWrappedSize>();
    if (format != kFormat || !in.whole() || !in.at_end()) return refuse(kUnknownFormat);
    for (const bool beside : {false, true}) {
        const auto key = read_key(beside ? next() : path_);
        if (!key && !key.error().is(kNoKeyFile)) return tl::unexpected(key.error());
        if (!key || kid_of(*key) != kid) continue;
        const auto root = unwrap_key(*key, root_wrapped, bound_to(kid));
        if (!root) return refuse(kWrongKeyFile);
        next_used_ = beside;
        return *root;
    }
    return refuse(kWrongKeyFile);
}

void KeyFileProvider::settle()
{
    destroy_former(former(), path_);
    if (!next_used_) return destroy(next());
    if (::link(path_.c_str(), former().c_str()) != 0 && errno != ENOENT) fail("残せません", path_);
    if (::rename(next().c_str(), path_.c_str()) != 0) fail("置き換えられません", path_);
    sync_parent(path_);
    next_used_ = false;
    destroy_former(former(), path_);
}

void KeyFileProvider::retire()
{
    destroy_former(former(), path_);
    destroy(next());
    destroy(path_);
}

} // namespace azukari::seal
