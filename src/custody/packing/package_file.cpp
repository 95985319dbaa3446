#include "custody/packing/package_file.h"

#include "custody/custody_refusals.h"
#include "infra/sheet/archive_mark.h"
#include "infra/sheet/zip_directory.h"
#include "infra/sheet/zip_reader.h"

namespace azukari::custody {
namespace {

constexpr sheet::ZipLimits kDocument{.members = 5'000, .total_bytes = std::uint64_t{512} << 20};
constexpr std::string_view kLockedDocument = "\xd0\xcf\x11\xe0"; // with a password of its own: no ZIP, but OLE

// Reads it to its end: a directory may promise less than there is.
Result<void> read_through(std::string_view content)
{
    const sheet::TextArchive archive(content);
    AZK_TRY(const auto reader, sheet::ZipReader::open(archive, kDocument));
    for (const auto& member : reader.members()) AZK_REQUIRE(reader.read(member, nullptr, [](std::string_view) {}));
    return {};
}

} // namespace

Result<void> check_file(std::string_view name, std::string_view content)
{
    if (content.empty()) return refuse_field("files", kEmptyFile, std::string(name));
    if (!sheet::check_name(name, 1) || name.find('/') != std::string_view::npos)
        return refuse_field("files", kFileName, std::string(name));
    const bool document = sheet::is_document(name), locked = content.starts_with(kLockedDocument);
    if (!document && sheet::is_archive(content.substr(0, sheet::kArchiveMark)))
        return refuse_field("files", kArchiveFile, std::string(name));
    if (!document || locked) return {};
    const auto sound = read_through(content);
    if (!sound) return refuse_field("files", kUnsafeDocument, std::string(name), sound.error().sentence());
    return {};
}

} // namespace azukari::custody
