#include "vault/duplicates/likeness.h"

#include "infra/text/notation/address.h"
#include "infra/text/notation/reading.h"
#include "infra/text/notation/telephone.h"
#include "infra/text/notation/written_date.h"

#include <algorithm>
#include <cmath>

namespace azukari::duplicates {

namespace {

constexpr double kDaysOfLives = 36525; // a birth date is shared by chance no more rarely than among these

// How often two strangers in Japan share a value. A small town's own counts say nothing of how rare a name is: two of
// three share it whenever they are one person. So the usual shares stand in as if this many more lived there.
constexpr double kElsewhere = 200;
constexpr double kUsualName = 0.005, kUsualBirth = 1 / kDaysOfLives, kUsualPlace = 0.001, kUsualTelephone = 0.0001;

std::int32_t digits_of(CivilDate date)
{
    return date.year() * 10000 + static_cast<int>(date.month()) * 100 + static_cast<int>(date.day());
}

int digits_apart(std::int32_t a, std::int32_t b)
{
    int apart = 0;
    for (; a != 0 || b != 0; a /= 10, b /= 10) apart += a % 10 != b % 10;
    return apart;
}

BirthAgreement compare_births(const Likeness& a, const Likeness& b)
{
    if (a.birth == 0 || b.birth == 0) return BirthAgreement::unknown;
    if (a.birth == b.birth) return BirthAgreement::same;
    const auto x = a.birth_digits, y = b.birth_digits;
    const auto year = [](std::int32_t digits) { return digits / 10000; };
    const auto month = [](std::int32_t digits) { return digits / 100 % 100; };
    const auto day = [](std::int32_t digits) { return digits % 100; };
    if (year(x) == year(y) && month(x) == day(y) && day(x) == month(y)) return BirthAgreement::swapped;
    const int years = std::abs(year(x) - year(y));
    if (x % 10000 == y % 10000 && (years == 1 || years == 10)) return BirthAgreement::other_year;
    if (digits_apart(x, y) == 1) return BirthAgreement::one_digit;
    if (x / 100 == y / 100) return BirthAgreement::same_month;
    return BirthAgreement::different;
}

} // namespace

bool one_slip_apart(std::u16string_view a, std::u16string_view b)
{
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1 || a.empty()) return false;
    std::size_t same = 0;
    while (same < a.size() && a[same] == b[same]) ++same;
    if (same == a.size()) return true;
    const auto rest_a = a.substr(same), rest_b = b.substr(same);
    if (a.size() != b.size()) return rest_a == rest_b.substr(1);
    if (rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
           rest_a.substr(2) == rest_b.substr(2);
}

bool kana_for_kanji(std::u16string_view a, std::u16string_view b)
{
    std::size_t before = 0, behind = 0;
    const auto shorter = std::min(a.size(), b.size());
    while (before < shorter && a[before] == b[before]) ++before;
    while (behind < shorter - before && a[a.size() - 1 - behind] == b[b.size() - 1 - behind]) ++behind;
    if (before + behind == 0) return false;
    const auto between = [&](std::u16string_view text) { return text.substr(before, text.size() - before - behind); };
    const auto holds = [](std::u16string_view text, bool (*each)(char16_t)) {
        return !text.empty() && std::ranges::all_of(text, each);
    };
    const auto x = between(a), y = between(b);
    return (holds(x, text::is_katakana) && holds(y, text::is_kanji)) ||
           (holds(y, text::is_katakana) && holds(x, text::is_kanji));
}

namespace {

std::uint32_t hash_of(std::u16string_view value)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char16_t c : value) hash = (hash ^ c) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::uint32_t>(hash >> 32);
}

} // namespace

std::size_t Lexicon::slot_of(std::u16string_view value, std::uint32_t hash) const
{
    auto slot = hash & (slots_.size() - 1);
    while (slots_[slot] != 0 && (words_[slots_[slot]].hash != hash || value_of(slots_[slot]) != value))
        slot = (slot + 1) & (slots_.size() - 1);
    return slot;
}

void Lexicon::grow()
{
    slots_.assign(slots_.size() * 4, 0);
    for (Token token = 1; token < words_.size(); ++token) {
        auto slot = words_[token].hash & (slots_.size() - 1);
        while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = token;
    }
}

Token Lexicon::token_of(std::u16string_view value)
{
    if (value.empty()) return 0;
    const auto hash = hash_of(value);
    auto& slot = slots_[slot_of(value, hash)];
    if (slot == 0) {
        slot = static_cast<Token>(words_.size());
        words_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(value.size()), 0, hash});
        text_ += value;
    }
    const Token token = slot;
    ++words_[token].count;
    if (words_.size() * 2 > slots_.size()) grow();
    return token;
}

Token Lexicon::known(std::u16string_view value) const
{
    return value.empty() ? 0 : slots_[slot_of(value, hash_of(value))];
}

Likenesses::Likenesses(std::span<const Identity> identities, const text::NameFolding& folding) : folding_(folding)
{
    all_.resize(identities.size());
    std::vector<std::pair<std::size_t, std::u16string>> whole_names, whole_readings;
    female_ = sexes_.token_of(u"女");
    for (std::size_t at = 0; at < identities.size(); ++at) {
        const auto& identity = identities[at];
        auto& likeness = all_[at];
        const auto part = [&](std::string_view written, Lexicon& families, Lexicon& givens, Token& family,
                              Token& given) {
            auto folded = folding.fold_name(written);
            const auto space = folded.find(u' ');
            if (space == folded.npos) return folded;
            family = families.token_of(std::u16string_view(folded).substr(0, space));
            given = givens.token_of(text::without_spaces(std::u16string_view(folded).substr(space + 1)));
            return std::u16string();
        };
        auto name = part(identity.name, families_, givens_, likeness.family, likeness.given);
        if (!name.empty()) whole_names.emplace_back(at, std::move(name));
        auto reading =
            part(identity.reading, family_readings_, given_readings_, likeness.family_reading, likeness.given_reading);
        if (!reading.empty()) whole_readings.emplace_back(at, std::move(reading));
        if (const auto date = text::read_date(identity.birth)) {
            likeness.birth_digits = digits_of(*date);
            const auto digits = static_cast<std::uint32_t>(likeness.birth_digits);
            const char16_t halves[] = {static_cast<char16_t>(digits >> 16), static_cast<char16_t>(digits)};
            likeness.birth = births_.token_of({halves, 2});
        }
        const auto address = text::read_address(identity.address, folding);
        likeness.town = towns_.token_of(address.town);
        if (!address.numbers.empty()) likeness.place = places_.token_of(address.town + u' ' + address.numbers);
        if (const auto digits = text::telephone_part(identity.telephone))
            likeness.telephone = telephones_.token_of(std::u16string(digits->begin(), digits->end()));
        likeness.sex = sexes_.token_of(folding.fold_name(identity.sex));
    }
    part_unparted(whole_names, families_, givens_, &Likeness::family, &Likeness::given);
    part_unparted(whole_readings, family_readings_, given_readings_, &Likeness::family_reading,
                  &Likeness::given_reading);
    read_kana_names();
}

// A name in kana without a reading beside it is its own reading: はなこ and 花子(ハナコ) may be one person.
void Likenesses::read_kana_names()
{
    const auto read = [](Token& name, Token& reading, const Lexicon& names, Lexicon& readings) {
        const auto value = names.value_of(name);
        if (name == 0 || reading != 0 || value.size() < 2 || !std::ranges::all_of(value, text::is_katakana)) return;
        reading = readings.token_of(value);
        name = 0;
    };
    for (auto& of : all_) {
        read(of.family, of.family_reading, families_, family_readings_);
        read(of.given, of.given_reading, givens_, given_readings_);
    }
}

// A name written in one is parted where both halves are best known from the others. One of which nothing is known
// counts as a given name, so that it is the same as its like.
void Likenesses::part_unparted(const std::vector<std::pair<std::size_t, std::u16string>>& whole,
                               const Lexicon& families, Lexicon& givens, Token Likeness::*family,
                               Token Likeness::*given)
{
    std::vector<std::pair<std::size_t, std::u16string_view>> left;
    for (const auto& [at, name] : whole) {
        const std::u16string_view text = name;
        std::uint64_t best = 0;
        for (std::size_t cut = 1; cut < text.size(); ++cut) {
            const Token front = families.known(text.substr(0, cut)), back = givens.known(text.substr(cut));
            const auto weight =
                (std::uint64_t{families.count_of(front)} * 1000 + 1) * (givens.count_of(back) * 1000ULL + 1);
            if ((front == 0 && back == 0) || weight <= best) continue;
            best = weight;
            all_[at].*family = front;
            all_[at].*given = back;
        }
        if (best == 0) left.emplace_back(at, text);
    }
    for (const auto& [at, name] : left) all_[at].*given = givens.token_of(name);
}

NameAgreement Likenesses::agreement(Token a, Token b, Token a_reading, Token b_reading, const Lexicon& kanji,
                                    const Lexicon& readings) const
{
    const bool kanji_known = a != 0 && b != 0, reading_known = a_reading != 0 && b_reading != 0;
    const bool same_kanji = kanji_known && a == b, same_reading = reading_known && a_reading == b_reading;
    if (!kanji_known && !reading_known) return NameAgreement::unknown;
    if (same_kanji && (same_reading || !reading_known)) return NameAgreement::same;
    if (same_reading && !kanji_known) return NameAgreement::same;
    if (same_reading) return NameAgreement::same_reading;
    if (same_kanji) return NameAgreement::same_kanji;
    const bool near_kanji = kanji_known && (folding_.near(kanji.value_of(a)) == folding_.near(kanji.value_of(b)) ||
                                            kana_for_kanji(kanji.value_of(a), kanji.value_of(b)));
    const bool near_reading = reading_known && readings.value_of(a_reading).size() > 1 &&
                              one_slip_apart(readings.value_of(a_reading), readings.value_of(b_reading));
    return near_kanji || near_reading ? NameAgreement::near : NameAgreement::different;
}

Comparison Likenesses::compare(const Likeness& a, const Likeness& b) const
{
    Comparison comparison;
    comparison.family = agreement(a.family, b.family, a.family_reading, b.family_reading, families_, family_readings_);
    comparison.given = agreement(a.given, b.given, a.given_reading, b.given_reading, givens_, given_readings_);
    comparison.birth = compare_births(a, b);
    if (a.town != 0 && b.town != 0) {
        const auto same = [&] {
            if (a.place == 0 || b.place == 0 || a.town != b.town) return false;
            const auto x = places_.value_of(a.place), y = places_.value_of(b.place);
            const auto& shorter = x.size() <= y.size() ? x : y;
            const auto& longer = x.size() <= y.size() ? y : x;
            // 2-8 and 2-8-1: one only says more.
            return longer.starts_with(shorter) && shorter.find(u'-') != shorter.npos &&
                   (longer.size() == shorter.size() || longer[shorter.size()] == u'-');
        };
        comparison.place = a.place != 0 && (a.place == b.place || same()) ? PlaceAgreement::same
                           : a.town == b.town                             ? PlaceAgreement::same_town
                                                                          : PlaceAgreement::different;
    }
    if (a.telephone != 0 && b.telephone != 0)
        comparison.telephone = a.telephone == b.telephone ? TelephoneAgreement::same
                               : one_slip_apart(telephones_.value_of(a.telephone), telephones_.value_of(b.telephone))
                                   ? TelephoneAgreement::one_digit
                                   : TelephoneAgreement::different;
    if (a.sex != 0 && b.sex != 0) comparison.sex = a.sex == b.sex ? SexAgreement::same : SexAgreement::different;
    return comparison;
}

double Likenesses::share(std::uint32_t count, double usual) const
{
    return (std::max<std::uint32_t>(count, 1) + kElsewhere * usual) / (static_cast<double>(all_.size()) + kElsewhere);
}

double Likenesses::bits_of(const Likeness& a, const Likeness& b, const Comparison& comparison) const
{
    Frequencies shared;
    const auto of_name = [&](NameAgreement agreement, std::uint32_t kanji, std::uint32_t reading) {
        if (agreement == NameAgreement::same_kanji || reading == 0) return share(kanji, kUsualName);
        return share(agreement == NameAgreement::same && kanji != 0 ? std::min(kanji, reading) : reading, kUsualName);
    };
    shared.family =
        of_name(comparison.family, families_.count_of(a.family), family_readings_.count_of(a.family_reading));
    shared.given = of_name(comparison.given, givens_.count_of(a.given), given_readings_.count_of(a.given_reading));
    if (comparison.birth == BirthAgreement::same)
        shared.birth = std::max(share(births_.count_of(a.birth), kUsualBirth), kUsualBirth);
    if (comparison.place == PlaceAgreement::same) shared.place = share(places_.count_of(a.place), kUsualPlace);
    if (comparison.telephone == TelephoneAgreement::same)
        shared.telephone = share(telephones_.count_of(a.telephone), kUsualTelephone);
    return duplicates::bits_of(comparison, shared, a.sex == female_ || b.sex == female_, all_.size());
}

} // namespace azukari::duplicates
