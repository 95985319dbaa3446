#include "app/ending.h"

#include "app/subject_tables.h"
#include "custody/copies/copy_store.h"
#include "printing/print_store.h"
#include "programmes/guidance/batch/leaving/printed_letters.h"
#include "programmes/guidance/sealing/reprinted_letters.h"
#include "vault/person/person_store.h"

namespace azukari::app {
namespace {

std::string_view code_of(custody::Door door)
{
    switch (door) {
    case custody::Door::package:
        return "package";
    case custody::Door::print:
        return "print";
    case custody::Door::mail:
        return "mail";
    case custody::Door::disclosure:
        return "disclosure";
    case custody::Door::file:
        return "file";
    }
    return {};
}

// What a copy says it was made from: a batch by itself, or a print job, which says from which batch its letters were
// drawn. A copy of some other batch does not concern this one; whatever does not say what it was made from, does.
bool concerns(const storage::Snapshot& snapshot, const custody::Copy& copy, const std::string& batch)
{
    const auto colon = std::min(copy.object.find(':'), copy.object.size());
    const auto kind = std::string_view(copy.object).substr(0, colon);
    const auto object = std::string_view(copy.object).substr(std::min(colon + 1, copy.object.size()));
    if (kind == "guidance-batch") return object == batch;
    if (kind != "print") return true;
    const auto id = printing::PrintJobId::parse(object);
    if (!id) return true;
    const auto job = printing::find_job(snapshot, copy.entrustment, *id);
    const bool letters =
        job && (job->wish.source == guidance::kPrintedLetters || job->wish.source == guidance::kReprintedLetters);
    return !letters || job->wish.reference.starts_with(batch);
}

std::vector<erasure::OpenCopy> open_copies(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                           const erasure::Target& target)
{
    auto copies = target.kind == erasure::TargetKind::person
                      ? custody::outstanding_with(snapshot, entrustment, *SubjectId::parse(target.object))
                      : custody::outstanding(snapshot, entrustment);
    if (target.kind == erasure::TargetKind::batch)
        std::erase_if(copies, [&](const custody::Copy& copy) { return !concerns(snapshot, copy, target.object); });
    std::vector<erasure::OpenCopy> open;
    for (const auto& copy : copies) open.push_back({copy.id.text(), std::string(code_of(copy.door)), copy.made});
    return open;
}

} // namespace

erasure::Means means_of_erasing(storage::Db& db, seal::Keystore& keystore, Entropy& entropy,
                                const std::filesystem::path& folder)
{
    erasure::Means means{db, keystore, entropy};
    means.tables = subject_tables();
    // A trace holds no information: it stays as proof that there was a copy.
    std::erase_if(means.tables, [](const auto& table) { return table.holds != whereabouts::Holds::information; });
    means.same_person = vault::merged_into;
    means.open_copies = open_copies;
    means.destructions = folder / "destructions";
    return means;
}

} // namespace azukari::app
