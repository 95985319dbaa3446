#include "infra/storage/row.h"

namespace azukari::storage {

CivilDate Row::date(int column) const
{
    const auto day = CivilDate::parse(text(column));
    if (!day) throw StorageFault(FaultKind::corrupt, "保存された日付が読めません。点検を依頼してください。");
    return *day;
}

} // namespace azukari::storage
