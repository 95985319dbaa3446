#include "infra/seal/keystore/keystore.h"

#include "base/check.h"
#include "base/fault.h"
#include "infra/seal/digest.h"
#include "infra/seal/keystore/frames.h"
#include "infra/seal/keystore/key_cache.h"
#include "infra/seal/keystore/key_tree.h"

#include <mutex>

namespace azukari::seal {
namespace {

constexpr std::string_view kChainLabel = "azukari/1 keystore frames";
constexpr std::string_view kLedgerWrapLabel = "azukari/1 ledger key";
// The key that wraps an entrustment's others, among the keys in memory; an id nobody has.
const SubjectId kEntrustmentWrapper{[] {
    IdBytes bytes;
    bytes.fill(0xFF);
    return bytes;
}()};
constexpr std::size_t kPlacesForItself = 8; // root, epoch, service and chain keys, old and new during a rotation

} // namespace

// The keys above the entrustments, in locked memory.
struct UpperKeys {
    SealKey root, epoch, service, chain;
};

class KeystoreState {
public:
    KeystoreState(KeystoreDisk taken, const KeystoreOptions& options, KeyArena keys, UpperKeys upper_keys,
                  Entropy& source)
        : disk(std::move(taken)),
          arena(std::move(keys)),
          upper(std::move(upper_keys)),
          entropy(source),
          cache(options.keys_in_memory - kPlacesForItself, options.forget_after)
    {
    }

    mutable std::mutex mutex;
    KeystoreDisk disk;
    KeyArena arena;
    UpperKeys upper;
    Entropy& entropy;
    KeyCache cache;
    KeystoreHeader header;
    KeyTree tree;
    Digest tag{};
    std::uint64_t generation = 1;

    // Adds one frame, durably, then to the tree.
    void commit(const Changes& changes);
    // Writes the whole file afresh, durably, then takes over what was written.
    void rewrite(KeystoreHeader next_header, KeyTree next_tree, const UpperKeys& next_upper);
    Key256 entrustment_wrapper(EntrustmentId id, const EntrustmentEntry& entry) const;
    SealKey hold(EntrustmentId of, SubjectId id, const Key256& opened, Instant now);
    SealKey open_subject(EntrustmentId of, SubjectId id, Instant now);
    // New epoch key, under `root`, with every entrustment key wrapped again.
    void renew(KeyTree next_tree, const SealKey& root, KeystoreHeader next_header);
    void require_certain() const;
};

namespace {

Result<const EntrustmentEntry*> living(const KeyTree& tree, EntrustmentId id)
{
    const auto* entry = tree.find(id);
    if (entry == nullptr) return refuse(kNoSuchEntrustment);
    if (entry->destroyed) return refuse(kErased);
    return entry;
}

SubjectEntry wrapped_subject(const Key256& by, EntrustmentId of, std::uint32_t term, SubjectId id, const Key256& key,
                             Entropy& entropy)
{
    const auto kid = kid_of(key);
    return {kid, wrap_key(by, key, bound_subject_key(of, term, id, kid), entropy)};
}

// A wrapped key inside a file whose frames all held does not open: written with other keys, or we have a bug.
Key256 must_open(std::optional<Key256> key)
{
    if (!key) throw Fault("鍵の保管庫の中の鍵を開けません。保管庫が壊れています。控えから戻してください。");
    return *key;
}

Key256 open_entry(const Key256& by, EntrustmentId of, std::uint32_t term, SubjectId id, const SubjectEntry& entry)
{
    return must_open(unwrap_key(by, entry.wrapped, bound_subject_key(of, term, id, entry.kid)));
}

Result<UpperKeys> open_upper(KeyArena& arena, const KeystoreHeader& header, const Key256& root, const std::string& path)
{
    const auto epoch = unwrap_key(root, header.epoch_key, bound_epoch_key(header.epoch));
    if (!epoch) return refuse(kKeystoreDamaged, path, "0");
    const auto service = unwrap_key(*epoch, header.service_key, bound_service_key(header.epoch));
    if (!service) return refuse(kKeystoreDamaged, path, "0");
    return UpperKeys{arena.keep(root), arena.keep(*epoch), arena.keep(*service),
                     arena.keep(derive_key(*epoch, kChainLabel))};
}

using UnwrapRoot = std::function<Result<Key256>(const KeystoreHeader&)>;

Result<std::unique_ptr<KeystoreState>> open_state(const KeystoreOptions& options, const UnwrapRoot& unwrap_root,
                                                  Entropy& entropy)
{
    AZK_TRY(auto disk, KeystoreDisk::take(options.directory, false, options.before_step));
    const auto path = disk.path(KeystoreDisk::kFile).string();
    if (!disk.has(KeystoreDisk::kFile)) return refuse(kNoKeystore, path);
    const auto file = disk.read(KeystoreDisk::kFile);
    FrameReader reader(file);
    const auto body = reader.header();
    if (!body) {
        if (reader.state() == FrameReader::State::foreign) return refuse(kKeystoreForeign, path);
        return refuse(kKeystoreDamaged, path, std::to_string(reader.end()));
    }
    const auto header = KeystoreHeader::decode(*body);
    if (!header) return refuse(kKeystoreForeign, path);
    AZK_TRY(const auto root, unwrap_root(*header));
    if (kid_of(root) != header->root_kid) return refuse(kKeystoreDamaged, path, "0");

    KeyArena arena(options.keys_in_memory);
    AZK_TRY(auto upper, open_upper(arena, *header, root, path));
    KeyTree tree;
    std::uint64_t generation = header->generation;
    bool understood = true, any = false;
    reader.read(upper.chain.reveal(), [&](ByteView changes) {
        understood = understood && tree.apply(changes, generation);
        any = true;
    });
    // The frame after the header is written together with it, so it is never torn.
    if (reader.state() == FrameReader::State::damaged || !understood || !any)
        return refuse(kKeystoreDamaged, path, std::to_string(reader.end()));
    if (reader.state() == FrameReader::State::torn || !reader.stamped()) disk.mend(reader.end(), reader.stamped());

    auto state = std::make_unique<KeystoreState>(std::move(disk), options, std::move(arena), std::move(upper), entropy);
    state->header = *header;
    state->tree = std::move(tree);
    state->tag = reader.tag();
    state->generation = generation;
    return state;
}

} // namespace

void KeystoreState::require_certain() const
{
    if (!disk.certain())
        throw Fault("鍵の保管庫への書き込みに失敗したため、書き込みを止めています。azukari を起動し直してください。");
}

void KeystoreState::commit(const Changes& changes)
{
    require_certain();
    auto next_tag = tag;
    disk.append(next_frame(changes.body(), upper.chain.reveal(), next_tag));
    tag = next_tag;
    AZK_CHECK(tree.apply(changes.body(), generation));
}

void KeystoreState::rewrite(KeystoreHeader next_header, KeyTree next_tree, const UpperKeys& next_upper)
{
    require_certain();
    next_header.generation = generation + 1;
    Digest next_tag{};
    auto content = first_frame(next_header.encode(), next_tag);
    const auto add = [&](const Bytes& bytes) { content.insert(content.end(), bytes.begin(), bytes.end()); };
    add(stamp_at(content.size()));
    add(next_frame(next_tree.encode(next_header.generation), next_upper.chain.reveal(), next_tag));
    add(stamp_at(content.size()));
    disk.replace(KeystoreDisk::kFile, content);
    header = std::move(next_header);
    tree = std::move(next_tree);
    upper = next_upper;
    tag = next_tag;
    generation = header.generation;
}

Key256 KeystoreState::entrustment_wrapper(EntrustmentId id, const EntrustmentEntry& entry) const
{
    return must_open(unwrap_key(upper.epoch.reveal(), entry.wrapped, bound_entrustment_key(id, entry.term)));
}

SealKey KeystoreState::hold(EntrustmentId of, SubjectId id, const Key256& opened, Instant now)
{
    if (arena.free_places() <= kPlacesForItself) cache.clear(); // others hold copies of many keys
    auto key = arena.keep(opened);
    cache.keep(of, id, key, now);
    return key;
}

SealKey KeystoreState::open_subject(EntrustmentId of, SubjectId id, Instant now)
{
    if (auto known = cache.find(of, id, now)) return *known;
    const auto& entry = tree.entrustments.at(of);
    auto wrapper = cache.find(of, kEntrustmentWrapper, now);
    if (!wrapper) wrapper = hold(of, kEntrustmentWrapper, entrustment_wrapper(of, entry), now);
    const auto& wrapped = entry.subjects.at(id);
    auto key = hold(of, id, open_entry(wrapper->reveal(), of, entry.term, id, wrapped), now);
    AZK_CHECK(key.kid() == wrapped.kid);
    return key;
}

void KeystoreState::renew(KeyTree next_tree, const SealKey& root, KeystoreHeader next_header)
{
    const auto epoch = fresh_key(entropy);
    next_header.epoch = header.epoch + 1;
    next_header.epoch_key = wrap_key(root.reveal(), epoch, bound_epoch_key(next_header.epoch), entropy);
    next_header.service_key = wrap_key(epoch, upper.service.reveal(), bound_service_key(next_header.epoch), entropy);
    for (auto& [id, entry] : next_tree.entrustments) {
        if (entry.destroyed) continue;
        const auto old = entrustment_wrapper(id, tree.entrustments.at(id));
        const bool changed = entry.term != tree.entrustments.at(id).term;
        const auto key = changed ? fresh_key(entropy) : old;
        entry.wrapped = wrap_key(epoch, key, bound_entrustment_key(id, entry.term), entropy);
        if (!changed) continue;
        for (auto& [subject, wrapped] : entry.subjects) {
            const auto opened = open_entry(old, id, entry.term - 1, subject, wrapped);
            wrapped = wrapped_subject(key, id, entry.term, subject, opened, entropy);
        }
    }
    const UpperKeys next_upper{root, arena.keep(epoch), upper.service, arena.keep(derive_key(epoch, kChainLabel))};
    cache.clear();
    rewrite(std::move(next_header), std::move(next_tree), next_upper);
}

Keystore::Keystore(std::unique_ptr<KeystoreState> state) : state_(std::move(state)) {}
Keystore::Keystore(Keystore&&) noexcept = default;
Keystore& Keystore::operator=(Keystore&&) noexcept = default;
Keystore::~Keystore() = default;

Result<Keystore> Keystore::create(KeystoreOptions options, KeyProvider& provider, Entropy& entropy)
{
    AZK_TRY(auto disk, KeystoreDisk::take(options.directory, true, options.before_step));
    if (disk.has(KeystoreDisk::kFile)) return refuse(kKeystoreExists, disk.path(KeystoreDisk::kFile).string());
    if (disk.has(KeystoreDisk::kLedgerKey))
        return refuse(kLedgerKeyAlone, disk.path(KeystoreDisk::kLedgerKey).string());
    KeyArena arena(options.keys_in_memory);
    const auto root = fresh_key(entropy);
    const auto epoch = fresh_key(entropy);
    const auto service = fresh_key(entropy);
    KeystoreHeader header;
    header.provider = std::string(provider.kind());
    AZK_TRY(header.wrapped_root, provider.wrap(root, entropy));
    header.root_kid = kid_of(root);
    header.epoch_key = wrap_key(root, epoch, bound_epoch_key(header.epoch), entropy);
    header.service_key = wrap_key(epoch, service, bound_service_key(header.epoch), entropy);
    UpperKeys upper{arena.keep(root), arena.keep(epoch), arena.keep(service),
                    arena.keep(derive_key(epoch, kChainLabel))};
    auto state = std::make_unique<KeystoreState>(std::move(disk), options, std::move(arena), upper, entropy);
    // The ledger's key goes first: where there is a keystore, it is whole.
    const auto signing = SigningKey::create(entropy);
    const auto wrapped = wrap_key(derive_key(service, kLedgerWrapLabel), signing.seed(), signing.public_key(), entropy);
    state->disk.replace(KeystoreDisk::kLedgerKey, Encoder().raw(signing.public_key()).raw(wrapped).bytes());
    state->generation = 0;
    state->rewrite(std::move(header), KeyTree{}, upper);
    provider.settle();
    return Keystore(std::move(state));
}

Result<Keystore> Keystore::open(KeystoreOptions options, KeyProvider& provider, Entropy& entropy)
{
    AZK_TRY(auto state, open_state(
                            options,
                            [&](const KeystoreHeader& header) -> Result<Key256> {
                                if (header.provider != provider.kind()) return refuse(kOtherProvider, header.provider);
                                return provider.unwrap(header.wrapped_root);
                            },
                            entropy));
    provider.settle();
    return Keystore(std::move(state));
}

Result<Keystore> Keystore::recover(KeystoreOptions options, const Key256& root, Entropy& entropy)
{
    AZK_TRY(auto state, open_state(
                            options,
                            [&](const KeystoreHeader& header) -> Result<Key256> {
                                if (kid_of(root) != header.root_kid) return refuse(kSharesOfOtherKeystore);
                                return root;
                            },
                            entropy));
    return Keystore(std::move(state));
}

Result<void> Keystore::add_entrustment(EntrustmentId entrustment)
{
    const std::lock_guard lock(state_->mutex);
    if (const auto* known = state_->tree.find(entrustment)) {
        if (known->destroyed) return refuse(kErased);
        return {};
    }
    auto& entropy = state_->entropy;
    const auto key = fresh_key(entropy);
    EntrustmentEntry entry;
    entry.wrapped =
        wrap_key(state_->upper.epoch.reveal(), key, bound_entrustment_key(entrustment, entry.term), entropy);
    Changes changes(state_->generation + 1);
    changes.entrustment(entrustment, entry);
    changes.subject(entrustment, kEntrustmentItself,
                    wrapped_subject(key, entrustment, entry.term, kEntrustmentItself, fresh_key(entropy), entropy));
    state_->commit(changes);
    return {};
}

Result<SealKey> Keystore::entrustment_key(EntrustmentId entrustment, Instant now)
{
    const std::lock_guard lock(state_->mutex);
    AZK_REQUIRE(living(state_->tree, entrustment));
    return state_->open_subject(entrustment, kEntrustmentItself, now);
}

Result<void> Keystore::add_subjects(EntrustmentId entrustment, std::span<const SubjectId> subjects)
{
    const std::lock_guard lock(state_->mutex);
    AZK_TRY(const auto* entry, living(state_->tree, entrustment));
    std::set<SubjectId> missing;
    for (const auto& subject : subjects) {
        AZK_CHECK(subject != kEntrustmentItself);
        if (entry->destroyed_subjects.contains(subject)) return refuse(kErased);
        if (!entry->subjects.contains(subject)) missing.insert(subject);
    }
    if (missing.empty()) return {};
    const auto by = state_->entrustment_wrapper(entrustment, *entry);
    Changes changes(state_->generation + 1);
    for (const auto& subject : missing)
        changes.subject(
            entrustment, subject,
            wrapped_subject(by, entrustment, entry->term, subject, fresh_key(state_->entropy), state_->entropy));
    state_->commit(changes);
    return {};
}

Result<SealKey> Keystore::subject_key(EntrustmentId entrustment, SubjectId subject, Instant now)
{
    const std::lock_guard lock(state_->mutex);
    AZK_TRY(const auto* entry, living(state_->tree, entrustment));
    if (entry->destroyed_subjects.contains(subject)) return refuse(kErased);
    if (!entry->subjects.contains(subject)) return refuse(kNoSuchSubject);
    return state_->open_subject(entrustment, subject, now);
}

Result<void> Keystore::destroy_subjects(EntrustmentId entrustment, std::span<const SubjectId> subjects)
{
    const std::lock_guard lock(state_->mutex);
    AZK_REQUIRE(living(state_->tree, entrustment));
    auto next = state_->tree;
    auto& entry = next.entrustments.at(entrustment);
    for (const auto& subject : subjects) {
        AZK_CHECK(subject != kEntrustmentItself);
        if (entry.destroyed_subjects.contains(subject)) continue;
        if (entry.subjects.erase(subject) == 0) return refuse(kNoSuchSubject);
        entry.destroyed_subjects.insert(subject);
    }
    // A wrapped key left on a disk would open with the entrustment key that stays alive: that is made anew, too.
    ++entry.term;
    state_->renew(std::move(next), state_->upper.root, state_->header);
    return {};
}

Result<void> Keystore::destroy_entrustment(EntrustmentId entrustment)
{
    const std::lock_guard lock(state_->mutex);
    AZK_REQUIRE(living(state_->tree, entrustment));
    auto next = state_->tree;
    next.entrustments.at(entrustment) = EntrustmentEntry{};
    next.entrustments.at(entrustment).destroyed = true;
    state_->renew(std::move(next), state_->upper.root, state_->header);
    return {};
}

bool Keystore::is_destroyed(EntrustmentId entrustment, SubjectId subject) const
{
    const std::lock_guard lock(state_->mutex);
    const auto* entry = state_->tree.find(entrustment);
    return entry != nullptr && (entry->destroyed || entry->destroyed_subjects.contains(subject));
}

bool Keystore::is_destroyed(EntrustmentId entrustment) const
{
    const std::lock_guard lock(state_->mutex);
    const auto* entry = state_->tree.find(entrustment);
    return entry != nullptr && entry->destroyed;
}

std::size_t Keystore::count_subjects(EntrustmentId entrustment) const
{
    const std::lock_guard lock(state_->mutex);
    const auto* entry = state_->tree.find(entrustment);
    return entry == nullptr || entry->destroyed ? 0 : entry->subjects.size() - 1;
}

std::vector<EntrustmentId> Keystore::entrustments() const
{
    const std::lock_guard lock(state_->mutex);
    std::vector<EntrustmentId> alive;
    for (const auto& [id, entry] : state_->tree.entrustments)
        if (!entry.destroyed) alive.push_back(id);
    return alive;
}

std::vector<SubjectId> Keystore::subjects(EntrustmentId entrustment) const
{
    const std::lock_guard lock(state_->mutex);
    std::vector<SubjectId> alive;
    const auto* entry = state_->tree.find(entrustment);
    if (entry == nullptr) return alive;
    for (const auto& [id, key] : entry->subjects)
        if (id != kEntrustmentItself) alive.push_back(id);
    return alive;
}

Result<Kid> Keystore::subject_kid(EntrustmentId entrustment, SubjectId subject) const
{
    const std::lock_guard lock(state_->mutex);
    AZK_TRY(const auto* entry, living(state_->tree, entrustment));
    if (entry->destroyed_subjects.contains(subject)) return refuse(kErased);
    const auto found = entry->subjects.find(subject);
    if (found == entry->subjects.end()) return refuse(kNoSuchSubject);
    return found->second.kid;
}

void Keystore::rotate_epoch()
{
    const std::lock_guard lock(state_->mutex);
    state_->renew(state_->tree, state_->upper.root, state_->header);
}

Result<void> Keystore::rotate_root(KeyProvider& provider)
{
    const std::lock_guard lock(state_->mutex);
    const auto root = state_->arena.create(state_->entropy);
    auto next = state_->header;
    next.provider = std::string(provider.kind());
    AZK_TRY(next.wrapped_root, provider.wrap(root.reveal(), state_->entropy));
    next.root_kid = root.kid();
    state_->renew(state_->tree, root, std::move(next));
    provider.settle();
    return {};
}

const Key256& Keystore::root() const
{
    return state_->upper.root.reveal();
}

SealKey Keystore::service_key(std::string_view label) const
{
    const std::lock_guard lock(state_->mutex);
    return state_->arena.keep(derive_key(state_->upper.service.reveal(), label));
}

Result<SigningKey> Keystore::ledger_key() const
{
    const std::lock_guard lock(state_->mutex);
    const auto path = state_->disk.path(KeystoreDisk::kLedgerKey).string();
    if (!state_->disk.has(KeystoreDisk::kLedgerKey)) return refuse(kNoLedgerKey, path);
    const auto file = state_->disk.read(KeystoreDisk::kLedgerKey);
    Decoder in(file);
    const auto public_key = in.array<32>();
    const auto wrapped = in.array<kWrappedSize>();
    if (!in.whole() || !in.at_end()) return refuse(kLedgerKeyDamaged, path);
    const auto seed = unwrap_key(derive_key(state_->upper.service.reveal(), kLedgerWrapLabel), wrapped, public_key);
    if (!seed) return refuse(kLedgerKeyDamaged, path);
    return SigningKey(*seed);
}

SealedCopy Keystore::sealed_copy() const
{
    const std::lock_guard lock(state_->mutex);
    const auto& disk = state_->disk;
    return {disk.read(KeystoreDisk::kFile), disk.read(KeystoreDisk::kLedgerKey), state_->generation};
}

KeystoreMark Keystore::mark() const
{
    const std::lock_guard lock(state_->mutex);
    return {state_->generation, state_->header.epoch};
}

std::string_view Keystore::provider_kind() const
{
    return state_->header.provider;
}

void Keystore::forget(std::optional<Instant> now)
{
    const std::lock_guard lock(state_->mutex);
    if (now)
        state_->cache.forget(*now);
    else
        state_->cache.clear();
}

} // namespace azukari::seal
