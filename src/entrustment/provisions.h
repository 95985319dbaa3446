// 特記事項: the clauses that a contract binds the contractor (乙) and the ward (甲) to.
#pragma once

#include "entrustment/entrustment.h"

#include <map>
#include <span>

namespace azukari::entrustment {

struct Clause { // 項
    std::int64_t number = 0;
    std::string heading; // （秘密の保持）; clauses that follow under the same heading repeat it
    std::string text;    // lines beginning with "(1)" or "ア" are sub-items
    std::string owed_by; // 受託者 or 区
    std::vector<std::string> duties;
    std::string evidence; // code of what shows that it was kept: "roster", "erasure_certificate"
    bool operator==(const Clause&) const = default;
};

struct Catalogue {
    std::string code; // "toku21"
    std::string name;
    std::string law; // the ordinance or act it stands on
    std::vector<Clause> clauses;
    bool operator==(const Catalogue&) const = default;
};

using Catalogues = std::map<std::string, Catalogue, std::less<>>;

// The clauses as this contract words them. The catalogue must be the attached one.
std::vector<Clause> clauses_of(const Catalogue& catalogue, const AttachedProvisions& attached);
// 名簿, 消去証明書 …: what a code of evidence means to people; empty for a code that does not exist.
std::string_view evidence_in_japanese(std::string_view code);
std::span<const std::string_view> evidence_codes();

} // namespace azukari::entrustment
