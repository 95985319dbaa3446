// What a file is, by its content alone: its name and what the browser says of it are not asked.
#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace azukari::easel {

enum class FileKind : std::uint8_t { pdf, jpeg, png, tiff };

// By the first bytes; a PDF may have up to 1 kB before its header, as readers allow. Nothing for anything else.
std::optional<FileKind> kind_of(ByteView content);

std::string_view code_of(FileKind kind); // "pdf": stays
std::optional<FileKind> kind_named(std::string_view code);
std::string_view japanese(FileKind kind); // 「PDF」

} // namespace azukari::easel
