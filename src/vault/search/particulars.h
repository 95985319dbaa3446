// What a person can be looked for by, as it was opened from the vault: name, reading, birth date and so on, as written.
#pragma once

#include "base/id.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::search {

enum class Facet : std::uint8_t { name, reading, birth, telephone, address, number, mail };
inline constexpr std::size_t kFacets = 7;

constexpr std::string_view japanese(Facet facet)
{
    constexpr std::array<std::string_view, kFacets> kWords = {"氏名", "フリガナ", "生年月日",      "電話番号",
                                                              "住所", "番号",     "メールアドレス"};
    return kWords[static_cast<std::size_t>(facet)];
}

struct Particular {
    Facet facet;
    std::string text; // as it was written, in any notation
};

struct Person {
    SubjectId id;
    std::vector<Particular> particulars; // a facet may come more than once: two telephones, a former name
};

} // namespace azukari::search
