// The composition root: the one place that knows real things. It opens keys and store in the right order, grows the
// ledger with them, and lends them to the rooms by reference.
#pragma once

#include "app/settings.h"
#include "base/random.h"
#include "base/secret.h"
#include "erasure/procedure.h"
#include "erasure/replay.h"
#include "infra/seal/keystore/keystore.h"
#include "infra/storage/db.h"

#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace azukari::app {

// How a passphrase is asked for: the terminal, systemd's credential, or a test.
using AskPassphrase = std::function<SecretText(std::string_view prompt)>;

// Who guards the root of the keys, as the settings say. `fresh`: the guard's own secret is to be made, too.
Result<std::unique_ptr<seal::KeyProvider>> guard_of(const Settings& settings, const AskPassphrase& ask, bool fresh);

// The tables of every room, lowest room first.
std::vector<std::span<const storage::Migration>> house_migrations();

// Stands in the data folder while a copy is being put back into it; a house with it does not open.
std::filesystem::path restoring_marker(const Settings& settings);
enum class Opening : std::uint8_t { usual, while_restoring };

class House {
public:
    // Whether the folder has keys already.
    static bool is_founded(const Settings& settings);
    // Makes folders and keys; the store is made when it is first opened, but one that does not answer is told before
    // there are keys. Refuses a folder that has them already.
    static Result<void> found(const Settings& settings, const AskPassphrase& ask, Entropy& entropy);
    // Opens keys, then the store; applies migrations; ends erasures that were interrupted and destroys again what an
    // older copy brought back. Throws StorageFault, refuses what the keystore refuses.
    static Result<House> open(const Settings& settings, const AskPassphrase& ask, Opening opening = Opening::usual);

    const Settings& settings() const { return settings_; }
    storage::Db& db() { return *db_; }
    seal::Keystore& keystore() { return *keystore_; }
    // What erasing is done with.
    const erasure::Means& erasing() const { return *erasing_; }
    // One copy is made at a time: the job's, or the one somebody asked for.
    std::mutex& backup_turn() { return *backup_turn_; }
    // What was destroyed again when it was opened.
    const erasure::Replayed& replayed() const { return replayed_; }
    // Something else that must forget when somebody is erased. Before the first request.
    void tell_of_erasing(erasure::Means::Forget forget) { erasing_->elsewhere.push_back(std::move(forget)); }
    Clock& clock() { return *clock_; }
    Entropy& entropy() { return *entropy_; }

private:
    House() = default;
    Settings settings_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<Entropy> entropy_;
    std::unique_ptr<seal::Keystore> keystore_;
    std::unique_ptr<storage::Db> db_;
    std::unique_ptr<erasure::Means> erasing_;
    erasure::Replayed replayed_;
    std::unique_ptr<std::mutex> backup_turn_ = std::make_unique<std::mutex>();
};

} // namespace azukari::app
