#include "base/result.h"

#include <doctest/doctest.h>
#include <memory>

using namespace azukari;

namespace {

constexpr RefusalKind kTooMany{"test.too_many", "{}名までです（申込み {}名）。"};

Result<std::unique_ptr<int>> seat(int wanted)
{
    if (wanted > 50) return refuse_field("seats", kTooMany, "50", std::to_string(wanted));
    return std::make_unique<int>(wanted);
}

Result<void> even(int number)
{
    if (number % 2 != 0) return refuse(kTooMany, "0", "1");
    return {};
}

Result<int> both(int wanted)
{
    AZK_REQUIRE(even(wanted));
    AZK_TRY(auto seats, seat(wanted));
    return *seats + 1;
}

} // namespace

TEST_CASE("a refusal carries its sentence, its code and the field it belongs to")
{
    const auto refused = both(60);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().is(kTooMany));
    CHECK(refused.error().field() == "seats");
    CHECK(refused.error().sentence() == "50名までです（申込み 60名）。");
}

TEST_CASE("what is not refused passes through, refusals of void too")
{
    CHECK(both(10).value() == 11);
    CHECK_FALSE(both(7));
}
