#include "infra/storage/statements.h"

#include <doctest/doctest.h>

using azukari::storage::split_statements;

TEST_CASE("a script falls apart at its semicolons, except within quotes and comments")
{
    CHECK(split_statements("a ';' b;\n-- c;\n d /* e; */;;  \n") ==
          std::vector<std::string_view>{"a ';' b", "\n-- c;\n d /* e; */"});
    CHECK(split_statements("-- nothing but a remark").empty());
    CHECK(split_statements("insert into t values ('it''s; fine')").size() == 1);
}
