#include "vault/consent/consent.h"

#include "vault/merge/merge.h"
#include "vault/purpose/purpose_store.h"
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

struct Counter { // a person, an explanation and two agencies
    explicit Counter(Safe& its) : safe(its), subject(safe.person({{"name", "見本 花子"}}))
    {
        const auto ward = safe.scope(access::actions::kDeclarePurposes, Role::ward_officer);
        IdSource ids(safe.town.moment.at, safe.entropy);
        const auto told = safe.db.write([&](storage::Tx& tx) -> Result<void> {
            AZK_REQUIRE(publish_text(tx, ward, TextKind::consent, "紹介について", "同意した相手にだけ伝えます。"));
            AZK_REQUIRE(record_agency(tx, ids, ward, "架空センター", "紹介"));
            return record_agency(tx, ids, ward, "見本相談所", "紹介");
        });
        REQUIRE(told);
        const auto known = safe.db.read([&](const auto& s) { return agencies(s, safe.town.entrustment); });
        for (const auto& agency : known) (agency.name == "架空センター" ? centre : office) = agency.id;
    }
    access::Scope scope() const { return safe.scope(access::actions::kRecordConsent); }
    ConsentContent content(bool agreed = true) const
    {
        return {agreed,     2, {"telephone"}, {*centre}, {}, "架空 三郎", safe.town.moment.today, Manner::signature,
                "紙は金庫1"};
    }
    Result<ConsentId> record(const ConsentContent& what) const
    {
        return record_consent(safe.vault, scope(), subject, what);
    }
    std::string share(AgencyId with, std::string_view item) const
    {
        const auto answer = safe.db.read([&](const storage::Snapshot& snapshot) {
            return may_share(safe.vault, snapshot, safe.reader(), subject, with, item);
        });
        return answer ? std::string("yes") : std::string(answer.error().code());
    }
    Safe& safe;
    SubjectId subject;
    std::optional<AgencyId> centre, office;
};

void at_counter(const std::function<void(Counter&)>& test)
{
    with_safe([&](Safe& safe) {
        Counter counter(safe);
        test(counter);
    });
}

} // namespace

TEST_CASE("nothing is shared without a consent to just that item and just that agency [K25]")
{
    at_counter([](Counter& counter) {
        CHECK(counter.share(*counter.centre, "telephone") == "consent.none");
        REQUIRE(counter.record(counter.content()));
        CHECK(counter.share(*counter.centre, "telephone") == "yes");
        CHECK(counter.share(*counter.office, "telephone") == "consent.none");
        CHECK(counter.share(*counter.centre, "address") == "consent.none");
        CHECK(counter.share(AgencyId(IdBytes{9}), "telephone") == "consent.unknown_recipient");
        const auto ward = counter.safe.scope(access::actions::kPublishTexts, Role::ward_officer);
        REQUIRE(counter.safe.db.write([&](storage::Tx& tx) { return end_agency(tx, ward, *counter.centre); }));
        CHECK(counter.share(*counter.centre, "telephone") == "consent.unknown_recipient");
    });
}

TEST_CASE("a consent that is withdrawn stops sharing at once, and a refusal is kept as well as a consent [K24]")
{
    at_counter([](Counter& counter) {
        const auto id = counter.record(counter.content()).value();
        const auto withdraw = [&](ConsentId which) {
            return withdraw_consent(counter.safe.vault, counter.scope(), counter.subject, which,
                                    counter.safe.town.moment.today, "気が変わったとのこと");
        };
        REQUIRE(withdraw(id));
        CHECK(counter.share(*counter.centre, "telephone") == "consent.withdrawn");
        CHECK(withdraw(id).error().is(kAlreadyWithdrawn));
        CHECK(withdraw(ConsentId(IdBytes{7})).error().is(kNoSuchConsent));
        const auto kept = counter.safe.db.read([&](const storage::Snapshot& snapshot) {
            return consents_of(counter.safe.vault, snapshot, counter.scope(), counter.subject).value();
        });
        REQUIRE(kept.size() == 1);
        CHECK(kept[0].content == counter.content());
        CHECK(kept[0].withdrawal->reason == "気が変わったとのこと");
        CHECK(counter.safe.entries("consent.recorded") == 1);
        CHECK(counter.safe.entries("consent.withdrawn") == 1);
    });
}

TEST_CASE("a refusal forbids sharing, and the later word of the person counts [K24]")
{
    at_counter([](Counter& counter) {
        REQUIRE(counter.record(counter.content(false)));
        CHECK(counter.share(*counter.centre, "telephone") == "consent.refused");
        REQUIRE(counter.record(counter.content(true)));
        CHECK(counter.share(*counter.centre, "telephone") == "yes");
    });
}

TEST_CASE("a consent says which text was read, about which items; sensitive ones were explained one by one [K24] [K25]")
{
    const auto definitions = entrustment::read_definitions(AZK_SOURCE_DIR "/definitions").value();
    const auto matters = matters::Matters::read(AZK_SOURCE_DIR "/definitions/collection/matters.toml").value();
    Ground ground;
    for (const auto& definition : definitions.entrustments)
        if (definition.current.code == "livelihood")
            ground.items = std::make_shared<DeclaredItems>(definition.current.parts[0], matters);
    ground.texts = {{3, TextKind::consent, "共有", 1, "文", "", {}, "", true}};
    const auto today = CivilDate::parse("2026-06-01").value();
    const auto fields = [&](const ConsentContent& content) {
        std::set<std::string> found;
        for (const auto& refusal : examine(ground, {}, today, content)) found.insert(refusal.field());
        return found;
    };
    ConsentContent content{true, 3, {"health", "telephone"}, {}, {}, "架空 三郎", today, Manner::verbal, ""};
    CHECK(fields(content) == std::set<std::string>{"explained"});
    content.explained = {"health"};
    CHECK(fields(content).empty());
    content.agreed = false;
    content.explained.clear();
    CHECK(fields(content).empty()); // who refused need not have heard all of it
    content = {true, 1, {"faith"}, {AgencyId(IdBytes{1})}, {}, "", today.plus_days(1), Manner::verbal, ""};
    CHECK(fields(content) == std::set<std::string>{"text", "items", "recipients", "explained_by", "given_on"});
    content.items.clear();
    CHECK(fields(content).contains("items"));
}

TEST_CASE("a consent of somebody who was merged counts for the one that was kept [K24]")
{
    at_counter([](Counter& counter) {
        const auto kept = counter.safe.person({{"name", "見本 花子"}});
        REQUIRE(counter.record(counter.content()));
        REQUIRE(merge(counter.safe.vault, counter.safe.scope(access::actions::kMergePersons, Role::handling_supervisor),
                      {kept, counter.subject, 1, 1, {}, "course_operation", "同じ方"}));
        const auto gone = std::exchange(counter.subject, kept);
        CHECK(counter.share(*counter.centre, "telephone") == "yes");
        counter.subject = gone;
        CHECK(counter.record(counter.content()).error().is(kMergedAway));
    });
}
