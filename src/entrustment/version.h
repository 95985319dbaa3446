// 版: an entrustment as it stood. A draft is edited; every other version is frozen for good.
#pragma once

#include "base/id.h"
#include "entrustment/entrustment.h"

namespace azukari::entrustment {

enum class VersionState : std::uint8_t {
    draft,     // 編集中
    reported,  // 報告済み
    carried,   // 年度更新: the same for another fiscal year
    completed, // 委託先決定: the contractor was not decided when it was reported
    withdrawn, // 取りやめ: a draft that was given up
};
std::string_view japanese(VersionState state);
constexpr bool is_in_force(VersionState state)
{
    return state == VersionState::reported || state == VersionState::carried || state == VersionState::completed;
}

struct VersionMark {
    std::int64_t number = 0;   // 第n版, from 1
    std::int64_t revision = 0; // of a draft, counts its changes: what two editors are told apart by
    VersionState state = VersionState::draft;
    std::optional<std::int64_t> made_from{};
    std::string reason; // for the latest change
    Instant created_at{};
    std::string created_by; // account id, or "system"
    Instant changed_at{};
    std::string changed_by;
    std::optional<Instant> settled_at{}; // when it was frozen
    std::string settled_by;
};

struct Version {
    VersionMark mark;
    Entrustment content;
};

struct VersionChange { // one change of a draft
    std::int64_t number = 0;
    std::int64_t revision = 0;
    std::string section; // "measures"
    std::string reason;
    Instant at{};
    std::string by;
};

struct WorkFlow {
    std::int64_t number = 0;
    std::string note; // what is new
    std::vector<WorkStep> steps;
    Instant published_at{};
    std::string published_by;
    std::optional<Instant> acknowledged_at{};
    std::string acknowledged_by;
};

} // namespace azukari::entrustment
