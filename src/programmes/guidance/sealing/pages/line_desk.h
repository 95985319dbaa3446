// The desk itself: what stands on the page between two scans. The same markup answers a script, which puts it in place
// without loading a page, and a browser without scripts.
#pragma once

#include "programmes/guidance/sealing/balance.h"
#include "programmes/guidance/sealing/line.h"
#include "programmes/guidance/sealing/pages/sealing_frame.h"

namespace azukari::guidance::sealing_pages {

// What the command cards say when they are scanned.
inline constexpr std::string_view kSealCommand = "AZUKARI-SEAL", kBackCommand = "AZUKARI-BACK";

enum class Stage : std::uint8_t {
    reading, // waits for a paper
    yes,     // the papers agree: fill, seal
    no,      // they do not: nothing goes into an envelope
};

struct Desk {
    Stage stage = Stage::reading;
    std::vector<std::string> papers{}; // reading: texts of the codes read so far
    unsigned wanted = 0;               // papers of this letter; 0: not known yet
    std::string label{};               // "C-00012"
    std::optional<Category> category{};
    std::vector<ItemVerdict> items{};
    std::string why{};                // no: the sentence
    std::string word{};               // a remark: what was just done, or why nothing was
    bool heeds = false;               // the remark is a warning
    std::vector<InsertStock> stock{}; // yes: of the inserts to fill, in the order of filling
};

std::string_view code_of(Stage stage); // "reading", "yes", "no"
html::Html desk_form(const office::Visit& visit, const Batch& batch, const Desk& desk);

} // namespace azukari::guidance::sealing_pages
