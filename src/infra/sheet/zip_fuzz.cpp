// Whatever the bytes, the reader refuses or reads within its limits; and what it reads, written again, reads the same.
#include "infra/sheet/zip_reader.h"
#include "infra/sheet/zip_writer.h"

#include "base/check.h"

using namespace azukari;
using namespace azukari::sheet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ZipLimits limits{.members = 16, .total_bytes = 1 << 20, .ratio = 100, .ratio_from = 1 << 12};
    const TextArchive archive(as_text(ByteView(data, size)));
    const auto reader = ZipReader::open(archive, limits);
    if (!reader) return 0;
    const SecretText password("RW3D-7HKA");
    std::uint64_t total = 0;
    ZipWriter writer;
    std::string again;
    std::vector<std::string> contents;
    for (const auto& member : reader->members()) {
        AZK_CHECK(member.name.find("..") == std::string::npos || member.name.find('/') == std::string::npos ||
                  (member.name.find("/../") == std::string::npos && !member.name.starts_with("../")));
        const auto content = reader->read_whole(member, member.encrypted ? &password : nullptr);
        if (!content) continue;
        total += content->size();
        AZK_CHECK(content->size() == member.size && total <= limits.total_bytes);
        contents.push_back(*content);
        writer.add(again, std::to_string(contents.size()), *content);
    }
    writer.finish(again);
    const TextArchive rewritten(again);
    const auto second = ZipReader::open(rewritten, {.ratio = 2000});
    AZK_CHECK(second && second->members().size() == contents.size());
    for (std::size_t i = 0; i < contents.size(); ++i)
        AZK_CHECK(second->read_whole(second->members()[i], nullptr).value() == contents[i]);
    return 0;
}
