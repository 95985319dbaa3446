// 回収の確認: after the contract the ward collects what it entrusted, thing by thing, and finds whether anything is missing.
// The list comes out of the register, the copy ledger and the documents that are kept. [K64]
#pragma once

#include "base/id.h"
#include "base/instant.h"

#include <optional>
#include <string>
#include <vector>

namespace azukari::restitution {

enum class Answer : std::uint8_t { collected, destroyed, kept, missing };
std::string_view code_of(Answer answer);
std::string_view japanese(Answer answer);
std::optional<Answer> answer_of(std::string_view code);

struct Thing {            // something that was entrusted
    std::string key;      // stable, opaque: "copy:0190…", "media:1"
    std::string kind;     // 登録の記録媒体, 持出しの写し, 書類
    std::string name;     // for people
    std::string state;    // what the records say of it, in words
    bool settled = false; // the records say that it came back or is gone
};

struct Finding {
    std::string thing;
    Answer answer;
    std::string note;
    Instant at;
    StaffId by;
};

struct Collection {
    std::size_t things = 0, found = 0, missing = 0;
    bool complete() const { return things > 0 && found == things && missing == 0; }
};
// `findings`: the last of each thing.
Collection count(const std::vector<Thing>& things, const std::vector<Finding>& findings);
const Finding* finding_of(const std::vector<Finding>& findings, std::string_view thing);

} // namespace azukari::restitution
