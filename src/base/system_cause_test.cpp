#include "base/system_cause.h"

#include <doctest/doctest.h>

using namespace azukari;

TEST_CASE("what the operating system would not do is told in Japanese")
{
    CHECK(cause_of(std::make_error_code(std::errc::no_space_on_device)) == "ディスクがいっぱいです");
    CHECK(cause_of(std::error_code(EACCES, std::system_category())) == "権限がありません");
    CHECK(cause_of(EROFS) == "読み取り専用のディスクです");
    CHECK_FALSE(cause_of(EMLINK).empty());
}
