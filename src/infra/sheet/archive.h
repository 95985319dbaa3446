// The bytes of an archive, wherever they lie: a ZIP is read from its end.
#pragma once

#include "base/bytes.h"

#include <string>

namespace azukari::sheet {

class Archive {
public:
    virtual ~Archive() = default;
    virtual std::uint64_t size() const = 0;
    // Fills `room` from `offset` on; false when the archive ends before. Throws Fault when it cannot be read.
    virtual bool read(std::uint64_t offset, std::span<char> room) const = 0;

    // `size` bytes from `offset` on; shorter, empty as a rule, when the archive ends before.
    std::string text(std::uint64_t offset, std::size_t size) const;
};

class TextArchive final : public Archive { // over bytes that are already in memory, and stay there
public:
    explicit TextArchive(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t size() const override { return bytes_.size(); }
    bool read(std::uint64_t offset, std::span<char> room) const override;

private:
    std::string_view bytes_;
};

class FileArchive final : public Archive {
public:
    explicit FileArchive(const std::string& path);
    ~FileArchive() override;
    FileArchive(const FileArchive&) = delete;
    FileArchive& operator=(const FileArchive&) = delete;
    std::uint64_t size() const override { return size_; }
    bool read(std::uint64_t offset, std::span<char> room) const override;

private:
    std::string path_;
    int descriptor_;
    std::uint64_t size_ = 0;
};

} // namespace azukari::sheet
