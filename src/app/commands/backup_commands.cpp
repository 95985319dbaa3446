#include "app/backups/drill.h"
#include "app/backups/requests.h"
#include "app/backups/restoring.h"
#include "app/commands/commands.h"
#include "infra/seal/keystore/recovery_share.h"
#include "ledger/publisher.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace azukari::app {
namespace {

namespace fs = std::filesystem;

struct Wish {
    std::string folder = "/var/lib/azukari";
    std::string data, keys, ledger;
    std::vector<std::string> destructions{}, certificates{};
    bool shares = false;
};

// Where the server runs its paths mean what they mean here.
std::string absolute(const std::string& path)
{
    return path.empty() ? path : fs::absolute(path).lexically_normal().string();
}

void tell_progress(std::string_view line)
{
    fmt::print("  {}…\n", line);
    std::fflush(stdout);
}

void print_lines(std::string text)
{
    for (auto& c : text)
        if (c == '\t') c = '\n';
    fmt::print("{}\n", text);
}

// The house that runs on the folder answers; when none runs, it is opened for the question.
Result<void> ask(const Wish& wish, const Question& question, const AskPassphrase& passphrase = ask_passphrase)
{
    AZK_TRY(auto answer, ask_running_house(wish.folder, question, tell_progress));
    if (!answer) {
        AZK_TRY(const auto settings, read_settings(wish.folder));
        AZK_TRY(auto house, House::open(settings, passphrase));
        AZK_TRY(auto key, house.keystore().ledger_key());
        const ledger::Publisher publisher({settings.ledger_origin, std::move(key), settings.witness()});
        AZK_TRY(answer, answer_request(house, publisher, question, tell_progress));
    }
    print_lines(std::move(*answer));
    return {};
}

Result<void> make(const Wish& wish)
{
    return ask(wish, {std::string(kAskBackup), absolute(wish.data), absolute(wish.keys), absolute(wish.ledger)});
}

Result<void> list(const Wish& wish)
{
    return ask(wish, {std::string(kAskSets)});
}

Restoring restoring_of(const Wish& wish)
{
    Restoring restoring{{wish.data, wish.keys, wish.ledger}};
    for (const auto& list : wish.destructions) restoring.destructions.emplace_back(list);
    for (const auto& file : wish.certificates) restoring.certificates.emplace_back(file);
    return restoring;
}

void tell(const Wish& wish, const Restored& restored)
{
    const auto& parts = restored.parts;
    fmt::print("{} に復元しました。\n", wish.folder);
    for (const auto* part : {&parts.data, &parts.keys, &parts.ledger})
        fmt::print("  {}: {} のもの（{}）\n", backup::japanese(part->manifest.part), to_japanese(part->manifest.made),
                   part->folder.filename().string());
    fmt::print("  データの控えより後の記録台帳の記録: {}件を戻しました（その間の仕事そのものは戻りません）。\n",
               restored.entries_since);
    const auto& again = restored.replayed;
    if (again.keys_again + again.persons_again + again.resumed == 0)
        fmt::print("  控えの後に消去された人の情報: ありません。\n");
    else
        fmt::print(
            "  控えの後に消去された人の情報: {}人分を改めて消去しました（鍵を破棄し直した委託 {}件、途中だった消去 "
            "{}件）。\n",
            again.persons_again, again.keys_again, again.resumed);
    fmt::print(
        "  {} より後の消去は、--destructions か --certificate で渡されたものだけが改めて消去されています。区が持つ"
        "消去証明書と見比べてください。\n",
        to_japanese(parts.ledger.manifest.made));
    if (!restored.shares.empty()) {
        fmt::print("\n鍵を新しく守り直しました。これまでの復旧用の控えは使えません。新しい控えです:\n\n");
        for (const auto& share : restored.shares) fmt::print("{}\n", share.reveal());
    }
    fmt::print("続けて `azukari serve --data {}` で開けます。\n", wish.folder);
}

Result<void> put_back(const Wish& wish)
{
    AZK_TRY(const auto settings, read_settings(wish.folder));
    auto restoring = restoring_of(wish);
    auto passphrase = asked_once();
    if (wish.shares) {
        restoring.shares = typed_shares();
        AZK_REQUIRE(seal::join_root(restoring.shares)); // before the copies are read, which takes its time
        AZK_TRY(passphrase, new_passphrase(settings));
    }
    AZK_TRY(const auto restored, restore(settings, restoring, passphrase, tell_progress));
    tell(wish, restored);
    return {};
}

constexpr RefusalKind kDrillFailed{
    "drill.failed",
    "控えから正しく復元できませんでした。上の × の行を確かめ、新しい控えを作って、もう一度行ってください。"};
constexpr RefusalKind kNothingToDrill{
    "drill.nothing",
    "どの控えで訓練するかを --data-from、--keys-from、--ledger-from で指定するか、azukari.toml の [backup] に"
    "書いてください。"};

Result<void> try_out(const Wish& wish)
{
    AZK_TRY(const auto settings, read_settings(wish.folder));
    auto restoring = restoring_of(wish);
    auto& from = restoring.from;
    if (from.data.empty()) from.data = settings.backups.data;
    if (from.keys.empty()) from.keys = settings.backups.keys;
    if (from.ledger.empty()) from.ledger = settings.backups.ledger;
    for (const auto part : backup::kParts)
        if (from.of(part).empty()) return refuse(kNothingToDrill);
    const auto passphrase = asked_once();
    AZK_TRY(const auto drilled, drill(settings, restoring, passphrase, tell_progress));
    fmt::print("復元の訓練の結果: {}\n", drilled.good() ? "復元できます" : "復元できません");
    for (const auto& tried : drilled.tried)
        fmt::print("  {} {}: {}\n", tried.good ? "○" : "×", tried.what, tried.found);
    fmt::print("復元したものは、上書きして削除しました。\n");
    AZK_REQUIRE(ask(wish,
                    {std::string(kAskDrilled), drilled.set.text(), drilled.good() ? "done" : "refused:drill.failed",
                     "rows", std::to_string(drilled.rows), "opened", std::to_string(drilled.opened), "erased",
                     std::to_string(drilled.erased)},
                    passphrase));
    if (!drilled.good()) return refuse(kDrillFailed);
    return {};
}

} // namespace

void add_backup_commands(CLI::App& app, int& exit_code)
{
    const auto wish = std::make_shared<Wish>();
    const auto data_folder = [wish](CLI::App* command) {
        command->add_option("--data", wish->folder, "データフォルダー")->capture_default_str();
    };
    const auto run = [wish, &exit_code](CLI::App* command, Result<void> (*work)(const Wish&)) {
        command->callback([wish, work, &exit_code] { exit_code = app::tell(work(*wish)); });
    };
    auto* backup = app.add_subcommand("backup", "データ・鍵・台帳の控えを、三つの場所に作る（動いている間も行える）");
    data_folder(backup);
    backup->add_option("--data-to", wish->data, "データの控えの置き場所（省くと azukari.toml の [backup]）");
    backup->add_option("--keys-to", wish->keys, "鍵の控えの置き場所");
    backup->add_option("--ledger-to", wish->ledger, "台帳の控えの置き場所");
    auto* sets = backup->add_subcommand("list", "これまでの控えと期限を一覧にする");
    data_folder(sets);
    run(sets, list);
    backup->callback([backup, wish, &exit_code] {
        if (backup->get_subcommands().empty()) exit_code = app::tell(make(*wish));
    });
    auto* restore = app.add_subcommand("restore", "控えから、空のフォルダーに復元する");
    data_folder(restore);
    restore->get_option("--data")->required();
    restore->add_option("--data-from", wish->data, "データの控え（フォルダーを指すと最も新しいもの）")->required();
    restore->add_option("--keys-from", wish->keys, "鍵の控え")->required();
    restore->add_option("--ledger-from", wish->ledger, "台帳の控え（最も新しいものを）")->required();
    restore->add_option("--destructions", wish->destructions, "さらに新しい消去の一覧");
    restore->add_option("--certificate", wish->certificates, "控えより後の消去の、証明書の検証用ファイル");
    restore->add_flag("--shares", wish->shares, "鍵を守るものを失ったとき: 二枚の復旧用の控えから復旧する");
    run(restore, put_back);
    auto* drill = app.add_subcommand("drill", "控えから試しに復元し、突き合わせて、消す（動いている間も行える）");
    data_folder(drill);
    drill->add_option("--data-from", wish->data, "データの控え（省くと azukari.toml の [backup] の最も新しいもの）");
    drill->add_option("--keys-from", wish->keys, "鍵の控え");
    drill->add_option("--ledger-from", wish->ledger, "台帳の控え");
    run(drill, try_out);
}

} // namespace azukari::app
