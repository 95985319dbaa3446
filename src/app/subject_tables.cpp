#include "app/subject_tables.h"

#include "custody/copies/subject_tables.h"
#include "programmes/guidance/batch/subject_tables.h"
#include "vault/attachments/subject_tables.h"
#include "vault/person/subject_tables.h"

#include <span>

namespace azukari::app {

std::vector<whereabouts::SubjectTable> subject_tables()
{
    std::vector<whereabouts::SubjectTable> all;
    const auto add = [&](std::span<const whereabouts::SubjectTable> tables) {
        all.insert(all.end(), tables.begin(), tables.end());
    };
    add(vault::kSubjectTables);
    add(vault::attachments::kSubjectTables);
    add(custody::kSubjectTables);
    add(guidance::kSubjectTables);
    return all;
}

} // namespace azukari::app
