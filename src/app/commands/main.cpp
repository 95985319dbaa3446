// azukari: the server and its commands. Exit codes: 0 done, 1 refused or failed (said why), 2 wrong usage.
#include "app/commands/commands.h"
#include "base/fault.h"
#include "infra/seal/key_arena.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

namespace {

// What is wrong with the command as it was typed. The library tells it in English; what was typed stands behind a
// colon, or is the first word.
std::string wrong_usage(const CLI::App*, const CLI::Error& error)
{
    const std::string words = error.what();
    const auto colon = words.find(": ");
    const auto typed = colon == std::string::npos ? words.substr(0, words.find(' ')) : words.substr(colon + 2);
    std::string what = "指定の値が正しくありません: " + words.substr(0, colon);
    const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
    if (kind == CLI::ExitCodes::ExtrasError) what = "知らない指定があります: " + typed;
    if (kind == CLI::ExitCodes::RequiredError)
        what = typed.starts_with("--") ? "必要な指定がありません: " + typed : "何をするかを指定してください";
    return "azukari: " + what + "。書き方は `azukari --help` で確かめられます。\n";
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app("預かり ― 委託された個人情報を扱う仕事のためのシステム", "azukari");
    app.set_version_flag("--version", "azukari " AZUKARI_VERSION);
    app.require_subcommand(1);
    app.failure_message(wrong_usage);
    app.get_formatter()->column_width(34);
    int exit_code = 0;
    azukari::app::add_commands(app, exit_code);
    try {
        azukari::seal::harden_process();
        app.parse(argc, argv);
        return exit_code;
    } catch (const CLI::RuntimeError& ended) { // a command that said how it ended (guidance_endings.h)
        return ended.get_exit_code();
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    } catch (const azukari::Fault& fault) {
        std::fprintf(stderr, "azukari: %s\n", fault.what());
    } catch (const std::exception& other) {
        std::fprintf(stderr, "azukari: 予期しない誤りのため終了します: %s\n", other.what());
    }
    return 1;
}
