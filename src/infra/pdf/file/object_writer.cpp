#include "infra/pdf/file/object_writer.h"

#include "base/check.h"

#include <fmt/format.h>

namespace azukari::pdf {

namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

} // namespace

ObjectWriter::ObjectWriter(Sink& sink) : sink_(sink), offsets_(1, 0)
{
    buffer_.reserve(kBufferBytes + 64 * 1024);
    buffer_ += "%PDF-1.7\n%\xE9\xA0\x90\xE3\n"; // four bytes above 127 tell transfer programs that this is binary
}

ObjectId ObjectWriter::reserve()
{
    offsets_.push_back(0);
    return static_cast<ObjectId>(offsets_.size() - 1);
}

void ObjectWriter::begin(ObjectId id)
{
    AZK_CHECK(id > 0 && id < offsets_.size() && offsets_[id] == 0);
    if (buffer_.size() >= kBufferBytes) flush();
    offsets_[id] = bytes_written();
    fmt::format_to(std::back_inserter(buffer_), "{} 0 obj\n", id); // the line's end is PDF/A's wish
}

void ObjectWriter::flush()
{
    sink_.write(buffer_);
    position_ += buffer_.size();
    buffer_.clear();
}

void ObjectWriter::object(ObjectId id, std::string_view body)
{
    begin(id);
    buffer_ += body;
    buffer_ += "\nendobj\n";
}

void ObjectWriter::stream(ObjectId id, std::string_view entries, std::string_view raw)
{
    scratch_.clear();
    deflater_.deflate_into(scratch_, raw);
    deflated_stream(id, entries, scratch_);
}

void ObjectWriter::deflated_stream(ObjectId id, std::string_view entries, std::string_view deflated)
{
    ready_stream(id, fmt::format("{}/Filter/FlateDecode", entries), deflated);
}

void ObjectWriter::ready_stream(ObjectId id, std::string_view entries, std::string_view bytes)
{
    begin(id);
    fmt::format_to(std::back_inserter(buffer_), "<<{}/Length {}>>stream\n", entries, bytes.size());
    buffer_ += bytes;
    buffer_ += "\nendstream\nendobj\n";
}

// The identifier must differ between different files and may not depend on the clock: it is drawn
// from the layout of the whole file (FNV-1a over every offset, twice).
std::string ObjectWriter::file_identifier() const
{
    std::uint64_t a = 0xcbf29ce484222325ULL;
    std::uint64_t b = 0x84222325cbf29ce4ULL;
    for (const auto offset : offsets_) {
        a = (a ^ offset) * 0x100000001b3ULL;
        b = (b + offset) * 0x100000001b3ULL;
    }
    return fmt::format("{:016X}{:016X}", a, b);
}

void ObjectWriter::finish(ObjectId catalog, ObjectId info)
{
    const std::uint64_t table = bytes_written();
    fmt::format_to(std::back_inserter(buffer_), "xref\n0 {}\n0000000000 65535 f \n", offsets_.size());
    for (std::size_t id = 1; id < offsets_.size(); ++id) {
        AZK_CHECK(offsets_[id] != 0);
        fmt::format_to(std::back_inserter(buffer_), "{:010} 00000 n \n", offsets_[id]);
        if (buffer_.size() >= kBufferBytes) flush();
    }
    const auto identifier = file_identifier();
    fmt::format_to(std::back_inserter(buffer_),
                   "trailer<</Size {}/Root {}/Info {}/ID[<{}><{}>]>>\nstartxref\n{}\n%%EOF\n", offsets_.size(),
                   reference(catalog), reference(info), identifier, identifier, table);
    flush();
}

std::string reference(ObjectId id)
{
    return fmt::format("{} 0 R", id);
}

} // namespace azukari::pdf
