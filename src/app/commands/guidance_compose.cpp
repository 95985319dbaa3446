#include "app/commands/guidance_compose.h"

#include "app/commands/guidance_check.h"
#include "app/commands/guidance_endings.h"
#include "app/commands/progress_bar.h"
#include "infra/pdf/sink.h"
#include "programmes/guidance/gaiji.h"
#include "programmes/guidance/letters/press.h"
#include "programmes/guidance/letters/proof/proof.h"
#include "programmes/guidance/sample_recipients.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <thread>
#include <unordered_set>

namespace azukari {

namespace {

using namespace guidance;

constexpr std::size_t kBadCellsShown = 50;

struct ComposeWish {
    std::string input, layout, output, category;
    bool set_aside = false, drop_undeclared = false;
    unsigned threads = 0;
};

struct CheckedInput {
    std::size_t rows = 0;
    std::unordered_set<std::size_t> bad_lines;
    std::vector<std::string> dropped;
};

UndeclaredColumns undeclared(const ComposeWish& wish)
{
    return wish.drop_undeclared ? UndeclaredColumns::drop : UndeclaredColumns::refuse;
}

CheckedInput check_input(const ComposeWish& wish, const RecipientLayout& columns)
{
    text::FileSource source(wish.input);
    auto file = value_or_end(RecipientFile::open(source, columns, undeclared(wish)), kRefused);
    CheckedInput checked;
    checked.dropped = file.dropped_columns();
    std::vector<BadCell> bad;
    std::size_t bad_cells = 0;
    Recipient recipient;
    while (value_or_end(file.next(recipient, bad), kRefused)) {
        for (const auto& cell : bad) {
            if (++bad_cells <= kBadCellsShown) fmt::print(stderr, "{}\n", cell.sentence());
            checked.bad_lines.insert(cell.line);
        }
        bad.clear();
    }
    checked.rows = file.rows();
    if (bad_cells > kBadCellsShown) fmt::print(stderr, "ほか{}か所\n", bad_cells - kBadCellsShown);
    if (bad_cells > 0 && !wish.set_aside)
        end_with(kRefused, fmt::format("正しくない欄が{}か所あります。通知は1通も作成していません。"
                                       "該当の人を除いて作成するときは --set-aside を付けてください。",
                                       bad_cells));
    if (checked.rows == checked.bad_lines.size()) end_with(kRefused, "対象者が1人もいません。");
    for (const auto& column : checked.dropped) fmt::print("情報項目にない列を除きました: {}\n", column);
    return checked;
}

// The rows of the file that were found right, with category and 通し番号.
Supply supply_from(RecipientFile& file, const CheckedInput& checked, std::optional<Category> only,
                   const GaijiTable& gaiji, std::vector<HeldBack>& held_back)
{
    return [&file, &checked, only, &gaiji, &held_back, serials = SerialNumbers(),
            bad = std::vector<BadCell>()](Addressee& to) mutable -> Result<bool> {
        const auto& layout = file.layout();
        for (;;) {
            AZK_TRY(const bool more, file.next(to.recipient, bad));
            if (!more) return false;
            if (checked.bad_lines.contains(to.recipient.line())) continue;
            const auto category =
                classify(to.recipient.value(layout.kind_column()), to.recipient.value(layout.level_column()));
            if (!category) continue;
            to.category = *category;
            to.serial = serials.next(*category);
            if (only && only != *category) continue;
            const auto unknown = gaiji.resolve(to.recipient);
            if (unknown.empty()) return true;
            held_back.push_back({to.recipient.line(), to.category, to.serial, unknown_gaiji_sentence(unknown)});
        }
    };
}

std::string path_for(const ComposeWish& wish, Category category)
{
    if (!wish.category.empty()) return wish.output;
    const std::filesystem::path output(wish.output);
    const std::string slug(facts_of(category).slug);
    if (std::filesystem::is_directory(output)) return (output / (slug + ".pdf")).string();
    return (output.parent_path() / fmt::format("{}-{}.pdf", output.stem().string(), slug)).string();
}

void report(const ComposeWish& wish, const Composition& made)
{
    for (const auto& facts : kCategories) {
        const auto& count = made.of(facts.category);
        if (count.letters == 0) continue;
        fmt::print("{}  {}通 {}ページ {:.1f}MB  {}\n", path_for(wish, facts.category), count.letters, count.pages,
                   static_cast<double>(count.bytes) / 1e6, facts.title);
    }
    fmt::print("合計 {}通 {}ページ\n", made.letters(), made.pages());
    for (const auto& held : made.held_back)
        fmt::print("作成しませんでした: {}行目 通し番号{}  {}\n", held.line, serial_text(held.category, held.serial),
                   held.reason);
}

void run_compose(const ComposeWish& wish)
{
    std::optional<Category> only;
    if (!wish.category.empty()) {
        only = category_with_slug(wish.category);
        if (!only) end_with(kWrongDefinition, "対象者区分が分かりません: " + wish.category);
    }
    const auto columns = value_or_end(RecipientLayout::read(wish.layout + "/recipients.toml"), kWrongDefinition);
    const auto layout = value_or_end(LetterLayout::read(wish.layout, columns), kWrongDefinition);
    const auto gaiji = value_or_end(GaijiTable::beside(wish.layout), kWrongDefinition);
    const auto checked = check_input(wish, columns);

    text::FileSource source(wish.input);
    auto file = value_or_end(RecipientFile::open(source, columns, undeclared(wish)), kRefused);
    const pdf::FontBook fonts;
    std::array<std::unique_ptr<pdf::FileSink>, kCategories.size()> sinks;
    std::optional<ProgressBar> bar(std::in_place, "作成中", checked.rows - checked.bad_lines.size(), "通");
    PressSettings settings;
    settings.threads = wish.threads > 0 ? wish.threads : std::max(std::thread::hardware_concurrency(), 1U);
    settings.open = [&](Category category) -> pdf::Sink& {
        auto& sink = sinks[static_cast<std::size_t>(category)];
        sink = std::make_unique<pdf::FileSink>(path_for(wish, category));
        return *sink;
    };
    settings.progress = [&](std::size_t letters) { bar->show(letters); };
    std::vector<HeldBack> held_back;
    auto made =
        value_or_end(compose(fonts, layout, supply_from(file, checked, only, gaiji, held_back), settings), kRefused);
    made.held_back.insert(made.held_back.end(), held_back.begin(), held_back.end());
    std::ranges::sort(made.held_back, {}, &HeldBack::line);
    bar.reset();
    for (const auto& sink : sinks)
        if (sink) sink->close();
    report(wish, made);
    if (!made.held_back.empty() || !checked.bad_lines.empty())
        end_with(kNotAll, fmt::format("除いた人: {}人", made.held_back.size() + checked.bad_lines.size()));
}

void run_proof(const std::string& layout_folder, const std::string& output)
{
    const auto columns = value_or_end(RecipientLayout::read(layout_folder + "/recipients.toml"), kWrongDefinition);
    const auto layout = value_or_end(LetterLayout::read(layout_folder, columns), kWrongDefinition);
    const pdf::FontBook fonts;
    pdf::FileSink sink(output);
    const auto proof = write_proof(fonts, layout, columns, sink);
    sink.close();
    for (const auto& finding : proof.findings) fmt::print("{} {}\n    {}\n", finding.page, finding.field, finding.what);
    fmt::print("{}  確かめた紙 {}枚、欄 {}か所、直すところ {}か所\n", output, proof.pages, proof.fields,
               proof.findings.size());
    if (!proof.findings.empty()) end_with(kNotAll, "");
}

void run_sample(const std::string& layout, const SampleWish& wish, const std::string& output)
{
    const auto columns = value_or_end(RecipientLayout::read(layout + "/recipients.toml"), kWrongDefinition);
    pdf::FileSink sink(output);
    std::string waiting;
    const auto lines = write_sample_recipients(columns, wish, [&](std::string_view bytes) {
        waiting += bytes;
        if (waiting.size() > 1 << 20) sink.write(std::exchange(waiting, {}));
    });
    sink.write(waiting);
    sink.close();
    fmt::print("{}  架空の対象者{}人\n", output, wish.count);
    for (const auto line : lines) fmt::print("区分と健診結果が合わない人: {}行目\n", line);
}

} // namespace

void add_guidance_commands(CLI::App& app)
{
    auto* group = app.add_subcommand("guidance", "特定保健指導等の利用券・受診勧奨通知");
    group->require_subcommand(1);

    const auto wish = std::make_shared<ComposeWish>();
    auto* make = group->add_subcommand("compose", "対象者データから、対象者区分ごとの通知(PDF)を作成する");
    make->add_option("--input", wish->input, "対象者データ(CSV)")->required()->check(CLI::ExistingFile);
    make->add_option("--layout", wish->layout, "様式のフォルダ")->required()->check(CLI::ExistingDirectory);
    make->add_option("--output", wish->output, "作成するファイル(OUT.pdf → OUT-区分.pdf)、またはフォルダ")->required();
    make->add_option("--category", wish->category, "この対象者区分だけを、--output の名前のまま作成する");
    make->add_flag("--set-aside", wish->set_aside, "正しくない欄のある人を除いて作成する");
    make->add_flag("--drop-undeclared", wish->drop_undeclared, "情報項目にない列を除いて読み込む");
    make->add_option("--threads", wish->threads, "同時に組版する数(既定: CPUの数)");
    make->callback([wish] { run_compose(*wish); });

    add_guidance_check(*group);
    const auto proofed = std::make_shared<std::string>();
    const auto proof = std::make_shared<std::string>();
    auto* try_out = group->add_subcommand("proof", "校正紙(PDF)を作り、収まらない欄と印刷できない文字を挙げる");
    try_out->add_option("--layout", *proofed, "様式のフォルダ")->required()->check(CLI::ExistingDirectory);
    try_out->add_option("--output", *proof, "作成するファイル")->required();
    try_out->callback([=] { run_proof(*proofed, *proof); });

    const auto sample = std::make_shared<SampleWish>();
    const auto output = std::make_shared<std::string>();
    const auto layout = std::make_shared<std::string>("definitions/layouts/guidance");
    auto* invent = group->add_subcommand("sample", "架空の対象者データ(CP932)を作る");
    invent->add_option("--count", sample->count, "人数")->check(CLI::Range(1, 10'000'000));
    invent->add_option("--seed", sample->seed, "乱数の種(同じ種からは同じデータ)");
    invent->add_option("--differences", sample->differences, "保健指導区分と健診結果が合わない人の数");
    invent->add_option("--layout", *layout, "様式のフォルダ");
    invent->add_option("--output", *output, "作成するファイル")->required();
    invent->callback([=] { run_sample(*layout, *sample, *output); });
}

} // namespace azukari
