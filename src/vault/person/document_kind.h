// 記録の種類: what kinds of records are kept about a person. A programme adds its own as data.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::vault {

struct DocumentKind {
    std::string code;
    std::string name;
    std::string entrustment{};        // code of the entrustment it belongs to; empty: of every one
    std::vector<std::string> items{}; // codes of declared items it may hold; empty: all
};

inline constexpr std::string_view kBasic = "basic"; // 基本情報: everybody has exactly one

// What every entrustment has; programmes append to it.
inline std::vector<DocumentKind> usual_kinds()
{
    return {{std::string(kBasic), "基本情報"}, {"note", "経過の記録"}};
}

inline const DocumentKind* find_kind(std::span<const DocumentKind> kinds, std::string_view code)
{
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.code == code; });
    return found == kinds.end() ? nullptr : &*found;
}

} // namespace azukari::vault
