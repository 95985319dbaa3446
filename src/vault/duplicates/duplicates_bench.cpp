// Possible duplicates among 100,000 entries: how long, how many of those who are there twice are found, how many of the
// pairs are right. With FILE.csv (id,name,reading,birth,sex,postcode,address,telephone, from the first row a heading;
// FILE.truth.csv with the pairs of ids beside it) the same over that file, its reading included.
#include "infra/text/csv.h"
#include "infra/text/definition_file.h"
#include "vault/duplicates/linkage.h"
#include "vault/search/townspeople.h"

#include <charconv>
#include <cstdio>
#include <ctime>
#include <set>

using namespace azukari;
using namespace azukari::duplicates;

namespace {

using Places = std::set<std::pair<std::uint32_t, std::uint32_t>>;

double since(std::clock_t begin)
{
    return double(std::clock() - begin) / CLOCKS_PER_SEC;
}

std::uint32_t number(std::string_view cell)
{
    std::uint32_t value = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return value;
}

std::vector<Identity> identities_of(const std::string& path)
{
    text::FileSource source(path);
    text::CsvReader reader(source);
    text::CsvRow row;
    std::vector<Identity> identities;
    identities.reserve(source.size() / 100);
    for (bool heading = true; reader.next(row).value(); heading = false) {
        if (heading) continue;
        const auto cell = [&](std::size_t at) { return std::string(row.cells.at(at)); };
        identities.push_back(
            {search::id_of_place(number(row.cells[0])), cell(1), cell(2), cell(3), cell(4), cell(6), cell(7)});
    }
    return identities;
}

Places truth_of(const std::string& path)
{
    text::FileSource source(path);
    text::CsvReader reader(source);
    text::CsvRow row;
    Places truth;
    for (bool heading = true; reader.next(row).value(); heading = false)
        if (!heading) truth.insert({number(row.cells[0]), number(row.cells[1])});
    return truth;
}

void report(const std::vector<Pair>& pairs, const Places& truth, double seconds)
{
    std::size_t right = 0;
    for (const auto& pair : pairs) {
        const auto number = [&](const SubjectId& id) {
            return std::uint32_t{id.bytes()[13]} << 16 | std::uint32_t{id.bytes()[14]} << 8 | id.bytes()[15];
        };
        const auto ids = std::minmax({number(pair.a), number(pair.b)});
        right += truth.contains({ids.first, ids.second});
    }
    std::printf("possible duplicates: processor time %35.3f s\n", seconds);
    std::printf("pairs %53zu\n", pairs.size());
    std::printf("recall %56.4f\n", double(right) / double(truth.size()));
    std::printf("precision %53.4f\n", double(right) / double(std::max<std::size_t>(pairs.size(), 1)));
}

} // namespace

int main(int argc, char** argv)
{
    const text::NameFolding folding(
        text::KanjiVariants::of(text::Definition::read("definitions/names/kanji_variants.toml").value()).value());
    if (argc > 1) {
        const std::string path = argv[1];
        const auto begin = std::clock();
        const auto identities = identities_of(path);
        const auto pairs = possible_duplicates(identities, folding);
        const double seconds = since(begin);
        report(pairs, truth_of(path.substr(0, path.rfind(".csv")) + ".truth.csv"), seconds);
        return 0;
    }
    for (const std::size_t count : {10'000U, 100'000U}) {
        const auto town = search::townspeople(count, 20250401);
        std::vector<Identity> identities;
        for (std::size_t i = 0; i < count; ++i) {
            const auto& of = town.people[i];
            identities.push_back(
                {search::id_of_place(i), of.name, of.reading, of.birth, of.sex, of.address, of.telephone});
        }
        std::printf("%zu entries\n", count);
        const auto begin = std::clock();
        const auto pairs = possible_duplicates(identities, folding);
        const double seconds = since(begin);
        report(pairs, Places(town.twice.begin(), town.twice.end()), seconds);
    }
}
