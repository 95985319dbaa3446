// A town of people who do not exist, for tests and benchmarks: as many as one wants, with the families, the common
// names, and the second applications of the same person that make finding somebody hard. Everybody lives in 見本区 and
// has a telephone number that is never assigned.
#pragma once

#include "vault/search/particulars.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace azukari::search {

struct Townsperson {
    std::string name, reading, birth, sex, postcode, address, telephone; // as this person wrote them
};

struct Town {
    std::vector<Townsperson> people;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> twice; // who is there twice, smaller place first, ascending
};

// The same town for the same seed. One person in twenty is there a second time, written differently: other forms of
// kanji, other kana, a slip of the pen, moved, married. One in eight belongs to the family of somebody else, with the
// same surname, address and mostly telephone; a few of them are twins.
Town townspeople(std::size_t count, std::uint64_t seed);

Person as_person(const Townsperson& townsperson, std::size_t place); // with an id made of its place
SubjectId id_of_place(std::size_t place);

} // namespace azukari::search
