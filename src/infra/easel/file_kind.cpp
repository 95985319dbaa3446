#include "infra/easel/file_kind.h"

#include <algorithm>

namespace azukari::easel {

using namespace std::string_view_literals;

std::optional<FileKind> kind_of(ByteView content)
{
    const auto text = as_text(content);
    if (text.starts_with("\xFF\xD8\xFF"sv)) return FileKind::jpeg;
    if (text.starts_with("\x89PNG\r\n\x1A\n"sv)) return FileKind::png;
    // Classic TIFF in both byte orders, and BigTIFF.
    for (const auto mark : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})
        if (text.starts_with(mark)) return FileKind::tiff;
    if (text.substr(0, 1024).find("%PDF-") != std::string_view::npos) return FileKind::pdf;
    return std::nullopt;
}

std::string_view code_of(FileKind kind)
{
    switch (kind) {
    case FileKind::pdf:
        return "pdf";
    case FileKind::jpeg:
        return "jpeg";
    case FileKind::png:
        return "png";
    case FileKind::tiff:
        return "tiff";
    }
    return {};
}

std::optional<FileKind> kind_named(std::string_view code)
{
    for (const auto kind : {FileKind::pdf, FileKind::jpeg, FileKind::png, FileKind::tiff})
        if (code_of(kind) == code) return kind;
    return std::nullopt;
}

std::string_view japanese(FileKind kind)
{
    switch (kind) {
    case FileKind::pdf:
        return "PDF";
    case FileKind::jpeg:
        return "写真・画像（JPEG）";
    case FileKind::png:
        return "画像（PNG）";
    case FileKind::tiff:
        return "FAX・画像（TIFF）";
    }
    return {};
}

} // namespace azukari::easel
