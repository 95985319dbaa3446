#include "vault/merge/merge.h"

#include "vault/testing.h"
#include "vault/vault_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::vault;
using access::Role;
using testing::Safe;

namespace {

void with_safe(const std::function<void(Safe&)>& test)
{
    testing::with_safe(AZK_SOURCE_DIR "/definitions", test);
}

struct Twins { // one person who applied twice
    explicit Twins(Safe& its)
        : safe(its),
          one(safe.person({{"name", "見本 花子"}, {"telephone", "090-0000-0002"}, {"sex", "女"}})),
          other(
              safe.person({{"name", "見本 はな子"}, {"telephone", "090-0000-0002"}, {"address", "見本区架空町1-2-3"}}))
    {
    }
    access::Scope supervisor() const { return safe.scope(access::actions::kMergePersons, Role::handling_supervisor); }
    MergeWish wish() const
    {
        return {one,
                other,
                1,
                1,
                {{"name", Side::kept}, {"sex", Side::kept}, {"address", Side::gone}},
                "course_operation",
                "同じ方の二重の申込みと本人に確認した"};
    }
    Result<MergeId> merge() const { return vault::merge(safe.vault, supervisor(), wish()); }
    Result<void> undo(MergeId id) const
    {
        return undo_merge(safe.vault, supervisor(), id, {"course_operation", "別の方と分かった"});
    }
    FieldMap values(SubjectId of) const { return safe.look(of)->records[0].content.values; }

    Safe& safe;
    SubjectId one;
    SubjectId other;
};

void with_twins(const std::function<void(Twins&)>& test)
{
    with_safe([&](Safe& safe) {
        Twins twins(safe);
        test(twins);
    });
}

std::string code_of(const auto& result)
{
    return result ? std::string("done") : std::string(result.error().code());
}

} // namespace

TEST_CASE("two registrations of one person become one, item by item as the supervisor decided")
{
    with_twins([](Twins& twins) {
        std::vector<std::pair<News, SubjectId>> told;
        twins.safe.vault.listen([&](News news, EntrustmentId, SubjectId subject) { told.emplace_back(news, subject); });
        REQUIRE(twins.merge());
        CHECK(twins.values(twins.one) == FieldMap{{"address", "見本区架空町1-2-3"},
                                                  {"name", "見本 花子"},
                                                  {"sex", "女"},
                                                  {"telephone", "090-0000-0002"}});
        const auto seen = twins.safe.look(twins.one).value();
        REQUIRE(seen.records.size() == 2); // what was written about the one that went is read with the other
        CHECK(seen.records[1].subject == twins.other);
        twins.safe.db.read([&](const storage::Snapshot& snapshot) {
            CHECK(count_persons(snapshot, twins.safe.town.entrustment) == 1);
        });
        CHECK(told ==
              std::vector<std::pair<News, SubjectId>>{{News::merged_away, twins.other}, {News::changed, twins.one}});
        CHECK(twins.safe.entries("person.merged") == 1);
        CHECK(twins.safe.town.ask(access::actions::kMergePersons, Role::handler, twins.safe.town.entrustment)
                  .error()
                  .code() == "access.role");
    });
}

TEST_CASE("a merge that is undone restores both as they were, and loses nothing")
{
    with_twins([](Twins& twins) {
        const auto before_one = twins.values(twins.one), before_other = twins.values(twins.other);
        const auto id = twins.merge().value();
        REQUIRE(twins.undo(id));
        CHECK(twins.values(twins.one) == before_one);
        CHECK(twins.values(twins.other) == before_other);
        CHECK(code_of(twins.undo(id)) == "merge.not_found");
        CHECK(twins.safe.entries("person.unmerged") == 1);
        CHECK(twins.safe.look(twins.one, true)->earlier.size() == 2); // the first version and the merged one
    });
}

TEST_CASE("what was written after a merge stays when the merge is undone")
{
    with_twins([](Twins& twins) {
        const auto id = twins.merge().value();
        const auto record = twins.safe.look(twins.one)->records[0].record;
        auto wish = twins.safe.writing({{"name", "見本 花子"}, {"telephone", "090-0000-9999"}});
        REQUIRE(twins.safe.vault.amend(twins.safe.writer(), twins.one, record, 2, wish));
        REQUIRE(twins.undo(id));
        CHECK(twins.values(twins.one).at("telephone") == "090-0000-9999");
        CHECK(twins.values(twins.other).at("name") == "見本 はな子");
    });
}

TEST_CASE("a merge is refused without a decision for each difference, a purpose, a reason, or on what changed since")
{
    with_twins([](Twins& twins) {
        const auto refused = [&](const std::function<void(MergeWish&)>& change) {
            auto wish = twins.wish();
            change(wish);
            return code_of(vault::merge(twins.safe.vault, twins.supervisor(), wish));
        };
        CHECK(refused([](MergeWish& wish) { wish.choices.erase("name"); }) == "merge.choice_expected");
        CHECK(refused([](MergeWish& wish) { wish.reason = " "; }) == "vault.reason_expected");
        CHECK(refused([](MergeWish& wish) { wish.purpose = "other"; }) == "vault.purpose_not_declared");
        CHECK(refused([](MergeWish& wish) { wish.gone_seen = 4; }) == "vault.conflict");
        CHECK(refused([](MergeWish& wish) { wish.gone = wish.kept; }) == "merge.same_person");
        REQUIRE(twins.merge());
        CHECK(refused([](MergeWish& wish) { wish.kept_seen = 2; }) == "merge.merged_away");
        CHECK(code_of(twins.safe.vault.add_record(twins.safe.writer(), twins.other,
                                                  twins.safe.writing({{"survey", "続き"}}))) == "merge.merged_away");
        CHECK(twins.safe.db.read([&](const storage::Snapshot& snapshot) {
            return merges_of(twins.safe.vault, snapshot, twins.supervisor(), twins.one).value().at(0).reason;
        }) == "同じ方の二重の申込みと本人に確認した");
    });
}

TEST_CASE("when the one that was kept is erased, whoever was merged into them is not out of sight [K61]")
{
    with_twins([](Twins& twins) {
        REQUIRE(twins.merge());
        auto& safe = twins.safe;
        safe.db.write([&](storage::Tx& tx) { erase_subject_rows(tx, safe.town.entrustment, twins.one); });
        CHECK(twins.values(twins.other).at("name") == "見本 はな子");
        safe.db.read([&](const storage::Snapshot& snapshot) {
            CHECK(count_persons(snapshot, safe.town.entrustment) == 1);
            CHECK(snapshot.integer("select count(*) from vault_merge") == 0);
        });
        const auto third = safe.person({{"name", "見本 はな子"}, {"telephone", "090-0000-0002"}});
        auto wish = twins.wish();
        wish.kept = third;
        CHECK(vault::merge(safe.vault, twins.supervisor(), wish));
    });
}
