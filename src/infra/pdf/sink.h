// Where the bytes of a paper go, piece by piece.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace azukari::pdf {

class Sink {
public:
    virtual ~Sink() = default;
    // Throws Fault when the world cannot take the bytes (disk full, pipe closed).
    virtual void write(std::string_view bytes) = 0;
};

class TextSink final : public Sink {
public:
    void write(std::string_view bytes) override { bytes_ += bytes; }
    const std::string& bytes() const { return bytes_; }
    std::string take() && { return std::move(bytes_); }

private:
    std::string bytes_;
};

// A file that has no name until close(): a paper under its name is always whole, and one that is
// given up, or whose process is killed, leaves nothing behind. Only the owner may read it.
class FileSink final : public Sink {
public:
    explicit FileSink(const std::string& path);
    ~FileSink() override;
    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;

    void write(std::string_view bytes) override;
    void close(); // durable when it returns; replaces a file of that name

private:
    std::string path_, directory_;
    int descriptor_;
};

} // namespace azukari::pdf
