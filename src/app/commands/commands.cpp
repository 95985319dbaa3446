#include "app/commands/commands.h"

#include "app/commands/guidance_compose.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace azukari::app {

void add_commands(CLI::App& app, int& exit_code)
{
    add_house_commands(app, exit_code);
    add_keystore_commands(app, exit_code);
    add_ledger_commands(app, exit_code);
    add_backup_commands(app, exit_code);
    add_guidance_commands(app);
}

int tell(const Result<void>& outcome)
{
    if (outcome) return 0;
    std::fprintf(stderr, "azukari: %s\n", outcome.error().sentence().c_str());
    return 1;
}

SecretText ask_passphrase(std::string_view prompt)
{
    std::string line;
    if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY"); folder != nullptr) { // systemd LoadCredential=
        std::ifstream credential(std::string(folder) + "/passphrase");
        std::getline(credential, line);
        return SecretText(std::move(line));
    }
    const bool terminal = isatty(STDIN_FILENO) != 0;
    termios before{};
    if (terminal) {
        std::fprintf(stderr, "%.*s: ", static_cast<int>(prompt.size()), prompt.data());
        tcgetattr(STDIN_FILENO, &before);
        auto silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &silent);
    }
    std::getline(std::cin, line);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
        std::fputc('\n', stderr);
    }
    return SecretText(std::move(line));
}

} // namespace azukari::app
