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

// Writes beside the target and renames in close(): a paper under its name is always whole. A sink that goes away without
// close() removes what it wrote. Only the owner may read the file.
class FileSink final : public Sink {
public:
    explicit FileSink(const std::string& path);
    ~FileSink() override;
    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;

    void write(std::string_view bytes) override;
    void close(); // durable when it returns

private:
    std::string path_;
    std::string partial_;
    int descriptor_;
};

} // namespace azukari::pdf
