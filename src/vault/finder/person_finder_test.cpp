#include "vault/finder/person_finder.h"

#include "infra/text/definition_file.h"
#include "vault/finder/identifying.h"
#include "vault/merge/distinction.h"
#include "vault/merge/merge.h"
#include "vault/search/search_refusals.h"
#include "vault/testing.h"

#include <atomic>
#include <doctest/doctest.h>
#include <thread>

using namespace azukari;
using namespace azukari::finder;
using access::Role;
using vault::testing::Safe;

namespace {

text::NameFolding folding()
{
    return text::NameFolding(
        text::KanjiVariants::of(text::Definition::read(AZK_SOURCE_DIR "/definitions/names/kanji_variants.toml").value())
            .value());
}

using People = std::vector<SubjectId>;

struct Counter {
    explicit Counter(Safe& its) : safe(its), finder(its.vault, folding())
    {
        safe.vault.listen([this](vault::News news, EntrustmentId entrustment, SubjectId subject) {
            finder.hear(news, entrustment, subject);
        });
    }
    access::Scope scope() const { return safe.scope(access::actions::kListPersons); }
    access::Scope supervisor() const { return safe.scope(access::actions::kMergePersons, Role::handling_supervisor); }
    People find(std::string_view words)
    {
        People found;
        const auto answer = finder.find(scope(), words, {}).value();
        for (const auto& each : answer.found) found.push_back(each.seen.person.subject);
        return found;
    }
    std::vector<std::string> reasons_of(const Candidate& candidate) const
    {
        std::vector<std::string> words;
        for (const auto& reason : candidate.reasons) words.emplace_back(reason.japanese);
        return words;
    }
    Candidates candidates(search::Page page = {}) { return finder.possible_duplicates(supervisor(), page).value(); }
    // What erasing does to the vault, and then tells.
    void erase(SubjectId subject)
    {
        safe.db.write([&](storage::Tx& tx) { vault::erase_subject_rows(tx, safe.town.entrustment, subject); });
        safe.vault.tell(vault::News::erased, safe.town.entrustment, subject);
    }
    std::size_t indexed() const { return finder.indexed(safe.town.entrustment); }
    std::string references(std::string_view act) const
    {
        return safe.db
            .read([&](const storage::Snapshot& snapshot) {
                return snapshot.one("select bytes from ledger_entry where act = ? order by seq desc limit 1", {act},
                                    [](const storage::Row& row) { return std::string(as_text(row.bytes(0))); });
            })
            .value();
    }

    Safe& safe;
    PersonFinder finder;
};

void at_counter(const std::function<void(Counter&)>& test)
{
    vault::testing::with_safe(AZK_SOURCE_DIR "/definitions", [&](Safe& safe) {
        Counter counter(safe);
        test(counter);
    });
}

} // namespace

TEST_CASE("a person is found by a part of what is known, in any notation; the ledger holds it without the words [K38]")
{
    at_counter([](Counter& counter) {
        const auto taro = counter.safe.person(
            {{"name", "髙橋 見本"}, {"telephone", "03-0000-1234"}, {"address", "見本区見本台二丁目8番1号"}});
        counter.safe.person({{"name", "試験 花子"}});
        CHECK(counter.safe.entries("person.searched") == 0);
        for (const auto* words : {"高橋", "髙", "1234", "＋８１ ３ ００００ １２３４", "（０３） ００００ １２３４",
                                  "見本台2-8-1", "東京都見本区見本台２の８の１", "見本 1234"})
            CHECK_MESSAGE(counter.find(words) == People{taro}, words);
        CHECK(counter.safe.entries("person.searched") == 8);

        const auto findings = counter.finder.find(counter.scope(), "見本", {}).value();
        REQUIRE(findings.found.size() == 1);
        CHECK(findings.found[0].matches[0].facet == search::Facet::name);
        CHECK(findings.found[0].seen.values.at("name") == "髙橋 見本");
        CHECK(counter.finder.find(counter.scope(), "", {}).error().is(search::kNothingToFind));
        CHECK(counter.safe.entries("person.searched") == 9); // nothing was read for an empty one
    });
}

TEST_CASE("the ledger says among what kinds of items was searched, and nothing of what was typed [K38]")
{
    const auto kinds = [](std::string_view words) { return kinds_of(search::read_query(words, folding()).value()); };
    CHECK(kinds("高橋") == "name+address");
    CHECK(kinds("たかはし") == "name+kana+address");
    CHECK(kinds("昭和40年4月3日") == "birth_date");
    CHECK(kinds("mihon@example.jp") == "name+address+email");
    CHECK(kinds("03-0000-1234").find("telephone") != std::string::npos);
    at_counter([](Counter& counter) {
        counter.safe.person({{"name", "髙橋 見本"}});
        counter.find("たかはし");
        counter.find("髙橋");
        const auto entry = counter.references("person.searched");
        CHECK(entry.find("\"items\":\"name+address\"") != std::string::npos);
        CHECK(entry.find("\"found\":1") != std::string::npos);
        CHECK(entry.find("橋") == std::string::npos);
    });
}

TEST_CASE("who is recorded, corrected or merged after the first search is found as they are now")
{
    at_counter([](Counter& counter) {
        const auto first = counter.safe.person({{"name", "見本 太郎"}});
        CHECK(counter.find("見本") == People{first});
        const auto second = counter.safe.person({{"name", "見本 花子"}});
        CHECK(counter.find("花子") == People{second});
        const auto record = counter.safe.look(first).value().records.at(0);
        const auto writing = counter.safe.writing({{"name", "架空 太郎"}});
        REQUIRE(counter.safe.vault.amend(counter.safe.writer(), first, record.record, record.number, writing));
        CHECK(counter.find("見本") == People{second});
        CHECK(counter.find("架空") == People{first});

        const auto merged = vault::merge(
            counter.safe.vault, counter.supervisor(),
            {first, second, 2, 1, {{"name", vault::Side::kept}}, "course_operation", "同じ方と本人に確認した"});
        REQUIRE(merged);
        CHECK(counter.find("花子").empty());
        CHECK(counter.indexed() == 1);
        REQUIRE(vault::undo_merge(counter.safe.vault, counter.supervisor(), *merged,
                                  {"course_operation", "別の方と分かった"}));
        CHECK(counter.find("花子") == People{second});
    });
}

TEST_CASE("who is erased is gone from memory at once, and nobody is kept when nobody searches [K61]")
{
    at_counter([](Counter& counter) {
        const auto gone = counter.safe.person({{"name", "見本 太郎"}});
        const auto stays = counter.safe.person({{"name", "試験 花子"}});
        CHECK(counter.find("見本") == People{gone});
        CHECK(counter.indexed() == 2);
        counter.erase(gone);
        CHECK(counter.indexed() == 0); // nothing that was made of them is left
        CHECK(counter.find("見本").empty());
        CHECK(counter.indexed() == 1);

        const auto now = counter.safe.town.moment.at;
        CHECK(counter.finder.drop_idle(now + Duration::minutes(4)) == 0);
        CHECK(counter.indexed() == 1);
        CHECK(counter.finder.drop_idle(now + PersonFinder::kIdle) == 1);
        CHECK(counter.indexed() == 0);
        CHECK(counter.finder.drop_idle(now + PersonFinder::kIdle) == 0);
        CHECK(counter.find("花子") == People{stays}); // made anew
    });
}

TEST_CASE("each entrustment has an index of its own, and finds nobody of another [K35]")
{
    at_counter([](Counter& counter) {
        counter.safe.person({{"name", "見本 太郎"}});
        CHECK(counter.find("見本").size() == 1);
        const auto elsewhere =
            counter.safe.town.ask(access::actions::kListPersons, Role::handler, counter.safe.town.other_entrustment);
        CHECK_FALSE(elsewhere.has_value()); // no Scope, no index
        CHECK(counter.finder.indexed(counter.safe.town.other_entrustment) == 0);
        CHECK(counter.indexed() == 1);
    });
}

TEST_CASE("entries that may be one person are told with their reasons, for a person to decide, in a town of three")
{
    at_counter([](Counter& counter) {
        counter.safe.person({{"name", "髙橋 見本"}, {"telephone", "03-0000-1234"}, {"address", "見本区見本台2-8-1"}});
        counter.safe.person({{"name", "高橋見本"}, {"telephone", "(03)0000-1234"}, {"address", "見本台二丁目8番1号"}});
        counter.safe.person({{"name", "試験 花子"}, {"telephone", "03-0000-9999"}});
        const auto candidates = counter.candidates();
        REQUIRE(candidates.total == 1);
        REQUIRE(candidates.shown.size() == 1);
        CHECK(candidates.shown[0].probability > 0.9);
        CHECK(counter.reasons_of(candidates.shown[0]) ==
              std::vector<std::string>{"姓が同じ", "名が同じ", "住所が同じ", "電話番号が同じ"});
        CHECK(counter.safe.entries("person.compared") == 1);
        CHECK(counter.candidates({10, 10}).shown.size() == 1); // beyond the last page is the last
        CHECK(counter.indexed() == 0);                         // comparing makes no index
    });
}

TEST_CASE("a pair that was told apart, merged or erased is not offered again; taken back, it is")
{
    at_counter([](Counter& counter) {
        const auto twice = [&] { return counter.safe.person({{"name", "見本 花子"}, {"telephone", "090-0000-0002"}}); };
        const auto one = twice(), other = twice();
        const auto& vault = counter.safe.vault;
        CHECK(counter.candidates().total == 1);
        const vault::Use why{"course_operation", "名前の同じ親子と分かったため"};
        const auto apart = vault::tell_apart(vault, counter.supervisor(), other, one, why);
        REQUIRE(apart);
        CHECK(counter.candidates().total == 0);
        REQUIRE(vault::take_back(vault, counter.supervisor(), *apart, why));
        CHECK(counter.candidates().total == 1);

        const auto third = twice();
        CHECK(counter.candidates().total == 3); // heard of
        REQUIRE(vault::merge(vault, counter.supervisor(), {one, other, 1, 1, {}, "course_operation", "確認した"}));
        CHECK(counter.candidates().total == 1);
        counter.erase(third);
        CHECK(counter.candidates().total == 0);
    });
}

TEST_CASE("while many search, others record and erase: everybody finds whoever is there [K38]")
{
    at_counter([](Counter& counter) {
        const auto stays = counter.safe.person({{"name", "見本 太郎"}});
        const auto scope = counter.scope();
        std::atomic<int> missed = 0, ghosts = 0;
        std::atomic<bool> done = false;
        std::vector<std::thread> people;
        for (int i = 0; i < 3; ++i)
            people.emplace_back([&] {
                while (!done) {
                    const auto found = counter.finder.find(scope, "見本", {}).value();
                    if (found.found.size() != 1 || found.found[0].seen.person.subject != stays) ++missed;
                }
            });
        for (int i = 0; i < 20; ++i) {
            const auto comes = counter.safe.person({{"name", "架空 花子"}});
            if (counter.find("架空") != People{comes}) ++missed;
            counter.erase(comes);
            if (!counter.find("架空").empty()) ++ghosts;
            counter.finder.drop_idle(counter.safe.town.moment.at + PersonFinder::kIdle);
        }
        done = true;
        for (auto& one : people) one.join();
        CHECK(missed == 0);
        CHECK(ghosts == 0);
    });
}
