// How long it takes to take a ward's file in: read with every cell checked, laid beside the stratification, sealed
// under a key for each person, durable in the store and told to the ledger. On disk, where TMPDIR says.
//
//     intake_bench [RECIPIENTS]          prints `metric value unit`
#include "access/testing.h"
#include "base/check.h"
#include "guidance_batch_migrations.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/storage/testing.h"
#include "programmes/guidance/batch/intake.h"
#include "programmes/guidance/sample_recipients.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

class Stopwatch { // on a busy machine only the processor time says what the work costs
public:
    double wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }
    double cpu() const { return static_cast<double>(std::clock() - cpu_begin_) / CLOCKS_PER_SEC; }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::clock_t cpu_begin_ = std::clock();
};

void read_only(const std::string& csv, const RecipientLayout& columns, const CrossCheck* cross_check)
{
    const Stopwatch watch;
    text::TextSource source(csv);
    auto file = RecipientFile::open(source, columns).value();
    Recipient recipient;
    std::vector<BadCell> bad;
    std::size_t differences = 0;
    while (file.next(recipient, bad).value())
        differences += cross_check != nullptr && cross_check->of(recipient).has_value();
    AZK_CHECK(bad.empty() && differences == 0);
    const double megabytes = static_cast<double>(csv.size()) / 1e6;
    const auto* what = cross_check != nullptr ? "checked_and_cross_checked" : "checked";
    fmt::print("{0} {1:.0f} MB/s\n{0}_per_core {2:.0f} MB/s\n", what, megabytes / watch.wall(),
               megabytes / watch.cpu());
}

void take_all_in(storage::Db& db, const std::string& csv, const RecipientLayout& columns,
                 const stratification::RuleBook& rules)
{
    access::testing::Town town(db);
    SeededEntropy entropy(3);
    std::string name = (std::filesystem::temp_directory_path() / "azukari-intake-XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(name.data());
    {
        auto guard = seal::KeyFileProvider::fresh(folder / "root.key").value();
        auto keystore =
            seal::Keystore::create({.directory = folder / "keys", .keys_in_memory = 256}, guard, entropy).value();
        std::vector<std::string> items;
        for (const auto& column : columns.columns()) items.push_back(column.item);
        const auto scope = town.scope(access::actions::kImportGuidance, access::Role::handler);
        const Stopwatch watch;
        const auto taken = take_in(db, keystore, entropy, scope, columns, rules, items, {.content = csv}).value();
        AZK_CHECK(taken.batch.has_value());
        fmt::print("taken_in {:.2f} s\ntaken_in_processor {:.2f} s\n", watch.wall(), watch.cpu());
    }
    std::filesystem::remove_all(folder);
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000;
    const auto columns = RecipientLayout::read(AZK_SOURCE_DIR "/definitions/layouts/guidance/recipients.toml").value();
    const auto rules = stratification::RuleBook::read(AZK_SOURCE_DIR "/definitions/stratification").value();
    std::string csv;
    write_sample_recipients(columns, {.count = count}, [&](std::string_view more) { csv += more; });
    const CrossCheck cross_check(columns, rules);
    fmt::print("recipients {} n\nfile {:.1f} MB\n", count, static_cast<double>(csv.size()) / 1e6);
    read_only(csv, columns, nullptr); // builds the tables of the encoding
    read_only(csv, columns, nullptr);
    read_only(csv, columns, &cross_check);
    const auto town = access::testing::migrations();
    storage::testing::on_every_store({std::span<const storage::Migration>(town), migrations_of_guidance_batch()},
                                     [&](storage::Db& db) { take_all_in(db, csv, columns, rules); });
}
