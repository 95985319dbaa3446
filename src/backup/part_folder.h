// A part on its medium. While it is made its folder has a name that nobody takes for a part's; the last step, when
// every byte is durable, gives it its own.
#pragma once

#include "backup/manifest.h"
#include "infra/seal/keystore/disk.h"
#include "infra/seal/running_digest.h"

namespace azukari::backup {

// "azukari-keys-20261124T020000-1a2b3c4d": the part, when (Japan), the end of the set's id.
std::string folder_name(Part part, SetId set, Instant made);
bool is_folder_name(Part part, std::string_view name);

// One file of a part while it is written.
class PartFile {
public:
    // Refuses kCannotWrite.
    static Result<PartFile> make(const std::filesystem::path& path);
    Result<void> add(ByteView piece);
    // Durable afterwards.
    Result<FileDigest> finish();

private:
    PartFile(std::filesystem::path path, seal::FileDescriptor file) : path_(std::move(path)), file_(std::move(file)) {}
    std::filesystem::path path_;
    seal::FileDescriptor file_;
    seal::RunningDigest digest_;
    std::uint64_t size_ = 0;
};

class PartFolder {
public:
    // Begins a part in `place`, and removes what an interrupted one left there. Refuses kNoPlace, kCannotWrite.
    static Result<PartFolder> begin(const std::filesystem::path& place, const Manifest& manifest);
    ~PartFolder(); // what was not finished is removed
    PartFolder(PartFolder&& other) noexcept
        : manifest(std::move(other.manifest)), partial_(std::exchange(other.partial_, {})), whole_(other.whole_)
    {
    }
    PartFolder& operator=(PartFolder&&) = delete;

    Result<void> write(std::string_view name, ByteView content);
    // The file of that name, made piece by piece; tell keep() of it when it is finished.
    Result<PartFile> file(std::string_view name) const { return PartFile::make(partial_ / name); }
    void keep(std::string_view name, FileDigest digest) { manifest.files[std::string(name)] = std::move(digest); }

    // Adds the manifest as signed, and gives the folder its name; returns it.
    Result<std::filesystem::path> finish(const std::function<ledger::note::SignedNote(std::string)>& sign);

    Manifest manifest; // grows with the files

private:
    PartFolder(Manifest begun, std::filesystem::path partial, std::filesystem::path whole)
        : manifest(std::move(begun)), partial_(std::move(partial)), whole_(std::move(whole))
    {
    }
    std::filesystem::path partial_, whole_;
};

// Overwrites and removes a part's files and its folder; what an interrupted removal left is no part any more. Refuses
// kCannotWrite.
Result<void> destroy_part(const std::filesystem::path& folder);

// The same for anything below a folder, and the folder itself; nothing when it is not there.
Result<void> shred(const std::filesystem::path& folder);

} // namespace azukari::backup
