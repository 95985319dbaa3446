#include "programmes/guidance/batch/batch.h"

#include "programmes/guidance/batch/batch_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

StaffId staff(std::uint8_t number)
{
    return StaffId(IdBytes{number});
}

Batch received_by(StaffId who)
{
    return {BatchId(IdBytes{1}), EntrustmentId(IdBytes{2}), {}, who, "f00d", 3, 3, {}, {}, {}};
}

ComposedBatch composed_by(StaffId who)
{
    return {{}, who, {{"tokutei_sekkyoku", 2, 4, 2000, "aa"}, {"jushin_kansho", 1, 1, 700, "bb"}}, {}};
}

} // namespace

TEST_CASE("letters are approved by a second person, never by who took the data in or composed them [G1] [K51]")
{
    auto batch = received_by(staff(1));
    CHECK(may_approve(batch, staff(3)).error().is(kNotComposed));
    batch.composition = composed_by(staff(2));
    CHECK(may_approve(batch, staff(1)).error().is(kSamePerson));
    CHECK(may_approve(batch, staff(2)).error().is(kSamePerson));
    CHECK(may_approve(batch, staff(3)));
}

TEST_CASE("what was approved can be taken, and composing anew voids the approval [K51]")
{
    auto batch = received_by(staff(1));
    batch.composition = composed_by(staff(1));
    CHECK(state_of(batch) == BatchState::composed);
    CHECK(may_take(batch, "jushin_kansho").error().is(kNotApproved));

    batch.approval = Approval{{}, staff(3), digest_of(*batch.composition)};
    CHECK(state_of(batch) == BatchState::approved);
    CHECK(may_take(batch, "jushin_kansho").value()->letters == 1);
    CHECK(may_take(batch, "himan").error().is(kNoSuchLetters));
    CHECK(may_approve(batch, staff(3)).error().is(kAlreadyApproved));

    batch.composition->categories[0].sha256 = "ab";
    CHECK(state_of(batch) == BatchState::composed);
    CHECK(may_take(batch, "jushin_kansho").error().is(kApprovalVoid));
    CHECK(may_approve(batch, staff(3)));
}
