// 名簿: who may handle the personal information of an entrustment, as the contractor names them and hands them to the
// ward (特記事項 21-13, 31-22).
#pragma once

#include "access/decision.h"

#include <string>
#include <vector>

namespace azukari::access {

using RosterEntryId = Id<struct RosterEntryNoun>;

enum class RosterState : std::uint8_t {
    proposed,  // 未提出
    submitted, // 提出済み
    withdrawn, // 外した
};

struct RosterEntry {
    RosterEntryId id;
    StaffId staff;
    RosterKind kind;
    Instant proposed;
    std::optional<Instant> submitted;
    std::optional<Instant> withdrawn;
    std::string reason; // of the withdrawal
    std::string name;
    std::string kana;
    std::optional<Instant> trained_until; // of the training passed last
    std::string proposed_by{};            // names of the people who did it, for people
    std::string withdrawn_by{};
    RosterState state() const
    {
        return withdrawn ? RosterState::withdrawn : submitted ? RosterState::submitted : RosterState::proposed;
    }
};

// One line of a roster as it was handed over: frozen.
struct RosterLine {
    StaffId staff;
    RosterKind kind;
    std::string name;
    std::string kana;
    std::string employer;
    std::optional<Instant> trained_until;
};

struct RosterVersion {
    int number = 0;
    Instant submitted{};
    std::string submitted_by; // name of the person
    std::string digest;       // SHA-256 of its lines, in hexadecimal; the ledger holds the same
    std::vector<RosterLine> lines{};
};

} // namespace azukari::access
