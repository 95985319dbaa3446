// The keys of the keystore and how they hang together, as wrapped keys only: what the file says,
// and what can be done with it. Nothing here touches the disk.
#pragma once

#include "base/id.h"
#include "infra/seal/encoding.h"
#include "infra/seal/key_arena.h"
#include "infra/seal/xaes.h"

#include <map>
#include <set>

namespace azukari::seal {

struct KeystoreHeader {
    std::string provider;
    Bytes wrapped_root; // by the provider
    Kid root_kid{};
    std::uint32_t epoch = 1;
    std::uint64_t generation = 1; // when the file was written afresh; later frames carry their own
    WrappedKey epoch_key{};       // by the root
    WrappedKey service_key{};     // by the epoch key

    Bytes encode() const;
    static std::optional<KeystoreHeader> decode(ByteView body);
};

struct SubjectEntry {
    Kid kid;
    WrappedKey wrapped; // by the entrustment key
};

struct EntrustmentEntry {
    std::uint32_t term = 1; // grows when the entrustment key is made anew
    WrappedKey wrapped{};   // by the epoch key
    std::map<SubjectId, SubjectEntry> subjects;
    std::set<SubjectId> destroyed_subjects;
    bool destroyed = false;
};

// The key of the entrustment as a whole stands among the subjects under an id nobody has.
inline const SubjectId kEntrustmentItself{IdBytes{}};

class KeyTree {
public:
    std::map<EntrustmentId, EntrustmentEntry> entrustments;

    // One frame's changes, applied in order. False when they cannot be read.
    bool apply(ByteView body, std::uint64_t& generation);
    // Everything as one frame.
    Bytes encode(std::uint64_t generation) const;

    const EntrustmentEntry* find(EntrustmentId id) const;
};

// A frame being written: the changes of one commit.
class Changes {
public:
    explicit Changes(std::uint64_t generation) { out_.number64(generation); }
    void entrustment(EntrustmentId id, const EntrustmentEntry& entry);
    void subject(EntrustmentId of, SubjectId id, const SubjectEntry& entry);
    void destroyed(EntrustmentId of, SubjectId id);
    void destroyed(EntrustmentId id);
    const Bytes& body() const { return out_.bytes(); }

private:
    Encoder out_;
};

// What each wrapped key is bound to.
Bytes bound_epoch_key(std::uint32_t epoch);
Bytes bound_service_key(std::uint32_t epoch);
Bytes bound_entrustment_key(EntrustmentId id, std::uint32_t term);
Bytes bound_subject_key(EntrustmentId of, std::uint32_t term, SubjectId id, const Kid& kid);

} // namespace azukari::seal
