#include "backup/part_folder.h"

#include "backup/backup_refusals.h"
#include "base/system_cause.h"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace azukari::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPartial = ".partial";
constexpr std::size_t kPiece = 1 << 20;

tl::unexpected<Refusal> cannot_write(const fs::path& path)
{
    const auto reason = cause_of(errno);
    return refuse(kCannotWrite, path.string(), reason);
}

Result<void> sync_folder(const fs::path& folder)
{
    const seal::FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened || ::fsync(opened.get()) != 0) return cannot_write(folder);
    return {};
}

Result<void> write_all(int file, const fs::path& path, ByteView piece)
{
    while (!piece.empty()) {
        const auto wrote = ::write(file, piece.data(), piece.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return cannot_write(path);
        piece = piece.subspan(static_cast<std::size_t>(wrote));
    }
    return {};
}

// As far as the file system lets us: the same blocks, overwritten.
Result<void> overwrite(const fs::path& path)
{
    std::error_code error;
    auto left = fs::file_size(path, error);
    const seal::FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    if (error || !file) return cannot_write(path);
    const Bytes nothing(kPiece);
    while (left > 0) {
        const auto size = std::min<std::uint64_t>(left, nothing.size());
        AZK_REQUIRE(write_all(file.get(), path, ByteView(nothing).first(size)));
        left -= size;
    }
    if (::fsync(file.get()) != 0) return cannot_write(path);
    return {};
}

Result<void> destroy_files(const fs::path& folder)
{
    std::error_code error;
    for (const auto& file : fs::directory_iterator(folder, error)) {
        if (file.is_regular_file() && !file.is_symlink()) AZK_REQUIRE(overwrite(file.path()));
        fs::remove(file.path(), error);
        if (error) return refuse(kCannotWrite, file.path().string(), cause_of(error));
    }
    if (error) return refuse(kCannotWrite, folder.string(), cause_of(error));
    fs::remove(folder, error);
    if (error) return refuse(kCannotWrite, folder.string(), cause_of(error));
    return sync_folder(folder.parent_path());
}

std::string beginning_of(Part part)
{
    return fmt::format("azukari-{}-", code_of(part));
}

} // namespace

std::string folder_name(Part part, SetId set, Instant made)
{
    auto when = to_iso(made).substr(0, 19);
    std::erase_if(when, [](char c) { return c == '-' || c == ':'; });
    return beginning_of(part) + when + "-" + set.text().substr(28);
}

bool is_folder_name(Part part, std::string_view name)
{
    return name.starts_with(beginning_of(part)) && name.size() == beginning_of(part).size() + 15 + 1 + 8;
}

Result<PartFile> PartFile::make(const fs::path& path)
{
    seal::FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return cannot_write(path);
    return PartFile(path, std::move(file));
}

Result<void> PartFile::add(ByteView piece)
{
    digest_.add(piece);
    size_ += piece.size();
    return write_all(file_.get(), path_, piece);
}

Result<FileDigest> PartFile::finish()
{
    if (::fsync(file_.get()) != 0) return cannot_write(path_);
    return FileDigest{size_, hex(digest_.finish())};
}

Result<PartFolder> PartFolder::begin(const fs::path& place, const Manifest& manifest)
{
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(place, error)) {
        const auto name = entry.path().filename().string();
        if (name.ends_with(kPartial) && is_folder_name(manifest.part, name.substr(0, name.size() - kPartial.size())))
            AZK_REQUIRE(destroy_files(entry.path()));
    }
    if (error) return refuse(kNoPlace, place.string(), cause_of(error));
    const auto whole = place / folder_name(manifest.part, manifest.set, manifest.made);
    const auto partial = fs::path(whole.string() + std::string(kPartial));
    fs::create_directory(partial, error);
    if (!error) fs::permissions(partial, fs::perms::owner_all, error);
    if (error) return refuse(kCannotWrite, partial.string(), cause_of(error));
    return PartFolder(manifest, partial, whole);
}

PartFolder::~PartFolder()
{
    std::error_code error;
    if (!partial_.empty()) fs::remove_all(partial_, error);
}

Result<void> PartFolder::write(std::string_view name, ByteView content)
{
    AZK_TRY(auto written, file(name));
    AZK_REQUIRE(written.add(content));
    AZK_TRY(auto digest, written.finish());
    keep(name, std::move(digest));
    return {};
}

Result<fs::path> PartFolder::finish(const std::function<ledger::note::SignedNote(std::string)>& sign)
{
    const auto signed_text = sign(text_of(manifest)).whole();
    AZK_TRY(auto written, file(kManifest));
    AZK_REQUIRE(written.add(as_bytes(signed_text)));
    AZK_REQUIRE(written.finish());
    AZK_REQUIRE(sync_folder(partial_));
    std::error_code error;
    fs::rename(partial_, whole_, error);
    if (error) return refuse(kCannotWrite, whole_.string(), cause_of(error));
    partial_.clear();
    AZK_REQUIRE(sync_folder(whole_.parent_path()));
    return whole_;
}

Result<void> destroy_part(const fs::path& folder)
{
    const auto partial = fs::path(folder.string() + std::string(kPartial));
    std::error_code error;
    fs::rename(folder, partial, error);
    if (error) return refuse(kCannotWrite, folder.string(), cause_of(error));
    return destroy_files(partial);
}

Result<void> shred(const fs::path& folder)
{
    std::error_code error;
    if (!fs::exists(folder, error)) return {};
    for (const auto& entry : fs::recursive_directory_iterator(folder, error))
        if (entry.is_regular_file() && !entry.is_symlink()) AZK_REQUIRE(overwrite(entry.path()));
    fs::remove_all(folder, error);
    if (error) return refuse(kCannotWrite, folder.string(), cause_of(error));
    return {};
}

} // namespace azukari::backup
