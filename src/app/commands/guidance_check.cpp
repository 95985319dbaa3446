#include "app/commands/guidance_check.h"

#include "app/commands/guidance_endings.h"
#include "app/commands/progress_bar.h"
#include "app/front_office.h"
#include "programmes/guidance/cross_check.h"
#include "programmes/guidance/gaiji.h"

#include <filesystem>
#include <map>

namespace azukari {
namespace {

using namespace guidance;

constexpr std::size_t kShown = 200; // of each list; the rest is counted

struct CheckWish {
    std::string input, layout, rules;
    bool drop_undeclared = false;
};

struct Found {
    std::size_t bad_cells = 0, bad_rows = 0, rows = 0;
    std::vector<std::string> bad; // the first of them, as sentences
    std::vector<Difference> differences;
    std::vector<std::string> dropped;
    std::map<std::string, std::size_t> unknown_gaiji; // code -> people
};

// Prints nothing but the bar, which is gone when this returns.
Found read_through(const CheckWish& wish, const RecipientLayout& columns, const CrossCheck& cross_check)
{
    const auto gaiji = value_or_end(GaijiTable::beside(wish.layout), kWrongDefinition);
    text::FileSource source(wish.input);
    const auto undeclared = wish.drop_undeclared ? UndeclaredColumns::drop : UndeclaredColumns::refuse;
    auto file = value_or_end(RecipientFile::open(source, columns, undeclared), kRefused);
    ProgressBar bar("検査中", source.size(), "バイト");
    Found found;
    found.dropped = file.dropped_columns();
    std::vector<BadCell> bad;
    Recipient recipient;
    while (value_or_end(file.next(recipient, bad), kRefused)) {
        bar.show(source.position());
        ++found.rows;
        if (bad.empty()) {
            if (auto difference = cross_check.of(recipient)) found.differences.push_back(*std::move(difference));
            for (const auto& code : gaiji.resolve(recipient)) ++found.unknown_gaiji[code];
            continue;
        }
        ++found.bad_rows;
        for (const auto& cell : bad)
            if (++found.bad_cells <= kShown) found.bad.push_back(cell.sentence());
        bad.clear();
    }
    return found;
}

void run_check(const CheckWish& wish)
{
    const auto columns = value_or_end(RecipientLayout::read(wish.layout + "/recipients.toml"), kWrongDefinition);
    const auto rules = value_or_end(stratification::RuleBook::read(wish.rules), kWrongDefinition);
    const CrossCheck cross_check(columns, rules);
    const auto found = read_through(wish, columns, cross_check);
    for (const auto& sentence : found.bad) fmt::print("{}\n", sentence);
    if (found.bad_cells > kShown) fmt::print("ほか{}か所\n", found.bad_cells - kShown);
    for (std::size_t i = 0; i < std::min(kShown, found.differences.size()); ++i)
        fmt::print("{}\n", found.differences[i].sentence());
    if (found.differences.size() > kShown) fmt::print("ほか{}人\n", found.differences.size() - kShown);
    for (const auto& [code, people] : found.unknown_gaiji)
        fmt::print("外字 {} が表にありません（{}人）。\n", code, people);
    for (const auto& column : found.dropped) fmt::print("情報項目にない列を除いて検査しました: {}\n", column);
    const auto open = std::ranges::count_if(found.differences, &Difference::not_judged);
    fmt::print("{}人を検査しました。正しくない欄 {}か所（{}人）、区分が国の基準と違う人 {}人、判定できない人 {}人。\n",
               found.rows, found.bad_cells, found.bad_rows, std::ssize(found.differences) - open, open);
    if (found.rows == 0) end_with(kRefused, "対象者が1人もいません。");
    if (found.bad_cells > 0) end_with(kRefused, "");
    if (!found.differences.empty() || !found.unknown_gaiji.empty()) end_with(kNotAll, "");
}

} // namespace

void add_guidance_check(CLI::App& group)
{
    const auto wish = std::make_shared<CheckWish>();
    wish->rules = (app::definitions_folder() / "stratification").string();
    auto* check =
        group.add_subcommand("check", "対象者データの欄を検査し、保健指導区分を国の階層化の基準と照らし合わせる");
    check->add_option("--input", wish->input, "対象者データ(CSV)")->required()->check(CLI::ExistingFile);
    check->add_option("--layout", wish->layout, "様式のフォルダ")->required()->check(CLI::ExistingDirectory);
    check->add_option("--rules", wish->rules, "階層化の基準のフォルダ")->check(CLI::ExistingDirectory);
    check->add_flag("--drop-undeclared", wish->drop_undeclared, "情報項目にない列を除いて検査する");
    check->callback([wish] { run_check(*wish); });
}

} // namespace azukari
