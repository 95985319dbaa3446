// Whether a file is an archive, by what it begins with: what stands in its name is only what somebody wrote there.
#pragma once

#include <cstddef>
#include <string_view>

namespace azukari::sheet {

inline constexpr std::size_t kArchiveMark = 8; // how much of the beginning tells it

// ZIP, 7z, RAR, gzip, bzip2, xz, LHA.
bool is_archive(std::string_view begins);
// Named as a document whose format is a ZIP: what Excel, Word, PowerPoint and LibreOffice write. Whoever opens it has
// limits of its own.
bool is_document(std::string_view name);
// What begins as an archive and is none to people: such a document, or a picture of Word (.emz, .wmz).
bool is_expected(std::string_view name, std::string_view begins);

} // namespace azukari::sheet
