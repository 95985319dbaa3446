// Where information about residents lies, told as data: which table, and which of its columns name the entrustment and
// the person. Each room that seals under persons' keys declares its tables; reconciling keys and erasing ask this list.
#pragma once

#include <cstdint>
#include <string_view>

namespace azukari::whereabouts {

enum class Holds : std::uint8_t {
    information, // sealed under the person's key: ends with it
    trace,       // only that there was this person, by an opaque id: stays as proof
};

struct SubjectTable {
    std::string_view table;
    Holds holds = Holds::information;
    std::string_view entrustment_column = "entrustment";
    std::string_view subject_column = "subject"; // a test finds every column of this name that nobody declared
    std::string_view batch_column{};             // the intake a row came in with; empty when rows come one by one
};

} // namespace azukari::whereabouts
