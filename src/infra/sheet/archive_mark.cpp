#include "infra/sheet/archive_mark.h"

#include <algorithm>
#include <array>

namespace azukari::sheet {

bool is_archive(std::string_view begins)
{
    constexpr std::array<std::string_view, 7> kMarks{"PK\x03\x04",
                                                     "PK\x05\x06",
                                                     "7z\xbc\xaf\x27\x1c",
                                                     "Rar!",
                                                     "\x1f\x8b\x08",
                                                     "BZh",
                                                     "\xfd"
                                                     "7zXZ"};
    return std::any_of(kMarks.begin(), kMarks.end(), [&](auto mark) { return begins.starts_with(mark); }) ||
           (begins.size() >= kArchiveMark && begins.substr(2, 3) == "-lh");
}

bool is_document(std::string_view name)
{
    constexpr std::array<std::string_view, 8> kEndings{".xlsx", ".docx", ".pptx", ".xlsm",
                                                       ".docm", ".ods",  ".odt",  ".odp"};
    return std::any_of(kEndings.begin(), kEndings.end(), [&](auto ending) { return name.ends_with(ending); });
}

bool is_expected(std::string_view name, std::string_view begins)
{
    if (begins.starts_with("PK")) return is_document(name);
    return begins.starts_with("\x1f\x8b\x08") && (name.ends_with(".emz") || name.ends_with(".wmz"));
}

} // namespace azukari::sheet
