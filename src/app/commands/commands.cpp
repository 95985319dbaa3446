#include "app/commands/commands.h"

#include "app/commands/guidance_compose.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace azukari::app {
namespace {

constexpr RefusalKind kPassphrasesDiffer{"keys.passphrases_differ",
                                         "二度入れた合言葉が違います。何も作っていません。もう一度始めてください。"};

} // namespace

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

AskPassphrase asked_once()
{
    const auto said = std::make_shared<std::optional<SecretText>>();
    return [said](std::string_view prompt) {
        if (!*said) *said = ask_passphrase(prompt);
        return SecretText((*said)->reveal());
    };
}

Result<AskPassphrase> new_passphrase(const Settings& settings)
{
    if (settings.guard != KeyGuard::passphrase) return asked_once();
    const auto chosen = std::make_shared<SecretText>(ask_passphrase("新しい鍵の合言葉（15文字以上）"));
    const auto again = ask_passphrase("確かめのため、もう一度");
    if (chosen->reveal() != again.reveal()) return refuse(kPassphrasesDiffer);
    return AskPassphrase([chosen](std::string_view) { return SecretText(chosen->reveal()); });
}

std::vector<std::string> typed_shares()
{
    fmt::print("復旧用の控えを二枚、続けて入力してください（一枚ごとに空の行で区切ります）。\n");
    std::fflush(stdout);
    std::vector<std::string> typed;
    std::string share, line;
    while (typed.size() < 2 && std::getline(std::cin, line)) {
        if (!line.empty()) share += line + "\n";
        if (line.empty() && !share.empty()) typed.push_back(std::exchange(share, {}));
    }
    if (!share.empty()) typed.push_back(share);
    return typed;
}

} // namespace azukari::app
