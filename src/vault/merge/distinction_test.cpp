#include "vault/merge/distinction.h"

#include "vault/merge/merge.h"
#include "vault/testing.h"
#include "vault/vault_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::vault;
using access::Role;
using testing::Safe;

namespace {

const Use kWhy{"course_operation", "双子のごきょうだいと分かったため"};

struct Sisters { // two people who look like one
    explicit Sisters(Safe& its)
        : safe(its), one(safe.person({{"name", "見本 花子"}})), other(safe.person({{"name", "見本 華子"}}))
    {
    }
    access::Scope supervisor() const { return safe.scope(access::actions::kMergePersons, Role::handling_supervisor); }
    Result<DistinctionId> apart() const { return tell_apart(safe.vault, supervisor(), one, other, kWhy); }
    std::vector<StoredDistinction> told() const
    {
        return safe.db.read(
            [&](const storage::Snapshot& snapshot) { return distinctions_in_force(snapshot, safe.town.entrustment); });
    }
    Result<MergeId> merge() const
    {
        return vault::merge(safe.vault, supervisor(),
                            {one, other, 1, 1, {{"name", Side::kept}}, "course_operation", "同じ方と思ったため"});
    }
    std::int64_t rows() const
    {
        return safe.db.read([](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from vault_distinction");
        });
    }
    Safe& safe;
    SubjectId one, other;
};

void with_sisters(const std::function<void(Sisters&)>& test)
{
    testing::with_safe(AZK_SOURCE_DIR "/definitions", [&](Safe& safe) {
        Sisters sisters(safe);
        test(sisters);
    });
}

} // namespace

TEST_CASE("two who look alike are told apart in either order, once, with a reason that only their key opens [K26]")
{
    with_sisters([](Sisters& sisters) {
        const auto& vault = sisters.safe.vault;
        const auto scope = sisters.supervisor();
        CHECK(tell_apart(vault, scope, sisters.one, sisters.one, kWhy).error().is(kSamePerson));
        CHECK(tell_apart(vault, scope, sisters.one, sisters.other, {"advertising", "理由"})
                  .error()
                  .is(kPurposeNotDeclared));
        CHECK(tell_apart(vault, scope, sisters.one, sisters.other, {"course_operation", "　"})
                  .error()
                  .is(kReasonExpected));
        CHECK(tell_apart(vault, scope, sisters.one, SubjectId(IdBytes{1}), kWhy).error().is(kNoSuchPerson));
        CHECK(sisters.told().empty());

        REQUIRE(tell_apart(vault, scope, sisters.other, sisters.one, kWhy));
        CHECK(sisters.apart().error().is(kToldApart));
        const auto told = sisters.told();
        REQUIRE(told.size() == 1);
        CHECK(told[0].one < told[0].other);
        CHECK(vault.open(scope, told[0].one, {"vault_distinction", told[0].id.bytes()}, told[0].sealed)
                  .value()
                  .at("reason") == kWhy.reason);
        CHECK(as_text(told[0].sealed).find("双子") == std::string_view::npos);
        CHECK(sisters.safe.entries("person.told_apart") == 1);
    });
}

TEST_CASE("who was told apart is not merged until that is taken back, and who was merged is not told apart")
{
    with_sisters([](Sisters& sisters) {
        const auto id = sisters.apart().value();
        CHECK(sisters.merge().error().is(kToldApart));
        const auto& vault = sisters.safe.vault;
        CHECK(take_back(vault, sisters.supervisor(), id, {"course_operation", ""}).error().is(kReasonExpected));
        CHECK(take_back(vault, sisters.supervisor(), id, kWhy).has_value());
        CHECK(take_back(vault, sisters.supervisor(), id, kWhy).error().is(kNoSuchDistinction));
        CHECK(sisters.told().empty());
        CHECK(sisters.rows() == 1); // ended, and kept
        CHECK(sisters.safe.entries("person.untold_apart") == 1);
        CHECK(sisters.merge().has_value());
        CHECK(sisters.apart().error().is(kMergedAway));
    });
}

TEST_CASE("when either of the two is erased, nothing is left of their having been told apart [K61]")
{
    for (const bool first : {true, false})
        with_sisters([first](Sisters& sisters) {
            REQUIRE(sisters.apart());
            CHECK(sisters.rows() == 1);
            sisters.safe.db.write([&](storage::Tx& tx) {
                return erase_subject_rows(tx, sisters.safe.town.entrustment, first ? sisters.one : sisters.other);
            });
            CHECK(sisters.rows() == 0);
        });
}
