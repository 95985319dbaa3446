// 校正紙: every page of every category with frames around its fields, each filled with the longest
// value that the recipients' file allows; and a list of what will not fit or cannot be set, before
// anything is printed. Nobody's information is in it.
#pragma once

#include "infra/pdf/document.h"
#include "programmes/guidance/letters/letter_layout.h"

namespace azukari::guidance {

struct ProofFinding {
    std::string page;  // "受診勧奨通知 1枚目"; several categories that share it are named together
    std::string field; // as the layout writes it: "{name}　様"
    std::string what;  // in Japanese
    bool operator==(const ProofFinding&) const = default;
};

struct Proof {
    std::size_t pages = 0, fields = 0; // looked at; the summary's pages not counted
    std::vector<ProofFinding> findings;
};

// `columns` is what the layout was read with.
Proof write_proof(const pdf::FontBook& fonts, const LetterLayout& layout, const RecipientLayout& columns,
                  pdf::Sink& sink);

} // namespace azukari::guidance
