#include "app/ending.h"

#include "app/subject_tables.h"
#include "custody/copies/copy_store.h"
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
    }
    return {};
}

// A copy made from some other batch does not concern this one; whatever does not say what it was made from, does.
bool concerns(const custody::Copy& copy, const std::string& batch)
{
    const auto colon = copy.object.find(':');
    const bool names_one =
        colon != std::string::npos && from_uuid_text(std::string_view(copy.object).substr(colon + 1));
    return !names_one || copy.object.ends_with(batch);
}

std::vector<erasure::OpenCopy> open_copies(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                           const erasure::Target& target)
{
    auto copies = target.kind == erasure::TargetKind::person
                      ? custody::outstanding_with(snapshot, entrustment, *SubjectId::parse(target.object))
                      : custody::outstanding(snapshot, entrustment);
    if (target.kind == erasure::TargetKind::batch)
        std::erase_if(copies, [&](const custody::Copy& copy) { return !concerns(copy, target.object); });
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
