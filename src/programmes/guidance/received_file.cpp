#include "programmes/guidance/received_file.h"

#include "infra/sheet/zip_reader.h"

#include <algorithm>

namespace azukari::guidance {
namespace {

bool is_csv(const sheet::ZipMember& member)
{
    std::string name = member.name;
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name.ends_with(".csv") || name.ends_with(".txt");
}

} // namespace

bool is_zip(std::string_view content)
{
    return content.starts_with("PK\x03\x04") || content.starts_with("PK\x05\x06");
}

Result<std::string> open_received(std::string content, const SecretText& password)
{
    const bool typed = !password.reveal().empty();
    if (!is_zip(content)) {
        if (typed) return refuse_field("password", kPasswordNotNeeded);
        return content;
    }
    if (!typed) return refuse_field("password", kZipPasswordExpected);
    constexpr std::uint64_t kMost = std::uint64_t{512} << 20; // a million recipients take about 300 MB
    const sheet::TextArchive archive(content);
    AZK_TRY(const auto zip, sheet::ZipReader::open(archive, {.total_bytes = kMost}));
    const auto& members = zip.members();
    const auto count = std::ranges::count_if(members, is_csv);
    if (count != 1) return refuse(kOneCsvExpected, std::to_string(count));
    auto csv = zip.read_whole(*std::ranges::find_if(members, is_csv), &password);
    if (!csv && csv.error().is(sheet::kWrongPassword)) return tl::unexpected(csv.error().at_field("password"));
    return csv;
}

} // namespace azukari::guidance
