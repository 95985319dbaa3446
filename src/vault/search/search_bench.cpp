// Looking for people among 100,000: how long the index takes at unlock, how long a search takes, and how much memory;
// beside it SQLite's FTS5 with trigrams over the same folded texts, which is what one would use without an index of
// one's own.
#include "base/random.h"
#include "infra/text/definition_file.h"
#include "infra/text/notation/address.h"
#include "vault/search/person_index.h"
#include "vault/search/townspeople.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <sqlite3.h>
#include <string>

using namespace azukari;
using namespace azukari::search;

namespace {

// Processor time: other work runs on the same machine.
double since(std::clock_t begin)
{
    return double(std::clock() - begin) / CLOCKS_PER_SEC;
}

void print(const char* metric, double value, const char* unit)
{
    std::printf("%-56s %12.3f %s\n", metric, value, unit);
}

// What is typed at a counter: mostly names, often only a part of them.
std::vector<std::string> queries_of(const Town& town, std::size_t count)
{
    Rng rng(3);
    std::vector<std::string> queries;
    while (queries.size() < count) {
        const auto& of = town.people[rng.below(town.people.size())];
        const auto surname = of.name.substr(0, of.name.find("　"));
        const auto given =
            of.reading.find("　") == std::string::npos ? of.reading : of.reading.substr(of.reading.find("　") + 3);
        switch (rng.below(12)) {
        case 0:
            queries.push_back(surname);
            break;
        case 1:
            queries.push_back(of.name);
            break;
        case 2:
            queries.push_back(of.reading);
            break;
        case 3:
            queries.push_back(given);
            break;
        case 4:
            queries.push_back(of.telephone);
            break;
        case 5:
            queries.push_back(of.telephone.substr(of.telephone.size() - 4));
            break;
        case 6:
            queries.push_back(of.birth);
            break;
        case 7:
            queries.push_back(surname + " " + to_era(*CivilDate::parse(of.birth)));
            break;
        case 8:
            queries.push_back(of.address);
            break;
        case 9:
            queries.push_back(of.address.substr(0, of.address.find_first_of("0123456789 ")));
            break;
        case 10:
            queries.push_back(surname + " 見本区");
            break;
        default:
            queries.push_back("sato " + of.birth.substr(0, 4));
            break;
        }
    }
    return queries;
}

void print_times(const char* what, std::vector<double>& seconds)
{
    std::ranges::sort(seconds);
    const auto at = [&](double part) {
        return seconds[static_cast<std::size_t>(part * double(seconds.size() - 1))] * 1e3;
    };
    print((std::string(what) + ", median").c_str(), at(0.5), "ms");
    print((std::string(what) + ", p99").c_str(), at(0.99), "ms");
    print((std::string(what) + ", slowest").c_str(), at(1), "ms");
}

struct CloseDatabase {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class TrigramPeer { // FTS5 in memory, over one folded text a person
public:
    TrigramPeer()
    {
        sqlite3* db = nullptr;
        sqlite3_open(":memory:", &db);
        db_.reset(db);
        run("create virtual table person using fts5(text, tokenize='trigram')");
    }
    void fill(const std::vector<std::string>& texts)
    {
        run("begin");
        const auto insert = prepare("insert into person(rowid, text) values (?, ?)");
        for (std::size_t i = 0; i < texts.size(); ++i) {
            sqlite3_bind_int64(insert.get(), 1, static_cast<sqlite3_int64>(i));
            sqlite3_bind_text(insert.get(), 2, texts[i].data(), static_cast<int>(texts[i].size()), SQLITE_STATIC);
            sqlite3_step(insert.get());
            sqlite3_reset(insert.get());
        }
        run("commit");
    }
    // The first fifty and how many there are, as a page needs them. Two characters have no trigram: LIKE looks at every
    // row.
    std::size_t find(const std::string& text)
    {
        const bool indexed =
            static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; })) >= 3;
        const char* where = indexed ? "text match ?" : "text like ?";
        const auto bound = indexed ? "\"" + text + "\"" : "%" + text + "%";
        std::size_t total = 0;
        for (const char* what : {"count(*)", "rowid"}) {
            const auto select = prepare(std::string("select ") + what + " from person where " + where + " limit 50");
            sqlite3_bind_text(select.get(), 1, bound.data(), static_cast<int>(bound.size()), SQLITE_STATIC);
            while (sqlite3_step(select.get()) == SQLITE_ROW)
                if (total == 0) total = static_cast<std::size_t>(sqlite3_column_int64(select.get(), 0));
        }
        return total;
    }
    double megabytes() const { return double(sqlite3_memory_used()) / 1e6; }

private:
    void run(const char* sql) { sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr); }
    std::unique_ptr<sqlite3_stmt, FinishStatement> prepare(const std::string& sql)
    {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(db_.get(), sql.c_str(), -1, &statement, nullptr);
        return std::unique_ptr<sqlite3_stmt, FinishStatement>(statement);
    }
    std::unique_ptr<sqlite3, CloseDatabase> db_;
};

std::string as_utf8(std::u16string_view text)
{
    std::string out;
    for (const char16_t c : text) {
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else {
            if (c >= 0x800) out += static_cast<char>(0xE0 | c >> 12);
            out += static_cast<char>(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return out;
}

void measure_peer(const Town& town, const text::NameFolding& folding, const std::vector<std::string>& queries)
{
    std::vector<std::string> texts;
    for (const auto& of : town.people)
        texts.push_back(as_utf8(text::without_spaces(folding.fold_name(of.name)) + u' ' +
                                text::without_spaces(folding.fold_name(of.reading)) + u' ' +
                                text::line_of(text::read_address(of.address, folding))) +
                        " " + of.telephone + " " + of.birth);
    TrigramPeer peer;
    auto begin = std::clock();
    peer.fill(texts);
    print("SQLite FTS5 trigram, the same folded texts, build", since(begin), "s");
    print("SQLite FTS5 trigram, memory", peer.megabytes(), "MB");
    std::vector<double> seconds;
    for (const auto& query : queries) {
        const auto folded = as_utf8(text::without_spaces(folding.fold_name(query)));
        begin = std::clock();
        peer.find(folded);
        seconds.push_back(since(begin));
    }
    print_times("SQLite FTS5 trigram, a name or a reading", seconds);
}

} // namespace

int main(int argc, char** argv)
{
    const auto count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000;
    auto begin = std::clock();
    const text::NameFolding folding(
        text::KanjiVariants::of(text::Definition::read("definitions/names/kanji_variants.toml").value()).value());
    print("folding table read", since(begin), "s");
    const auto town = townspeople(count, 20250401);
    std::vector<Person> persons;
    for (std::size_t i = 0; i < town.people.size(); ++i) persons.push_back(as_person(town.people[i], i));

    begin = std::clock();
    PersonIndex index(folding);
    for (const auto& person : persons) index.add(person);
    index.settle();
    print("index of all persons built from opened values", since(begin), "s");
    print("index, memory", double(index.memory_bytes()) / 1e6, "MB");

    std::vector<double> seconds;
    std::size_t found = 0;
    for (const auto& written : queries_of(town, 6000)) {
        begin = std::clock();
        const auto query = read_query(written, folding);
        found += query ? index.find(*query, {}).total : 0;
        seconds.push_back(since(begin));
    }
    print_times("search, mixed", seconds);
    print("found a query, mean", double(found) / 6000, "persons");

    std::vector<std::string> names;
    for (std::size_t i = 0; i < 1000; ++i) {
        const auto& of = town.people[i * 7 % count];
        names.push_back(i % 2 == 0 ? of.name.substr(0, of.name.find("　")) : of.reading);
    }
    seconds.clear();
    for (const auto& name : names) {
        begin = std::clock();
        index.find(read_query(name, folding).value(), {});
        seconds.push_back(since(begin));
    }
    print_times("search, a name or a reading", seconds);
    measure_peer(town, folding, names);
    begin = std::clock();
    for (std::size_t i = 0; i < 1000; ++i) index.remove(id_of_place(i));
    print("a person removed", since(begin) / 1000 * 1e6, "µs");
}
