// The shared dialect as PostgreSQL says it.
#pragma once

#include <string>
#include <string_view>

namespace azukari::storage::postgres {

// "?" becomes $1, $2 …, outside quotes and comments.
std::string with_numbered_parameters(std::string_view sql);

// "create table" and "alter table" with PostgreSQL's types: blob → bytea, integer → bigint, text in the order of its
// bytes as SQLite sorts it, "integer primary key" → an identity that also accepts given numbers; "strict" and "without
// rowid" go. Other statements stay as they are.
std::string definition(std::string_view statement);

} // namespace azukari::storage::postgres
