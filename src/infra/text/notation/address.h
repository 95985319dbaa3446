// Addresses in any notation in one comparable form: 東京都新宿区西新宿二丁目8番1号　コーポ若葉201号室 and
// 西新宿２ー８ー１ コーポ若葉-201 are one. Only ever compared.
#pragma once

#include "infra/text/notation/name_folding.h"

#include <string>
#include <string_view>

namespace azukari::text {

struct Address {
    std::u16string prefecture;   // 東京都; empty when not written
    std::u16string municipality; // 新宿区, 横浜市中区, 西多摩郡瑞穂町; empty when not written
    std::u16string town;         // without 大字, 字 and blanks
    std::u16string numbers;      // 2-8-1; empty when there are none
    std::u16string building;     // without blanks
    std::u16string room;         // 201
    bool operator==(const Address&) const = default;
};

Address read_address(std::string_view utf8, const NameFolding& folding);

// Town, numbers, building and room as one line, parts divided by one space, in which a part of an address can be
// looked for. Prefecture and municipality stand in front when they were written.
std::u16string line_of(const Address& address);

// Same town, and numbers of which one goes on where the other ends (2-8 and 2-8-1); never two addresses with no
// numbers.
bool same_place(const Address& a, const Address& b);

} // namespace azukari::text
