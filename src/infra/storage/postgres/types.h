// The object ids of PostgreSQL's built-in types (pg_type.dat); they never change.
#pragma once

namespace azukari::storage::postgres {

inline constexpr unsigned kAnyType = 0; // left to the server: the type of null
inline constexpr unsigned kBool = 16;
inline constexpr unsigned kBytea = 17;
inline constexpr unsigned kName = 19;
inline constexpr unsigned kInt8 = 20;
inline constexpr unsigned kInt2 = 21;
inline constexpr unsigned kInt4 = 23;
inline constexpr unsigned kText = 25;
inline constexpr unsigned kVarchar = 1043;
inline constexpr unsigned kNumeric = 1700;

} // namespace azukari::storage::postgres
