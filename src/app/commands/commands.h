// Everything the command line offers. A command reads its arguments, calls the rooms, and tells the outcome in
// Japanese.
#pragma once

#include "app/house.h"
#include "base/result.h"

namespace CLI {
class App;
}

namespace azukari::app {

// `exit_code` is set by the command that runs.
void add_commands(CLI::App& app, int& exit_code);

void add_house_commands(CLI::App& app, int& exit_code);    // init, serve, demo, routes
void add_keystore_commands(CLI::App& app, int& exit_code); // keystore …
void add_ledger_commands(CLI::App& app, int& exit_code);   // ledger …
void add_backup_commands(CLI::App& app, int& exit_code);   // backup, restore, drill

// Prints the refusal to standard error; 0 when there is none, 1 otherwise.
int tell(const Result<void>& outcome);

// Asks on the terminal without showing what is typed; without a terminal, reads one line of standard input or, under
// systemd, the credential "passphrase".
SecretText ask_passphrase(std::string_view prompt);

} // namespace azukari::app
