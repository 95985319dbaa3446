// 受渡し as it is kept: recorded by one side, signed by both, disputed, corrected or withdrawn.
#pragma once

#include "custody/custody_store.h"
#include "custody/handing/record.h"

namespace azukari::custody {

struct NewHandOver {
    Purpose purpose = Purpose::provide;
    Side from = Side::ward;
    Instant at{};
    std::optional<StaffId> giver{}, receiver{}, carrier{};
    std::vector<HandOverLine> lines{};
    std::optional<CivilDate> due{};
};

// Refuses what the rules refuse, and people who do not stand for their side.
Result<HandOverId> record_hand_over(storage::Tx& tx, IdSource& ids, const access::Scope& scope,
                                    const NewHandOver& hand_over);
// Corrects it; signatures that were there are void, and both sides sign anew.
Result<void> change_hand_over(storage::Tx& tx, const access::Scope& scope, HandOverId id, const NewHandOver& changed);
// `seen`: the digest of the text the person was shown. True when both sides have signed now.
Result<bool> sign_hand_over(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::string_view seen);
Result<void> dispute_hand_over(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::string_view reason);

// 経緯と措置: one side closes a dispute for itself, in writing, after the record was corrected or withdrawn. The dispute is
// open until both have. True when both have now. Refuses what may_close refuses, and kResolutionExpected.
inline constexpr int kMaxResolution = 1'000; // characters
Result<bool> close_dispute(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::int64_t number,
                           std::string_view words);
// The dispute of that number, when this side may close it. Refuses kNoSuchDispute, kDisputeUnsettled, kResolvedAlready.
Result<Dispute> may_close(const Record& record, std::int64_t number, Side side);

Result<void> withdraw_hand_over(storage::Tx& tx, const access::Scope& scope, HandOverId id, std::string_view reason);

std::vector<Record> records_of(const storage::Snapshot& snapshot, EntrustmentId entrustment); // newest first
Result<Record> find_record(const storage::Snapshot& snapshot, EntrustmentId entrustment, HandOverId id);

// Lends that are not back, with the day they are due: what a return must still bring.
struct OpenReturn {
    ThingId thing;
    HandOverId lent;
    std::int64_t number; // of the hand-over
    std::optional<CivilDate> due;
};
std::vector<OpenReturn> open_returns(const storage::Snapshot& snapshot, EntrustmentId entrustment);

} // namespace azukari::custody
