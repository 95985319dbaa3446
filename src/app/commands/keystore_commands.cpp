#include "app/commands/commands.h"
#include "infra/seal/keystore/ceremony.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace azukari::app {
namespace {

void print(const seal::PrintedShares& shares)
{
    fmt::print("復旧用の控えです。三人の保管者に一枚ずつ渡してください。二枚そろうと鍵を復旧できます。\n"
               "この画面を閉じると二度と表示されません。印刷または書き写しのあと、画面を消してください。\n\n");
    for (const auto& share : shares) fmt::print("{}\n", share.reveal());
}

Result<void> shares(const std::string& folder)
{
    AZK_TRY(const auto settings, read_settings(folder));
    AZK_TRY(auto house, House::open(settings, ask_passphrase));
    print(seal::print_shares(house.keystore(), house.entropy()));
    return {};
}

Result<void> rotate(const std::string& folder)
{
    AZK_TRY(const auto settings, read_settings(folder));
    SystemEntropy entropy;
    AZK_TRY(const auto guard, guard_of(settings, ask_passphrase, false));
    AZK_TRY(auto keystore, seal::Keystore::open({.directory = settings.keys()}, *guard, entropy));
    AZK_TRY(const auto fresh, seal::rotate_keystore(keystore, *guard, nullptr, entropy));
    fmt::print("鍵を更新しました。これまでの控えは使えません。\n\n");
    print(fresh);
    return {};
}

Result<void> recover(const std::string& folder)
{
    AZK_TRY(const auto settings, read_settings(folder));
    const auto typed = typed_shares();
    AZK_TRY(const auto passphrase, new_passphrase(settings));
    SystemEntropy entropy;
    AZK_TRY(const auto guard, guard_of(settings, passphrase, true));
    AZK_TRY(const auto guarded, seal::recover_keystore({.directory = settings.keys()}, typed, *guard, entropy));
    fmt::print("鍵を復旧しました。これまでの控えは使えません。\n\n");
    print(guarded.shares);
    return {};
}

} // namespace

void add_keystore_commands(CLI::App& app, int& exit_code)
{
    auto* group = app.add_subcommand("keystore", "鍵の控え・更新・復旧（サーバーを止めて行う）");
    group->require_subcommand(1);
    const auto folder = std::make_shared<std::string>("/var/lib/azukari");
    const auto add = [&](const char* name, const char* what, Result<void> (*run)(const std::string&)) {
        auto* command = group->add_subcommand(name, what);
        command->add_option("--data", *folder, "データフォルダー")->capture_default_str();
        command->callback([folder, run, &exit_code] { exit_code = tell(run(*folder)); });
    };
    add("shares", "復旧用の控え（三枚のうち二枚で復旧）を表示する", shares);
    add("rotate", "根の鍵を新しくする", rotate);
    add("recover", "二枚の控えから鍵を復旧する", recover);
}

} // namespace azukari::app
