#include "vault/sealed/field_map.h"

#include "vault/vault_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::vault;

TEST_CASE("the same fields have the same bytes, and what was written is read back")
{
    const FieldMap fields{{"item.name", "見本 太郎"}, {"holds.course_only", ""}, {"item.survey", "一行目\n二行目"}};
    const auto bytes = encode(fields);
    CHECK(decode(bytes).value() == fields);
    CHECK(decode(Bytes{}).value().empty());
}

TEST_CASE("bytes that were cut, doubled or put out of order are refused")
{
    const auto bytes = encode({{"a", "1"}, {"b", "2"}});
    for (std::size_t cut = 1; cut < bytes.size(); ++cut)
        if (cut != 10) CHECK_FALSE(decode(ByteView(bytes).first(cut)));
    auto twice = encode({{"a", "1"}});
    twice.insert(twice.end(), bytes.begin(), bytes.end());
    CHECK(decode(twice).error().is(kDamagedFields));
    CHECK_FALSE(decode(to_bytes("\xff\xff\xff\xff")));
}
