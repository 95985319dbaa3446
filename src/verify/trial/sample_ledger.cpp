#include "verify/trial/sample_ledger.h"

#include "base/check.h"
#include "ledger/ledger.h"
#include "ledger/ledger_store.h"

namespace azukari::verify::trial {

seal::SigningKey key_of(std::uint64_t seed)
{
    SeededEntropy entropy(seed);
    return seal::SigningKey::create(entropy);
}

ledger::Publisher publisher(std::uint64_t log_seed)
{
    using ledger::note::KeyType;
    return ledger::Publisher(
        {"azukari.example/ledger", key_of(log_seed),
         ledger::note::VerifierKey{"ward.example/witness", KeyType::cosigner, key_of(2).public_key()}});
}

ledger::Entry sample_entry(std::uint64_t i)
{
    ledger::Entry entry;
    entry.at = kMorning + Duration::seconds(static_cast<std::int64_t>(i));
    entry.act = i % 3 == 0 ? "guidance.read" : "register.edited";
    entry.actor = "0190a0b0-0000-7000-8000-00000000000" + std::to_string(i % 10);
    entry.object = "object-" + std::to_string(i);
    entry.outcome = "done";
    if (i % 2 == 0) entry.entrustment = EntrustmentId::parse("0190a0b0-0000-7000-8000-0000000000e1");
    if (i % 5 == 0) entry.counts["rows"] = static_cast<std::int64_t>(i);
    return entry;
}

void append_samples(storage::Db& db, std::uint64_t count)
{
    const auto first = db.read([](const storage::Snapshot& data) { return ledger::read_head(data).entries; });
    std::vector<ledger::Entry> entries;
    for (std::uint64_t i = 0; i < count; ++i) entries.push_back(sample_entry(first + i));
    db.write([&](storage::Tx& tx) { ledger::append(tx, entries); });
}

ledger::Published publish(storage::Db& db, const ledger::Publisher& by)
{
    return db.write([&](storage::Tx& tx) { return by.publish(tx, kMorning); });
}

void witness(storage::Db& db, const ledger::Publisher& by, std::uint64_t posix_seconds)
{
    const auto text = publish(db, by).note.text;
    const auto line = ledger::note::cosign("ward.example/witness", key_of(2), text, posix_seconds).text();
    const auto taken = db.write([&](storage::Tx& tx) { return by.import_cosignature(tx, line); });
    AZK_CHECK(taken.has_value());
}

std::string bundle_of(storage::Db& db, const ledger::Publisher& by)
{
    ledger::evidence::Bundle bundle(db, by, publish(db, by));
    std::string whole, piece;
    while (bundle.next(piece)) whole += piece;
    return whole;
}

FileMap unpacked(const std::string& zip)
{
    const auto opened = open_zip_in_memory(zip);
    AZK_CHECK(opened.files != nullptr);
    FileMap files;
    for (const auto& name : opened.files->names()) {
        const auto content = opened.files->read(name, 1 << 30);
        AZK_CHECK(content != nullptr);
        files[name] = std::make_shared<std::string>(*content);
    }
    return files;
}

FileMap copy(const FileMap& files)
{
    FileMap copied;
    for (const auto& [name, content] : files) copied[name] = std::make_shared<std::string>(*content);
    return copied;
}

} // namespace azukari::verify::trial
