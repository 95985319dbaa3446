// The keystore's directory: whole files replaced at once, frames appended, old contents overwritten
// before they are let go.
#pragma once

#include "base/bytes.h"
#include "infra/seal/seal_refusals.h"

#include <filesystem>
#include <functional>

namespace azukari::seal {

// Called before each step that touches the disk, with the step's name; tests throw from it to act
// out a failure.
using DiskStep = std::function<void(std::string_view step)>;

class FileDescriptor {
public:
    explicit FileDescriptor(int fd = -1) : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept
    {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~FileDescriptor();
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

private:
    int fd_;
};

class KeystoreDisk {
public:
    static constexpr std::string_view kFile = "keystore.azk";
    static constexpr std::string_view kLedgerKey = "ledger.key";

    // Takes the directory for this process. `make` makes it when it is not there. Refuses
    // kNoKeystore, kLooseKeystore, kKeystoreInUse.
    static Result<KeystoreDisk> take(const std::filesystem::path& directory, bool make, DiskStep before_step);

    std::filesystem::path path(std::string_view file) const { return directory_ / file; }
    bool has(std::string_view file) const;
    Bytes read(std::string_view file) const;

    // The file holds exactly `content`, durably; what it held before is overwritten on the disk as
    // far as the disk lets us. A failure before the new file takes the name leaves everything as it
    // was; later ones leave certain() false.
    void replace(std::string_view file, ByteView content);
    // Makes `frame` durable at the end of keystore.azk, then stamps it. A failure leaves certain()
    // false, unless nothing was added.
    void append(ByteView frame);
    // Drops what follows `size` in keystore.azk, and stamps the end when it has no stamp.
    void mend(std::size_t size, bool stamped);
    // False when it is not known what the disk holds: only opening again tells.
    bool certain() const { return certain_; }

private:
    KeystoreDisk(std::filesystem::path directory, FileDescriptor lock, DiskStep before_step);
    void step(std::string_view name) const;
    void sync_directory() const;
    void overwrite(const std::filesystem::path& path) const;
    void clear_leftovers(std::string_view file) const;

    std::filesystem::path directory_;
    FileDescriptor lock_;
    DiskStep before_step_;
    bool certain_ = true;
};

} // namespace azukari::seal
