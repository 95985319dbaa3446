// Searching an entrustment of 100,000 persons through the finder, as a page does: the query read, the index asked, who
// was found opened, and the entry of it durable on disk before the answer. Beside it what the first search waits for,
// and what the list of possible duplicates does. Clock time, since that is what somebody waits.
#include "infra/text/definition_file.h"
#include "ledger/ledger.h"
#include "vault/finder/person_finder.h"
#include "vault/search/townspeople.h"
#include "vault/testing.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace azukari;
using namespace azukari::finder;
using Clockwork = std::chrono::steady_clock;

namespace {

constexpr std::size_t kQueries = 2000, kInOneCommit = 5000;

double since(Clockwork::time_point begin)
{
    return std::chrono::duration<double>(Clockwork::now() - begin).count();
}

void print(const char* metric, double value, const char* unit)
{
    std::printf("%-62s %12.3f %s\n", metric, value, unit);
}

template <class Value>
Value expect(Result<Value> result)
{
    if (result) return *std::move(result);
    std::fprintf(stderr, "%s\n", result.error().sentence().c_str());
    std::abort();
}

vault::FieldMap fields_of(const search::Townsperson& of)
{
    return {{"name", of.name}, {"kana", of.reading},    {"birth_date", of.birth},
            {"sex", of.sex},   {"address", of.address}, {"telephone", of.telephone}};
}

// Everybody of the town, each sealed under a key of their own, in a few commits. Their ids grow as if one had come
// every minute.
void move_in(vault::testing::Safe& safe, const search::Town& town)
{
    const auto scope = safe.writer();
    const auto entrustment = safe.town.entrustment;
    if (!safe.keystore.add_entrustment(entrustment)) std::abort();
    const auto came = [&](std::size_t at) {
        return IdSource(scope.moment().at + Duration::minutes(static_cast<std::int64_t>(at)), safe.entropy);
    };
    for (std::size_t from = 0; from < town.people.size(); from += kInOneCommit) {
        const auto to = std::min(from + kInOneCommit, town.people.size());
        std::vector<SubjectId> subjects;
        for (auto at = from; at < to; ++at) subjects.push_back(came(at).next<SubjectNoun>());
        if (!safe.keystore.add_subjects(entrustment, subjects)) std::abort();
        safe.db.write([&](storage::Tx& tx) {
            for (auto at = from; at < to; ++at) {
                const auto subject = subjects[at - from];
                const auto record = came(at).next<vault::RecordNoun>();
                vault::insert_person(tx, scope, subject, "main");
                auto content = safe.writing(fields_of(town.people[at])).content;
                const auto sealed = expect(
                    safe.vault.seal(scope, subject, {"vault_version", record.bytes(), 1}, vault::to_fields(content)));
                if (!vault::insert_version(tx, scope,
                                           {subject, record, vault::kBasic, 1, "course_operation", sealed.sealed}))
                    std::abort();
            }
        });
    }
}

// What is typed at a counter: mostly parts of names.
std::string query_about(const search::Townsperson& of, std::uint64_t kind)
{
    const auto surname = of.name.substr(0, of.name.find("　"));
    switch (kind) {
    case 0:
        return surname;
    case 1:
        return of.reading;
    case 2:
        return of.telephone;
    case 3:
        return of.telephone.size() > 4 ? of.telephone.substr(of.telephone.size() - 4) : of.name;
    case 4:
        return surname + " " + of.birth;
    case 5:
        return of.address;
    default:
        return of.name;
    }
}

void measure(vault::testing::Safe& safe, const search::Town& town)
{
    PersonFinder finder(safe.vault, text::NameFolding(expect(text::KanjiVariants::of(expect(text::Definition::read(
                                        AZK_SOURCE_DIR "/definitions/names/kanji_variants.toml"))))));
    const auto scope = safe.scope(access::actions::kListPersons);
    auto begin = Clockwork::now();
    const auto processor = std::clock();
    expect(finder.find(scope, "見本", {}));
    print("first search: everybody opened, the index made", since(begin), "s");
    print("of that, processor time", static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC, "s");
    begin = Clockwork::now();
    safe.vault.note_listing(scope, 1);
    print("one durable entry alone", since(begin) * 1e3, "ms");

    Rng rng(3);
    std::vector<double> took;
    std::size_t found = 0;
    for (std::size_t i = 0; i < kQueries; ++i) {
        const auto query = query_about(town.people[rng.below(town.people.size())], rng.below(8));
        begin = Clockwork::now();
        const auto answer = finder.find(scope, query, {0, 100});
        took.push_back(since(begin) * 1e3);
        found += answer ? answer->total : 0;
    }
    std::ranges::sort(took);
    print("search through the finder, median", took[took.size() / 2], "ms");
    print("search through the finder, p99", took[took.size() * 99 / 100], "ms");
    print("found a search, mean", static_cast<double>(found) / kQueries, "persons");

    const auto supervisor = safe.scope(access::actions::kMergePersons, access::Role::handling_supervisor);
    begin = Clockwork::now();
    const auto total = expect(finder.possible_duplicates(supervisor, {0, 10})).total;
    print("possible duplicates, everybody opened and compared", since(begin), "s");
    begin = Clockwork::now();
    expect(finder.possible_duplicates(supervisor, {10, 10}));
    print("possible duplicates, the next page", since(begin) * 1e3, "ms");
    print("possible duplicates", static_cast<double>(total), "pairs");
    begin = Clockwork::now();
    finder.hear(vault::News::erased, safe.town.entrustment, SubjectId(IdBytes{1}));
    print("everything forgotten when somebody is erased", since(begin) * 1e3, "ms");
}

} // namespace

int main(int count, char** words)
{
    const auto persons = count > 1 ? std::strtoul(words[1], nullptr, 10) : 100'000;
    const auto town = search::townspeople(persons, 20250401);
    storage::testing::on_every_store(vault::testing::migrations(), [&](storage::Db& db) {
        ledger::grow_with(db);
        vault::testing::Safe safe(db, AZK_SOURCE_DIR "/definitions");
        move_in(safe, town);
        measure(safe, town);
    });
}
