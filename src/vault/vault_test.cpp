#include "vault/vault.h"

#include "vault/person/subject_tables.h"
#include "vault/testing.h"
#include "vault/vault_refusals.h"

#include <atomic>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <thread>

using namespace azukari;
using namespace azukari::vault;
using access::Role;
using testing::Safe;
namespace actions = access::actions;

namespace {

void with_safe(const std::function<void(Safe&)>& test)
{
    testing::with_safe(AZK_SOURCE_DIR "/definitions", test);
}

std::string code_of_refusal(const auto& result)
{
    return result ? std::string("done") : std::string(result.error().code());
}

} // namespace

TEST_CASE("a person's declared items are kept sealed, and come back only to who states a purpose and a reason [K21] "
          "[K26] [K31]")
{
    with_safe([](Safe& safe) {
        const auto subject = safe.person({{"name", "見本 太郎"}, {"telephone", "03-0000-1234"}, {"sex", ""}});
        const auto seen = safe.look(subject);
        REQUIRE(seen);
        REQUIRE(seen->records.size() == 1);
        const auto& basic = seen->records[0];
        CHECK(basic.kind == "basic");
        CHECK(basic.content.values == FieldMap{{"name", "見本 太郎"}, {"telephone", "03-0000-1234"}});
        CHECK(spoken(basic.content.origin) == "本人から、電話で、令和8年6月1日");
        CHECK(basic.by == "模擬 三郎");

        CHECK(code_of_refusal(safe.vault.reveal(safe.reader(), subject, {"marketing", "宣伝"})) ==
              "vault.purpose_not_declared");
        CHECK(code_of_refusal(safe.vault.reveal(safe.reader(), subject, {"", "確認"})) == "vault.purpose_expected");
        CHECK(code_of_refusal(safe.vault.reveal(safe.reader(), subject, {"course_operation", "　"})) ==
              "vault.reason_expected");
        CHECK(safe.entries("person.revealed") == 1);
        CHECK(safe.entries("person.recorded") == 1);
    });
}

TEST_CASE("nothing that is said about a person stands in clear in any table or ledger entry [K31]")
{
    with_safe([](Safe& safe) {
        auto wish = safe.writing(
            {{"name", "見本 太郎"}, {"address", "見本区架空町1-2-3"}, {"email", "mihon@example.jp"}}, {"email_only"});
        wish.content.reason = "秘密の理由";
        const auto subject = safe.vault.record_person(safe.writer(), wish).value();
        REQUIRE(safe.vault.reveal(safe.reader(), subject, {"course_operation", "隠れた事情"}, true));
        std::string all;
        safe.db.read([&](const storage::Snapshot& snapshot) {
            for (const auto* sql : {"select sealed from vault_version", "select sealed from vault_reveal",
                                    "select bytes from ledger_entry"})
                snapshot.each(sql, {}, [&](const storage::Row& row) { all += as_text(row.blob(0)); });
        });
        for (const auto* word : {"見本", "太郎", "架空町", "mihon@", "秘密", "隠れた"})
            CHECK_MESSAGE(all.find(word) == std::string::npos, word);
        CHECK(all.find("person.revealed") != std::string::npos);
    });
}

TEST_CASE("an item that the register does not declare has nowhere to go, and a conditional one only under its "
          "condition [K21] [T3]")
{
    with_safe([](Safe& safe) {
        const auto record = [&](FieldMap values, std::set<std::string, std::less<>> holds = {}) {
            values.emplace("name", "試験 花子");
            return code_of_refusal(
                safe.vault.record_person(safe.writer(), safe.writing(std::move(values), std::move(holds))));
        };
        CHECK(record({{"income", "百万円"}}) == "vault.not_declared");
        CHECK(record({{"birth_date", "1980-03-02"}}) == "vault.condition_not_met");
        CHECK(record({{"birth_date", "1980-03-02"}}, {"course_only"}) == "done");
        CHECK(record({{"child_name", "試験 一"}, {"child_sex", "女"}}, {"course_only"}) == "vault.condition_not_met");
        CHECK(record({{"child_name", "試験 一"}, {"child_sex", "女"}}, {"childcare_only"}) == "done");
        CHECK(record({}, {"made_up"}) == "vault.unknown_circumstance");
        CHECK(record({{"category", "近所"}}) == "vault.not_among_values");
        CHECK(record({{"category", "在学"}}) == "done");
        CHECK(record({{"category", "区外（架空市）"}}) == "done");
        CHECK(record({{"telephone", "1234"}}) == "vault.not_a_telephone");
        CHECK(record({{"email", "mihon"}}, {"email_only"}) == "vault.not_an_email");
        CHECK(record({{"birth_date", "2999-01-01"}}, {"course_only"}) == "vault.day_ahead");
        CHECK(record({{"name", "見本\x01太郎"}}) == "vault.not_text");
    });
}

TEST_CASE("numbers are the same however the input method writes them, long-vowel mark and all")
{
    with_safe([](Safe& safe) {
        const auto kept = [&](FieldMap values) {
            return safe.look(safe.person(std::move(values)))->records[0].content.values;
        };
        for (const auto* written :
             {"03-1234-5678", "０３ー１２３４－５６７８", "０３ー１２３４ー５６７８", "03‐1234−5678"})
            CHECK(kept({{"name", "見本 太郎"}, {"telephone", written}}).at("telephone") == "03-1234-5678");
    });
}

TEST_CASE("everything that is wrong with a form is told at once, beside its field")
{
    with_safe([](Safe& safe) {
        auto wish = safe.writing({{"telephone", "99"}, {"age", "200"}});
        wish.content.origin.source = Source::agent;
        wish.purpose = "elsewhere";
        const auto refusals = safe.vault.examine(safe.writer(), wish).value();
        std::set<std::string> fields;
        for (const auto& refusal : refusals) fields.insert(refusal.field());
        CHECK(fields == std::set<std::string>{"item.name", "item.telephone", "item.age", "who", "purpose"});
        CHECK(safe.entries("person.recorded") == 0);
    });
}

TEST_CASE("words of prohibited matter in free text are named, and stay only with a reason that is kept [K23]")
{
    with_safe([](Safe& safe) {
        auto wish = safe.writing({{"name", "試験 花子"}, {"survey", "宗教上の理由で日曜は休みたい"}});
        const auto refused = safe.vault.record_person(safe.writer(), wish);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().field() == "item.survey");
        CHECK(refused.error().sentence().find("「宗教」（思想・信条・宗教）") != std::string::npos);

        wish.content.kept_words["survey"] = "本人が日程の調整のため記載を求めた";
        const auto subject = safe.vault.record_person(safe.writer(), wish).value();
        CHECK(safe.look(subject)->records[0].content.kept_words.at("survey") == "本人が日程の調整のため記載を求めた");
    });
}

TEST_CASE("information comes from the person under a published text; from others only with the ward's consent [K22]")
{
    with_safe([](Safe& safe) {
        auto wish = safe.writing({{"name", "試験 花子"}});
        wish.content.origin.purpose_text = 7;
        CHECK(code_of_refusal(safe.vault.record_person(safe.writer(), wish)) == "vault.purpose_text_expected");
        wish.content.origin = {Source::agency, "架空相談センター", Channel::document, safe.town.moment.today, 0};
        CHECK(code_of_refusal(safe.vault.record_person(safe.writer(), wish)) == "vault.indirect_not_allowed");

        const auto ward = safe.scope(actions::kDeclarePurposes, Role::ward_officer);
        IdSource ids(safe.town.moment.at, safe.entropy);
        REQUIRE(safe.db.write(
            [&](storage::Tx& tx) { return allow_indirect(tx, ids, ward, "name", Source::agency, "見本決裁第2号"); }));
        const auto subject = safe.vault.record_person(safe.writer(), wish);
        REQUIRE(subject);
        CHECK(spoken(safe.look(*subject)->records[0].content.origin) ==
              "関係機関（架空相談センター）から、関係機関の文書で、令和8年6月1日");
        wish.content.values["telephone"] = "03-0000-0000";
        CHECK(code_of_refusal(safe.vault.record_person(safe.writer(), wish)) == "vault.indirect_not_allowed");
    });
}

TEST_CASE("a correction is a new version with who, when and why; the earlier one stays, and nobody overwrites another")
{
    with_safe([](Safe& safe) {
        const auto subject = safe.person({{"name", "見本 太郎"}});
        const auto record = safe.look(subject)->records[0].record;
        auto wish = safe.writing({{"name", "見本 太朗"}});
        wish.content.reason = "漢字の誤りを本人の申出により直した";
        CHECK(safe.vault.amend(safe.writer(), subject, record, 1, wish).value() == 2);
        CHECK(code_of_refusal(safe.vault.amend(safe.writer(), subject, record, 1, wish)) == "vault.conflict");
        CHECK(code_of_refusal(safe.vault.amend(safe.writer(), subject, record, 2, wish)) == "vault.nothing_changed");
        wish.content.reason = "";
        CHECK(code_of_refusal(safe.vault.amend(safe.writer(), subject, record, 2, wish)) == "vault.reason_expected");

        const auto seen = safe.look(subject, true).value();
        REQUIRE(seen.earlier.size() == 1);
        CHECK(seen.records[0].content.values.at("name") == "見本 太朗");
        CHECK(seen.records[0].content.reason == "漢字の誤りを本人の申出により直した");
        CHECK(seen.earlier[0].content.values.at("name") == "見本 太郎");
        REQUIRE(seen.reveals.size() == 1); // the look before
        CHECK(seen.reveals[0].reason == "申込みの確認");
    });
}

TEST_CASE("a Scope of one entrustment never reads the rows of another [K35]")
{
    with_safe([](Safe& safe) {
        const auto subject = safe.person({{"name", "見本 太郎"}});
        // The same row, written under the other entrustment's id: who may open ours still does not see it.
        safe.db.write([&](storage::Tx& tx) {
            tx.execute("update vault_person set entrustment = ?", {safe.town.other_entrustment});
            tx.execute("update vault_record set entrustment = ?", {safe.town.other_entrustment});
            tx.execute("update vault_version set entrustment = ?", {safe.town.other_entrustment});
        });
        CHECK(code_of_refusal(safe.look(subject)) == "vault.no_such_person");
        std::int64_t found = 0;
        safe.db.read([&](const storage::Snapshot& snapshot) {
            REQUIRE(safe.vault.each_person(snapshot, safe.scope(actions::kListPersons), [&](const auto&) { ++found; }));
            CHECK(count_persons(snapshot, safe.town.entrustment) == 0);
            CHECK(count_persons(snapshot, safe.town.other_entrustment) == 1);
        });
        CHECK(found == 0);
        CHECK(code_of_refusal(safe.town.ask(actions::kRevealPerson, Role::handler, safe.town.other_entrustment)) ==
              "access.other_organisation");
    });
}

TEST_CASE("a sealed row moved to another person, record, version or entrustment does not open [K31] [K35]")
{
    with_safe([](Safe& safe) {
        const auto one = safe.person({{"name", "見本 太郎"}});
        const auto other = safe.person({{"name", "試験 花子"}});
        const auto record = safe.look(one)->records[0].record;
        REQUIRE(safe.vault.amend(safe.writer(), one, record, 1, safe.writing({{"name", "見本 太朗"}})));
        const auto swap = [&](const char* sql, storage::Params params) {
            safe.db.write([&](storage::Tx& tx) { CHECK(tx.execute(sql, params) > 0); });
        };
        SUBCASE("to another person")
        {
            swap("update vault_version set sealed = (select v.sealed from vault_version v where v.subject = ?) "
                 "where subject = ? and number = 2",
                 {other, one});
            CHECK(code_of_refusal(safe.look(one)) == "seal.other_key");
        }
        SUBCASE("an older version in place of the newer")
        {
            swap("update vault_version set sealed = (select v.sealed from vault_version v where v.subject = ? and "
                 "v.number = 1) where subject = ? and number = 2",
                 {one, one});
            CHECK(code_of_refusal(safe.look(one)) == "seal.broken");
        }
        SUBCASE("to another entrustment, with everything around it")
        {
            REQUIRE(safe.keystore.add_entrustment(safe.town.other_entrustment));
            REQUIRE(safe.keystore.add_subjects(safe.town.other_entrustment, std::span(&one, 1)));
            const auto sealed = safe.db.read([&](const storage::Snapshot& snapshot) {
                return find_version(snapshot, safe.town.entrustment, one, record).value().sealed;
            });
            const auto ours = safe.keystore.subject_key(safe.town.entrustment, one, safe.town.moment.at).value();
            const auto theirs =
                safe.keystore.subject_key(safe.town.other_entrustment, one, safe.town.moment.at).value();
            const Place place{"vault_version", record.bytes(), 2};
            CHECK(open_fields(ours, safe.town.entrustment, place, sealed));
            CHECK_FALSE(open_fields(theirs, safe.town.other_entrustment, place, sealed));
            CHECK_FALSE(open_fields(ours, safe.town.other_entrustment, place, sealed));
        }
    });
}

TEST_CASE("listeners are told of every person who is stored or changed, after it is durable")
{
    with_safe([](Safe& safe) {
        std::vector<News> told;
        safe.vault.listen([&](News news, EntrustmentId entrustment, SubjectId subject) {
            CHECK(entrustment == safe.town.entrustment);
            CHECK(safe.db.read([&](const storage::Snapshot& s) { return find_person(s, entrustment, subject); }));
            told.push_back(news);
        });
        const auto subject = safe.person({{"name", "見本 太郎"}});
        auto note = safe.writing({{"survey", "来月の回に参加したい"}});
        note.kind = "note";
        REQUIRE(safe.vault.add_record(safe.writer(), subject, note));
        CHECK(told == std::vector<News>{News::stored, News::changed});
        CHECK(safe.look(subject)->records.size() == 2);
        note.kind = "basic";
        CHECK(code_of_refusal(safe.vault.add_record(safe.writer(), subject, note)) == "vault.twice");
        note.kind = "diary";
        CHECK(code_of_refusal(safe.vault.add_record(safe.writer(), subject, note)) == "vault.no_such_kind");
    });
}

TEST_CASE("every person can be visited with opened values, and a listing leaves its entry with how many [K38]")
{
    with_safe([](Safe& safe) {
        safe.person({{"name", "見本 太郎"}});
        safe.person({{"name", "試験 花子"}});
        const auto scope = safe.scope(actions::kListPersons);
        std::set<std::string> names;
        safe.db.read([&](const storage::Snapshot& snapshot) {
            REQUIRE(safe.vault.each_person(snapshot, scope,
                                           [&](const auto& seen) { names.insert(seen.values.at("name")); }));
        });
        CHECK(names == std::set<std::string>{"見本 太郎", "試験 花子"});
        safe.vault.note_listing(scope, 2);
        CHECK(safe.entries("person.listed") == 1);
    });
}

TEST_CASE("erasing a person's rows leaves no row that names them, in any table that has a column for them [K61]")
{
    with_safe([](Safe& safe) {
        const auto subject = safe.person({{"name", "見本 太郎"}});
        const auto other = safe.person({{"name", "試験 花子"}});
        REQUIRE(safe.look(subject));
        const auto rows =
            safe.db.write([&](storage::Tx& tx) { return erase_subject_rows(tx, safe.town.entrustment, subject); });
        CHECK(rows == 4); // person, record, version, reveal
        CHECK(code_of_refusal(safe.look(subject)) == "vault.no_such_person");
        CHECK(safe.look(other));
        safe.db.read([&](const storage::Snapshot& snapshot) {
            for (const auto& table : kSubjectTables)
                CHECK(snapshot.integer(
                          fmt::format("select count(*) from {} where {} = ?", table.table, table.subject_column),
                          {subject}) == 0);
        });
    });
}
