#include "infra/storage/scrub.h"

#include "base/check.h"
#include "infra/storage/grouped_db.h"

namespace azukari::storage {

bool scrub(Db& db, std::span<const std::string_view> tables)
{
    auto* grouped = dynamic_cast<GroupedDb*>(&db);
    AZK_CHECK(grouped != nullptr); // every engine is one
    return grouped->scrub(tables);
}

} // namespace azukari::storage
