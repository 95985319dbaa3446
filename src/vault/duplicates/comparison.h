// How two entries agree, item by item, and how much each agreement says (Fellegi and Sunter, "A Theory for Record
// Linkage", JASA 64, 1969): in bits, against the chance that two strangers agree so, or two of one family.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace azukari::duplicates {

enum class NameAgreement : std::uint8_t {
    same,         // kanji and reading
    same_reading, // the reading only
    same_kanji,   // the kanji only: a slip in the reading, or another reading
    near,         // one character apart, or kanji that are mistaken for one another
    different,
    unknown
};
enum class BirthAgreement : std::uint8_t { same, swapped, other_year, one_digit, same_month, different, unknown };
enum class PlaceAgreement : std::uint8_t { same, same_town, different, unknown };
enum class TelephoneAgreement : std::uint8_t { same, one_digit, different, unknown };
enum class SexAgreement : std::uint8_t { same, different, unknown };

struct Comparison {
    NameAgreement family = NameAgreement::unknown, given = NameAgreement::unknown;
    BirthAgreement birth = BirthAgreement::unknown;
    PlaceAgreement place = PlaceAgreement::unknown;
    TelephoneAgreement telephone = TelephoneAgreement::unknown;
    SexAgreement sex = SexAgreement::unknown;
};

// How often each value that two entries share occurs among all of them, from 0 to 1; only asked where they agree.
struct Frequencies {
    double family = 1, given = 1, birth = 1, place = 1, telephone = 1;
};

// log2 of the odds that both are one person, among `entries` of which about one in twenty is there twice. A woman's
// family name may have changed by marriage.
double bits_of(const Comparison& comparison, const Frequencies& shared, bool female, std::size_t entries);
double probability_of(double bits);

// What agrees and what does not, for the person who decides; what is unknown gives no reason.
enum class Aspect : std::uint8_t { family, given, birth, place, telephone, sex };
enum class Standing : std::uint8_t { same, near, different };
struct Reason {
    Aspect aspect;
    Standing standing;
    std::string_view japanese; // 「生年月日が同じ」「住所が違う」
};
std::vector<Reason> reasons_of(const Comparison& comparison);

} // namespace azukari::duplicates
