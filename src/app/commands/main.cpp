// azukari: the server and its commands. Exit codes: 0 done, 1 refused or failed (said why), 2 wrong usage.
#include "app/commands/commands.h"
#include "base/fault.h"
#include "infra/seal/key_arena.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

int main(int argc, char** argv)
{
    CLI::App app("預かり ― 委託された個人情報を扱う仕事のためのシステム", "azukari");
    app.set_version_flag("--version", "azukari " AZUKARI_VERSION);
    app.require_subcommand(1);
    app.get_formatter()->column_width(34);
    int exit_code = 0;
    azukari::app::add_commands(app, exit_code);
    try {
        azukari::seal::harden_process();
        app.parse(argc, argv);
        return exit_code;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    } catch (const azukari::Fault& fault) {
        std::fprintf(stderr, "azukari: %s\n", fault.what());
    } catch (const std::exception& other) {
        std::fprintf(stderr, "azukari: 予期しない誤りのため終了します: %s\n", other.what());
    }
    return 1;
}
