// The lowest level of a PDF file (ISO 32000-1, 7.5): numbered objects, streamed as they come, and
// the table of where each one begins. The same calls give the same bytes.
#pragma once

#include "infra/pdf/file/deflater.h"
#include "infra/pdf/sink.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::pdf {

using ObjectId = std::uint32_t;

class ObjectWriter {
public:
    explicit ObjectWriter(Sink& sink);

    ObjectId reserve();
    // `body` is the object's text, e.g. "<</Type/Catalog>>". Each reserved id is written exactly
    // once.
    void object(ObjectId id, std::string_view body);
    // `entries` are dictionary entries besides /Length and /Filter.
    void stream(ObjectId id, std::string_view entries, std::string_view raw);
    void deflated_stream(ObjectId id, std::string_view entries, std::string_view deflated);
    // A stream as it stands; how it is packed, if it is, its entries say.
    void ready_stream(ObjectId id, std::string_view entries, std::string_view bytes);
    // Writes the cross-reference table and the trailer. Nothing may follow.
    void finish(ObjectId catalog, ObjectId info);

    std::uint64_t bytes_written() const { return position_ + buffer_.size(); }

private:
    void begin(ObjectId id);
    void flush();
    std::string file_identifier() const;

    Sink& sink_;
    Deflater deflater_;
    std::string buffer_;
    std::string scratch_;
    std::uint64_t position_ = 0;
    std::vector<std::uint64_t> offsets_; // by object id; 0 = not written
};

// "12 0 R"
std::string reference(ObjectId id);

} // namespace azukari::pdf
