// 確認記録票 as a value: one hand-over with the names and labels that stand on it, the text both sides sign, and what the
// sides said about it.
#pragma once

#include "custody/custody.h"

namespace azukari::custody {

struct RecordLine {
    ThingId thing;
    std::string label;
    std::string words; // 電磁的媒体（USBメモリ 製造番号 1234）
    std::string content;
    std::int64_t quantity;
    std::string unit;
};

struct RecordSignature {
    Side side;
    std::string name;
    Instant at;
    bool holds; // it is under the text as it stands now
};

struct Resolution { // 経緯と措置: how one side closes a dispute
    Side side;
    std::string name;
    Instant at;
    std::string words;
};

struct Dispute {         // 相違の申出
    std::int64_t number; // within the record, from 1
    Side side;
    std::string name;
    Instant at;
    std::string reason;
    std::optional<Instant> settled{}; // when the record was corrected or withdrawn
    std::string outcome{};
    std::vector<Resolution> resolutions{}; // one of each side at most, in their order

    // Until both sides have written how it came about and what was done.
    bool is_open() const { return resolutions.size() < 2; }
    const Resolution* resolution(Side of) const;
};

struct Record {
    HandOver hand_over;
    EntrustmentId entrustment;
    std::int64_t number = 0;
    std::string giver, receiver, carrier; // names as they were
    std::string recorded_by;
    Instant recorded_at{};
    std::vector<RecordLine> lines;
    std::vector<RecordSignature> signatures;
    std::vector<Dispute> disputes;

    // Both sides have signed this very text.
    bool holds() const;
    const RecordSignature* signature(Side side) const;
    const Dispute* open_dispute() const; // the first that is open, or nullptr
};

// The same record gives the same text; a changed letter or number gives another.
std::string text_of(const Record& record);
std::string digest_of(const Record& record); // SHA-256 of the text, lower-case hex

} // namespace azukari::custody
