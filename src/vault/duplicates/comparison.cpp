#include "vault/duplicates/comparison.h"

#include <array>
#include <cmath>

namespace azukari::duplicates {

namespace {

// How often an item agrees so: between two entries of one person, between two strangers (0: as often as the shared
// value occurs, times `of_shared`), between two members of one family. Rates of slips as they are on paper forms: a
// reading is mistyped in one form of eight, a birth date in one of twenty-five, one applicant in five has moved, one in
// seven has another telephone.
struct Odds {
    double person, stranger, family, of_shared = 1;
};

constexpr std::array<Odds, 5> kFamilyName = {
    {{0.87, 0, 0.94, 1}, {0.03, 0, 0.01, 0.5}, {0.06, 0, 0.02, 0.05}, {0.01, 0.01, 0.01}, {0.004, 1, 0.02}}};
constexpr double kMarried = 0.03; // of women, between two entries
constexpr std::array<Odds, 5> kGivenName = {
    {{0.88, 0, 0, 1}, {0.02, 0, 0, 0.8}, {0.08, 0, 0, 0.05}, {0.01, 0.01, 0.01}, {0.0015, 1, 1}}};
constexpr std::array<Odds, 6> kBirth = {{{0.95, 0, 0.02, 1},
                                         {0.006, 0.00003, 0.00003},
                                         {0.012, 0.00014, 0.001},
                                         {0.006, 0.0006, 0.001},
                                         {0.008, 0.001, 0.002},
                                         {0.004, 1, 1}}};
constexpr std::array<Odds, 3> kPlace = {{{0.78, 0, 0.95, 1}, {0.03, 0.05, 0.01}, {0.19, 0.95, 0.04}}};
constexpr std::array<Odds, 3> kTelephone = {{{0.83, 0, 0.6, 1}, {0.01, 0.0001, 0.001}, {0.16, 1, 0.4}}};
constexpr std::array<Odds, 2> kSex = {{{0.998, 0.5, 0.5}, {0.002, 0.5, 0.5}}};
constexpr double kTwice = 0.05;     // of all entries, expected
constexpr double kRelatives = 0.15; // of all entries, live with another one

class Weighing { // the logarithm of three products, side by side
public:
    template <std::size_t N, class Agreement>
    void add(const std::array<Odds, N>& table, Agreement agreement, double shared)
    {
        const auto level = static_cast<std::size_t>(agreement);
        if (level >= N) return; // unknown says nothing
        const auto& odds = table[level];
        const double chance = odds.stranger > 0 ? odds.stranger : shared * odds.of_shared;
        person_ += std::log2(odds.person);
        stranger_ += std::log2(chance);
        family_ += std::log2(odds.family > 0 ? odds.family : chance);
    }
    void add_person(double bits) { person_ += bits; }

    double bits(std::size_t entries) const
    {
        const double pairs = static_cast<double>(entries) / 2;
        const double family = family_ + std::log2(kRelatives / pairs);
        const double more = std::max(stranger_, family), less = std::min(stranger_, family);
        return person_ + std::log2(kTwice / pairs) - (more + std::log2(1 + std::exp2(less - more)));
    }

private:
    double person_ = 0, stranger_ = 0, family_ = 0;
};

struct Words {
    Standing standing;
    std::string_view japanese;
};
using enum Standing;

constexpr std::array<Words, 5> kFamilyWords = {{{same, "姓が同じ"},
                                                {near, "姓の読みが同じ(漢字は違う)"},
                                                {near, "姓の漢字が同じ(読みは違う)"},
                                                {near, "姓が1字違い・似た字"},
                                                {different, "姓が違う"}}};
constexpr std::array<Words, 5> kGivenWords = {{{same, "名が同じ"},
                                               {near, "名の読みが同じ(漢字は違う)"},
                                               {near, "名の漢字が同じ(読みは違う)"},
                                               {near, "名が1字違い・似た字"},
                                               {different, "名が違う"}}};
constexpr std::array<Words, 6> kBirthWords = {{{same, "生年月日が同じ"},
                                               {near, "生年月日の月と日が逆"},
                                               {near, "生年月日の年だけ違う"},
                                               {near, "生年月日が1字違い"},
                                               {near, "生年月日の年と月が同じ(日は違う)"},
                                               {different, "生年月日が違う"}}};
constexpr std::array<Words, 3> kPlaceWords = {
    {{same, "住所が同じ"}, {near, "住所の町が同じ(番地は違う)"}, {different, "住所が違う"}}};
constexpr std::array<Words, 3> kTelephoneWords = {
    {{same, "電話番号が同じ"}, {near, "電話番号が1字違い"}, {different, "電話番号が違う"}}};
constexpr std::array<Words, 2> kSexWords = {{{same, "性別が同じ"}, {different, "性別が違う"}}};

template <std::size_t N, class Agreement>
void say(std::vector<Reason>& reasons, Aspect aspect, const std::array<Words, N>& words, Agreement agreement)
{
    if (const auto level = static_cast<std::size_t>(agreement); level < N)
        reasons.push_back({aspect, words[level].standing, words[level].japanese});
}

} // namespace

double bits_of(const Comparison& comparison, const Frequencies& shared, bool female, std::size_t entries)
{
    Weighing weighing;
    weighing.add(kFamilyName, comparison.family, shared.family);
    if (comparison.family == NameAgreement::different && female)
        weighing.add_person(
            std::log2(kMarried / kFamilyName[static_cast<std::size_t>(NameAgreement::different)].person));
    weighing.add(kGivenName, comparison.given, shared.given);
    weighing.add(kBirth, comparison.birth, shared.birth);
    weighing.add(kPlace, comparison.place, shared.place);
    weighing.add(kTelephone, comparison.telephone, shared.telephone);
    weighing.add(kSex, comparison.sex, 1);
    return weighing.bits(entries);
}

double probability_of(double bits)
{
    return 1 / (1 + std::exp2(-bits));
}

std::vector<Reason> reasons_of(const Comparison& comparison)
{
    std::vector<Reason> reasons;
    say(reasons, Aspect::family, kFamilyWords, comparison.family);
    say(reasons, Aspect::given, kGivenWords, comparison.given);
    say(reasons, Aspect::birth, kBirthWords, comparison.birth);
    say(reasons, Aspect::place, kPlaceWords, comparison.place);
    say(reasons, Aspect::telephone, kTelephoneWords, comparison.telephone);
    say(reasons, Aspect::sex, kSexWords, comparison.sex);
    return reasons;
}

} // namespace azukari::duplicates
