// Where the bytes of a file come from, piece by piece.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace azukari::text {

class Source {
public:
    virtual ~Source() = default;
    // Fills at most `room`; 0 only at the end. Throws Fault when the file cannot be read.
    virtual std::size_t read(std::span<char> room) = 0;
};

class TextSource final : public Source { // over bytes that are already in memory, and stay there
public:
    explicit TextSource(std::string_view bytes) : rest_(bytes) {}
    std::size_t read(std::span<char> room) override;

private:
    std::string_view rest_;
};

class FileSource final : public Source {
public:
    explicit FileSource(const std::string& path);
    ~FileSource() override;
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    std::size_t read(std::span<char> room) override;
    std::uint64_t size() const { return size_; }
    std::uint64_t position() const { return position_; }

private:
    std::string path_;
    int descriptor_;
    std::uint64_t size_ = 0, position_ = 0;
};

} // namespace azukari::text
