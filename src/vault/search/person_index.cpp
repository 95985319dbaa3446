#include "vault/search/person_index.h"

#include "base/check.h"
#include "infra/text/notation/address.h"
#include "infra/text/notation/telephone.h"
#include "infra/text/notation/written_date.h"

#include <algorithm>

namespace azukari::search {

namespace {

// Extent says most, then the facet, then whether it was typed just so.
constexpr int kExtentScores[] = {40, 30, 20, 10};
constexpr int kFacetScores[kFacets] = {5, 5, 4, 4, 0, 4, 3};
constexpr int kMistyped = 8;

int score_of(Facet facet, Extent extent, int penalty)
{
    return kExtentScores[static_cast<std::size_t>(extent)] + kFacetScores[static_cast<std::size_t>(facet)] - penalty;
}

Stand stand_of(const Needle& needle)
{
    return {needle.opens, needle.facet == Facet::address};
}

bool is_folded_as_name(Facet facet)
{
    return facet == Facet::name || facet == Facet::reading;
}

// Whether `wanted` begins `text` when one character may be wrong, missing or too many.
bool begins_but_for_one(std::u16string_view text, std::u16string_view wanted)
{
    std::size_t same = 0;
    while (same < wanted.size() && same < text.size() && text[same] == wanted[same]) ++same;
    if (same == wanted.size()) return true;
    const auto behind = [](std::u16string_view of, std::size_t at) { return of.substr(std::min(at, of.size())); };
    return behind(text, same + 1).starts_with(behind(wanted, same + 1)) ||
           behind(text, same).starts_with(behind(wanted, same + 1)) ||
           behind(text, same + 1).starts_with(behind(wanted, same));
}

} // namespace

// What was found so far, by row. Terms are looked for one after the other, the rarest first; a row stays in the game
// while it has matched every one.
struct PersonIndex::Tally {
    void fit(std::size_t rows)
    {
        matched.resize(rows);
        best.resize(rows);
        total.resize(rows);
        found.resize(rows);
    }
    void clear() // only where something was written
    {
        for (const Row row : touched) matched[row] = 0, best[row] = total[row] = 0, found[row] = 0;
        touched.clear();
        turn = 0;
    }
    bool wants(Row row) const { return matched[row] >= turn; }
    void hit(Row row, Facet facet, Extent extent, int score)
    {
        if (!wants(row)) return;
        if (matched[row] == 0) touched.push_back(row);
        if (matched[row] == turn) {
            matched[row] = static_cast<std::uint8_t>(turn + 1);
            total[row] = static_cast<std::int16_t>(total[row] + best[row]);
            best[row] = 0;
        }
        if (score <= best[row]) return;
        best[row] = static_cast<std::int16_t>(score);
        const auto shift = term * 8;
        found[row] = (found[row] & ~(std::uint64_t{0xFF} << shift)) |
                     std::uint64_t(static_cast<unsigned>(facet) << 4 | static_cast<unsigned>(extent)) << shift;
    }
    int score(Row row) const { return total[row] + best[row]; }

    std::size_t turn = 0, term = 0;    // how many terms were looked for before; the one now, as it was written
    std::vector<std::uint8_t> matched; // how many terms
    std::vector<std::int16_t> best;    // of the term that was matched last
    std::vector<std::int16_t> total;   // of those before it
    std::vector<std::uint64_t> found;  // a byte a term: facet and extent of its best match
    std::vector<Row> touched;          // that matched a term
};
static_assert(kMostTerms <= 8);

PersonIndex::~PersonIndex() = default;

std::unique_ptr<PersonIndex::Tally> PersonIndex::lend_tally() const
{
    std::unique_ptr<Tally> tally;
    if (const std::lock_guard lock(spare_mutex_); !spare_.empty()) {
        tally = std::move(spare_.back());
        spare_.pop_back();
    }
    if (!tally) tally = std::make_unique<Tally>();
    tally->fit(ids_.size());
    return tally;
}

void PersonIndex::take_back(std::unique_ptr<Tally> tally) const
{
    tally->clear();
    const std::lock_guard lock(spare_mutex_);
    spare_.push_back(std::move(tally));
}

PersonIndex::PersonIndex(const text::NameFolding& folding) : folding_(folding)
{
    for (std::size_t facet = 0; facet < kFacets; ++facet) {
        const bool digits = Facet(facet) == Facet::telephone || Facet(facet) == Facet::number;
        columns_.emplace_back(digits ? Grams::fours : Grams::pairs);
    }
}

std::u16string PersonIndex::form_of(const Particular& particular) const
{
    switch (particular.facet) {
    case Facet::name:
    case Facet::reading:
        return folding_.fold_name(particular.text);
    case Facet::address:
        return text::line_of(text::read_address(particular.text, folding_));
    case Facet::telephone:
        if (const auto digits = text::telephone_part(particular.text)) return {digits->begin(), digits->end()};
        return number_form(particular.text);
    case Facet::number:
        return number_form(particular.text);
    case Facet::mail:
        return mail_form(particular.text);
    case Facet::birth:
        break;
    }
    return {};
}

void PersonIndex::add(const Person& person)
{
    AZK_CHECK(!rows_.contains(person.id));
    const auto row = static_cast<Row>(ids_.size());
    std::vector<std::u16string> texts[kFacets];
    std::int32_t birth = kNoBirth;
    for (const auto& particular : person.particulars) {
        if (particular.facet != Facet::birth) {
            texts[static_cast<std::size_t>(particular.facet)].push_back(form_of(particular));
        } else if (const auto date = text::read_date(particular.text)) {
            birth = date->days();
        }
    }
    for (std::size_t facet = 0; facet < kFacets; ++facet)
        columns_[facet].add_row(texts[facet], !is_folded_as_name(Facet(facet)));
    births_.push_back(birth);
    ids_.push_back(person.id);
    rows_.emplace(person.id, row);
}

void PersonIndex::settle()
{
    for (auto& column : columns_) column.settle();
    settled_ = true;
}

void PersonIndex::put(const Person& person)
{
    AZK_CHECK(settled_);
    remove(person.id);
    add(person);
}

bool PersonIndex::remove(SubjectId person)
{
    AZK_CHECK(settled_);
    const auto found = rows_.find(person);
    if (found == rows_.end()) return false;
    for (auto& column : columns_) column.remove_row(found->second);
    births_[found->second] = kNoBirth;
    ids_[found->second] = SubjectId(IdBytes{});
    rows_.erase(found);
    return true;
}

std::vector<std::size_t> PersonIndex::rarest_first(const Query& query) const
{
    std::vector<std::size_t> order, most;
    for (const auto& term : query.terms) {
        order.push_back(order.size());
        most.push_back(term.birth ? ids_.size() / 64 : 0);
        for (const auto& needle : term.needles) most.back() += column(needle.facet).most(needle.text, stand_of(needle));
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return most[a] < most[b]; });
    return order;
}

void PersonIndex::mark(const Term& term, Tally& tally) const
{
    if (term.birth) mark_birth(*term.birth, tally);
    for (const auto& needle : term.needles) mark(needle, tally);
}

void PersonIndex::mark(const Needle& needle, Tally& tally) const
{
    column(needle.facet)
        .find(
            needle.text, stand_of(needle), [&](Row row) { return tally.wants(row); },
            [&](Row row, Extent extent) {
                tally.hit(row, needle.facet, extent, score_of(needle.facet, extent, needle.penalty));
            });
}

void PersonIndex::mark_birth(const text::DatePart& birth, Tally& tally) const
{
    std::int32_t first = INT32_MIN + 1, last = INT32_MAX; // days; a year or a month is a run of them
    if (birth.year) {
        first = CivilDate::from(*birth.year, birth.month.value_or(1), 1)->days();
        last = CivilDate::from(*birth.year, birth.month.value_or(12), 28)->days() + 3;
    }
    const auto extent = birth.year && birth.month && birth.day ? Extent::whole : Extent::start;
    const int score = score_of(Facet::birth, extent, birth.year && !birth.month ? 5 : 0);
    for (Row row = 0; row < births_.size(); ++row)
        if (births_[row] >= first && births_[row] <= last && birth.fits(CivilDate::from_days(births_[row])))
            tally.hit(row, Facet::birth, extent, score);
}

void PersonIndex::mark_mistyped(const Term& term, Tally& tally) const
{
    if (term.birth) mark_birth(*term.birth, tally);
    for (const auto& needle : term.needles) {
        if (needle.facet != Facet::reading || needle.text.size() < 4) {
            mark(needle, tally);
            continue;
        }
        // One wrong character leaves one of two halves whole.
        const auto& texts = column(Facet::reading);
        const int score = score_of(Facet::reading, Extent::start, kMistyped);
        const std::u16string_view wanted = needle.text;
        for (const auto part : {wanted.substr(0, wanted.size() / 2), wanted.substr(wanted.size() / 2)})
            texts.find(
                part, {}, [&](Row row) { return tally.wants(row); },
                [&](Row row, Extent) {
                    const auto text = texts.text_of(row);
                    for (std::size_t at = 0; at < text.size(); ++at)
                        if (texts.begins_word(row, at) && begins_but_for_one(text.substr(at), wanted))
                            return tally.hit(row, Facet::reading, Extent::start, score);
                });
    }
}

Finding PersonIndex::page_of(const Tally& tally, std::size_t terms, Page page) const
{
    std::vector<Row> rows;
    for (const Row row : tally.touched)
        if (tally.matched[row] == terms) rows.push_back(row);
    Finding finding;
    finding.total = rows.size();
    const auto first = std::min(page.first, rows.size());
    const auto last = std::min(first + page.count, rows.size());
    const auto& readings = column(Facet::reading);
    const auto better = [&](Row a, Row b) {
        if (const int x = tally.score(a), y = tally.score(b); x != y) return x > y;
        if (const auto order = readings.text_of(a).compare(readings.text_of(b)); order != 0) return order < 0;
        return a < b;
    };
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(last), rows.end(), better);
    for (auto at = first; at < last; ++at) {
        Hit hit{ids_[rows[at]], tally.score(rows[at]), {}};
        for (std::size_t term = 0; term < terms; ++term) {
            const auto match = tally.found[rows[at]] >> (term * 8) & 0xFF;
            hit.matches.push_back({Facet(match >> 4), Extent(match & 0xF)});
        }
        finding.hits.push_back(std::move(hit));
    }
    return finding;
}

Finding PersonIndex::find(const Query& query, Page page) const
{
    AZK_CHECK(settled_ && !query.terms.empty());
    const auto look = [&](const Query& wanted, bool mistyped) {
        auto tally = lend_tally();
        for (const auto term : rarest_first(wanted)) {
            tally->term = term;
            mistyped ? mark_mistyped(wanted.terms[term], *tally) : mark(wanted.terms[term], *tally);
            ++tally->turn;
        }
        auto finding = page_of(*tally, wanted.terms.size(), page);
        take_back(std::move(tally));
        return finding;
    };
    auto finding = look(query, false);
    if (finding.total == 0 && query.joined) finding = look({{*query.joined}, {}}, false);
    if (finding.total > 0) return finding;
    if (const auto near = near_query(query, folding_); !near.terms.empty()) finding = look(near, false);
    if (finding.total == 0) finding = look(query, true);
    finding.near = finding.total > 0;
    return finding;
}

std::size_t PersonIndex::memory_bytes() const
{
    std::size_t bytes = births_.capacity() * sizeof(std::int32_t) + ids_.capacity() * sizeof(SubjectId) +
                        rows_.size() * (sizeof(SubjectId) + sizeof(Row) + 2 * sizeof(void*)) +
                        rows_.bucket_count() * sizeof(void*);
    for (const auto& column : columns_) bytes += column.memory_bytes();
    return bytes;
}

} // namespace azukari::search
