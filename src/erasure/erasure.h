// 消去: destroying what is known of a person, of everybody in a batch, or in an entrustment, so that nobody can read it
// again. Keys are destroyed first: from then on nothing can be opened, whatever else still stands somewhere. [K61]
#pragma once

#include "approval/approval.h"
#include "base/id.h"
#include "base/instant.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace azukari::erasure {

using ErasureId = Id<struct ErasureNoun>;

// `everyone`: all persons, while the entrustment goes on (次年度以降も同様); `entrustment`: its own key goes as well, and
// nothing can be taken in any more.
enum class TargetKind : std::uint8_t { person, batch, everyone, entrustment };
struct Target {
    TargetKind kind;
    std::string object; // id of the person, the batch, or the entrustment
    bool operator==(const Target&) const = default;
};
std::string_view code_of(TargetKind kind);
std::string_view japanese(TargetKind kind);

enum class Cause : std::uint8_t { no_longer_needed, period_over, work_finished, contract_ended };
std::string_view code_of(Cause cause);
std::string_view japanese(Cause cause);
std::optional<Cause> cause_of(std::string_view code);

// What would be destroyed, counted: this is what is approved.
struct Scale {
    std::int64_t subjects = 0;
    std::string subjects_digest;              // SHA-256 over their ids in ascending order, hex
    std::int64_t keys = 0;                    // of them, those that are alive
    std::string keys_digest;                  // SHA-256 over the ids of these keys, in the order of the persons, hex
    std::map<std::string, std::int64_t> rows; // by table
    bool operator==(const Scale&) const = default;
};

// The steps in their order. Each is durable before the next begins; `begun` says so before anything is destroyed.
enum class Step : std::uint8_t { begun, keys, rows, elsewhere, scrubbed, checked };
inline constexpr int kSteps = 6;
std::string_view japanese(Step step);

struct Done {
    Step step;
    Instant at;
    std::optional<StaffId> by; // nothing: the house itself, going on after an interruption
    std::uint64_t seq;         // of the ledger's entry
    std::int64_t number;       // keys, rows, places; for `checked` what was still found
    std::uint64_t generation;  // of the keystore after the step
    std::uint32_t epoch;
};

enum class Stage : std::uint8_t { carried_out, confirmed }; // 実施, 確定
std::string_view code_of(Stage stage);
std::string_view japanese(Stage stage);

struct Certificate {
    Stage stage;
    Instant issued_at;
    std::string note; // C2SP signed note
    std::uint64_t seq;
};

struct Erasure {
    ErasureId id;
    EntrustmentId entrustment;
    Target target;
    Cause cause;
    Instant planned_at;
    StaffId planned_by;
    approval::ApprovalId approval;
    Scale scale;
    std::optional<Instant> withdrawn_at{};
    std::vector<Done> done{}; // in the order of the steps
    std::vector<Certificate> certificates{};
    std::optional<Instant> acknowledged_at{}; // by the ward, last
    std::optional<StaffId> acknowledged_by{};

    const Done* find(Step step) const;
    const Certificate* find(Stage stage) const;
};

enum class State : std::uint8_t {
    planned,     // 計画: waits for approval, or to be begun
    withdrawn,   // 取下げ
    under_way,   // 消去の途中: something may be destroyed and something not; never called erased
    unchecked,   // 消去した、確かめるのはこれから
    failed,      // 不完了: the check found something
    carried_out, // 実施
    confirmed,   // 確定
};
State state_of(const Erasure& erasure);
std::string_view japanese(State state);
// The step to do next by the house itself; nothing when all of them are done or none was begun.
std::optional<Step> next_step(const Erasure& erasure);

} // namespace azukari::erasure
