#include "infra/storage/postgres/postgres_db.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::storage;

TEST_CASE("a server that does not answer is a fault that says so")
{
    try {
        open_postgres("host=/nowhere dbname=azukari");
        FAIL("nobody is there");
    } catch (const StorageFault& fault) {
        CHECK(fault.kind() == FaultKind::gone);
        CHECK(std::string_view(fault.what()).starts_with("データベースサーバーに接続できません"));
    }
}
