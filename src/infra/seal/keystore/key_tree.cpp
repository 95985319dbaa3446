#include "infra/seal/keystore/key_tree.h"

namespace azukari::seal {
namespace {

constexpr std::uint8_t kHeaderVersion = 1;
enum class Change : std::uint8_t {
    entrustment = 'E',
    subject = 'S',
    subject_destroyed = 'X',
    entrustment_destroyed = 'Z'
};

} // namespace

Bytes KeystoreHeader::encode() const
{
    Encoder out;
    out.byte(kHeaderVersion).piece(provider).piece(wrapped_root).raw(root_kid);
    out.number(epoch).number64(generation).raw(epoch_key).raw(service_key);
    return out.bytes();
}

std::optional<KeystoreHeader> KeystoreHeader::decode(ByteView body)
{
    Decoder in(body);
    if (in.byte() != kHeaderVersion) return std::nullopt;
    KeystoreHeader header;
    header.provider = std::string(as_text(in.piece()));
    const auto wrapped = in.piece();
    header.wrapped_root.assign(wrapped.begin(), wrapped.end());
    header.root_kid = in.array<8>();
    header.epoch = in.number();
    header.generation = in.number64();
    header.epoch_key = in.array<kWrappedSize>();
    header.service_key = in.array<kWrappedSize>();
    if (!in.whole() || !in.at_end()) return std::nullopt;
    return header;
}

void Changes::entrustment(EntrustmentId id, const EntrustmentEntry& entry)
{
    out_.byte(static_cast<std::uint8_t>(Change::entrustment)).raw(id.bytes()).number(entry.term).raw(entry.wrapped);
}

void Changes::subject(EntrustmentId of, SubjectId id, const SubjectEntry& entry)
{
    out_.byte(static_cast<std::uint8_t>(Change::subject))
        .raw(of.bytes())
        .raw(id.bytes())
        .raw(entry.kid)
        .raw(entry.wrapped);
}

void Changes::destroyed(EntrustmentId of, SubjectId id)
{
    out_.byte(static_cast<std::uint8_t>(Change::subject_destroyed)).raw(of.bytes()).raw(id.bytes());
}

void Changes::destroyed(EntrustmentId id)
{
    out_.byte(static_cast<std::uint8_t>(Change::entrustment_destroyed)).raw(id.bytes());
}

bool KeyTree::apply(ByteView body, std::uint64_t& generation)
{
    Decoder in(body);
    generation = in.number64();
    while (in.whole() && !in.at_end()) {
        const auto change = static_cast<Change>(in.byte());
        auto& entry = entrustments[EntrustmentId(in.array<16>())];
        switch (change) {
        case Change::entrustment:
            entry.term = in.number();
            entry.wrapped = in.array<kWrappedSize>();
            break;
        case Change::subject: {
            const SubjectId id(in.array<16>());
            const auto kid = in.array<8>();
            entry.subjects.insert_or_assign(id, SubjectEntry{kid, in.array<kWrappedSize>()});
            break;
        }
        case Change::subject_destroyed:
            entry.destroyed_subjects.insert(SubjectId(in.array<16>()));
            break;
        case Change::entrustment_destroyed:
            entry.destroyed = true;
            break;
        default:
            return false;
        }
    }
    return in.whole();
}

Bytes KeyTree::encode(std::uint64_t generation) const
{
    Changes all(generation);
    for (const auto& [id, entry] : entrustments) {
        if (entry.destroyed) {
            all.destroyed(id);
            continue;
        }
        all.entrustment(id, entry);
        for (const auto& [subject, key] : entry.subjects) all.subject(id, subject, key);
        for (const auto& subject : entry.destroyed_subjects) all.destroyed(id, subject);
    }
    return all.body();
}

const EntrustmentEntry* KeyTree::find(EntrustmentId id) const
{
    const auto found = entrustments.find(id);
    return found == entrustments.end() ? nullptr : &found->second;
}

Bytes bound_epoch_key(std::uint32_t epoch)
{
    return Encoder().piece("azukari/1 epoch key").number(epoch).bytes();
}

Bytes bound_service_key(std::uint32_t epoch)
{
    return Encoder().piece("azukari/1 service key").number(epoch).bytes();
}

Bytes bound_entrustment_key(EntrustmentId id, std::uint32_t term)
{
    return Encoder().piece("azukari/1 entrustment key").raw(id.bytes()).number(term).bytes();
}

Bytes bound_subject_key(EntrustmentId of, std::uint32_t term, SubjectId id, const Kid& kid)
{
    return Encoder().piece("azukari/1 subject key").raw(of.bytes()).number(term).raw(id.bytes()).raw(kid).bytes();
}

} // namespace azukari::seal
