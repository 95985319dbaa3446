// The keystore: every wrapped key of the house in a file of its own, never in the database, so that
// a copy of the database holds nothing that can be opened, and so that destroying a key here ends
// every copy of what it sealed.
//
//   provider ─▶ root ─▶ epoch key ─▶ entrustment key (per term) ─▶ subject key (per person)
//                            └─────▶ service key ─▶ session, CSRF, sealed rows (by label);
//                                                   wraps the ledger's signing key
//
// Calls are safe from several threads. Faults of the disk throw; after one during a write, only
// reading goes on until the keystore is opened again, because what reached the disk is not known.
#pragma once

#include "base/id.h"
#include "base/instant.h"
#include "infra/seal/key_arena.h"
#include "infra/seal/keystore/disk.h"
#include "infra/seal/keystore/key_provider.h"
#include "infra/seal/signature.h"

#include <filesystem>

namespace azukari::seal {

class KeystoreState;

struct KeystoreOptions {
    std::filesystem::path directory; // 0700; holds keystore.azk, ledger.key, lock
    std::size_t keys_in_memory = KeyArena::kDefaultKeys;
    Duration forget_after = Duration::minutes(10); // an unwrapped key leaves memory this long after it was unwrapped
    DiskStep before_step{};
};

// A number for the ledger: which state the keystore is in. A keystore put back from an older copy
// shows an older one.
struct KeystoreMark {
    std::uint64_t generation; // grows with every durable change
    std::uint32_t epoch;      // grows when keys are destroyed or rotated
    auto operator<=>(const KeystoreMark&) const = default;
};

// The keystore's files as they are on the disk: sealed, of no use without the guard's secret or two recovery shares.
struct SealedCopy {
    Bytes keystore, ledger_key;
    std::uint64_t generation;
};

class Keystore {
public:
    // Makes a new root and the ledger's signing key. Refuses kKeystoreExists and what the provider
    // refuses.
    static Result<Keystore> create(KeystoreOptions options, KeyProvider& provider, Entropy& entropy);
    // Refuses kNoKeystore, kLooseKeystore, kKeystoreInUse, kKeystoreDamaged, kKeystoreForeign,
    // kOtherProvider and what the provider refuses.
    static Result<Keystore> open(KeystoreOptions options, KeyProvider& provider, Entropy& entropy);
    // Opens with the root put together from recovery shares. Refuses kSharesOfOtherKeystore.
    static Result<Keystore> recover(KeystoreOptions options, const Key256& root, Entropy& entropy);

    Keystore(Keystore&&) noexcept;
    Keystore& operator=(Keystore&&) noexcept;
    ~Keystore();

    // Does nothing when the entrustment has its keys. Refuses kErased.
    Result<void> add_entrustment(EntrustmentId entrustment);
    // Seals what belongs to the entrustment as a whole. Refuses kNoSuchEntrustment, kErased.
    Result<SealKey> entrustment_key(EntrustmentId entrustment, Instant now);
    // One durable commit for all of them; those that have a key keep it. Refuses
    // kNoSuchEntrustment, kErased.
    Result<void> add_subjects(EntrustmentId entrustment, std::span<const SubjectId> subjects);
    // Refuses kNoSuchEntrustment, kNoSuchSubject, kErased.
    Result<SealKey> subject_key(EntrustmentId entrustment, SubjectId subject, Instant now);

    // Destroys keys, durably, before it returns. The entrustment key and the epoch key are made
    // anew and the file is written afresh, so that no wrapped key left anywhere on the disk opens
    // with what is alive.
    Result<void> destroy_subjects(EntrustmentId entrustment, std::span<const SubjectId> subjects);
    Result<void> destroy_entrustment(EntrustmentId entrustment);
    // For certificates: true when the person's key was here and is destroyed.
    bool is_destroyed(EntrustmentId entrustment, SubjectId subject) const;
    bool is_destroyed(EntrustmentId entrustment) const;
    std::size_t count_subjects(EntrustmentId entrustment) const;
    // Those whose keys are alive, in the order of their ids.
    std::vector<EntrustmentId> entrustments() const;
    std::vector<SubjectId> subjects(EntrustmentId entrustment) const;
    // The id of a person's key without opening it.
    Result<Kid> subject_kid(EntrustmentId entrustment, SubjectId subject) const;

    // New epoch key; monthly, and with every destruction.
    void rotate_epoch();
    // New root and epoch key, guarded by `provider` (which may be of another kind: this is how a
    // passphrase is changed). Recovery shares of the old root no longer open this keystore.
    Result<void> rotate_root(KeyProvider& provider);
    // For recovery shares only.
    const Key256& root() const;

    // Session tokens, CSRF and the like: a key named by its label, stable over rotations.
    SealKey service_key(std::string_view label) const;
    // The ledger's Ed25519 key, in a file of its own. Refuses kNoLedgerKey, kLedgerKeyDamaged.
    Result<SigningKey> ledger_key() const;

    // For keeping elsewhere; whole and of one moment.
    SealedCopy sealed_copy() const;

    KeystoreMark mark() const;
    std::string_view provider_kind() const;
    // Drops the keys whose time in memory is over; every key when `now` is absent (screen lock,
    // term end).
    void forget(std::optional<Instant> now);

private:
    explicit Keystore(std::unique_ptr<KeystoreState> state);
    std::unique_ptr<KeystoreState> state_;
};

} // namespace azukari::seal
