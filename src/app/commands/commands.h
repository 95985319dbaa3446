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

// Asks once, however often the keys are opened.
AskPassphrase asked_once();

// For keys that get a new guard. A new passphrase is typed twice before anything is made with it: one that was mistyped
// would lock everybody out. A device's PIN is asked for once. Refuses kPassphrasesDiffer.
Result<AskPassphrase> new_passphrase(const Settings& settings);

// Reads two recovery shares from standard input, one after the other, each ended by an empty line.
std::vector<std::string> typed_shares();

} // namespace azukari::app
