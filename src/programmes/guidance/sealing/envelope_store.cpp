#include "programmes/guidance/sealing/envelope_store.h"

#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/letters/addressee.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>

namespace azukari::guidance {
namespace {

// One row per letter: what every room knows of it.
constexpr std::string_view kLetters =
    "select r.category, r.serial, e.edition, e.state, e.changed_at, e.changed_by, e.bundle, b.box, "
    "p.reason, p.asked_at, p.asked_by, p.taken_out_at, p.taken_out_by, h.row_number "
    "from guidance_recipient r "
    "left join guidance_envelope e on e.entrustment = r.entrustment and e.batch = r.batch and e.category = r.category "
    "and e.serial = r.serial "
    "left join guidance_bundle b on b.entrustment = r.entrustment and b.batch = r.batch and b.number = e.bundle "
    "left join guidance_pull p on p.entrustment = r.entrustment and p.batch = r.batch and p.category = r.category "
    "and p.serial = r.serial "
    "left join guidance_held_back h on h.entrustment = r.entrustment and h.batch = r.batch "
    "and h.row_number = r.row_number "
    "where r.entrustment = ? and r.batch = ? ";

std::optional<Pull> read_pull(const storage::Row& row)
{
    if (row.is_null(8)) return std::nullopt;
    Pull pull{row.string(0), row.integer(1), row.string(8), row.instant(9), row.id<StaffId>(10), {}};
    if (!row.is_null(11)) pull.taken_out = {row.instant(11), row.id<StaffId>(12)};
    return pull;
}

Letter read_letter(const storage::Row& row, const Batch& batch)
{
    Letter letter{{row.string(0), row.integer(1)}, {}};
    auto& [envelope, standing] = letter;
    if (!row.is_null(2)) {
        envelope.edition = static_cast<unsigned>(row.integer(2));
        envelope.state = static_cast<EnvelopeState>(row.integer(3));
        envelope.at = row.instant(4);
        envelope.by = row.id<StaffId>(5);
        envelope.bundle = row.integer(6);
    }
    standing.box = row.is_null(7) ? 0 : row.integer(7);
    standing.pull = read_pull(row);
    standing.composed = batch.composition && row.is_null(13);
    standing.left_out = standing.pull && (!batch.composition || standing.pull->asked_at < batch.composition->at);
    standing.printed = std::ranges::any_of(batch.takings, [&](const auto& taking) {
        return taking.category == envelope.category && taking.serials.holds(envelope.serial);
    });
    return letter;
}

ledger::Entry entry_about(const access::Scope& scope, std::string_view act, BatchId batch, const Envelope& envelope)
{
    auto entry = scope.entry(act);
    entry.object = batch.text();
    entry.references = {{"letter", label_of(envelope)}};
    entry.counts = {{"edition", envelope.edition}};
    return entry;
}

void write_envelope(storage::Tx& tx, const access::Scope& scope, BatchId batch, const Envelope& envelope)
{
    tx.execute("insert into guidance_envelope values (?, ?, ?, ?, ?, ?, ?, ?, ?) "
               "on conflict (entrustment, batch, category, serial) do update set edition = excluded.edition, "
               "state = excluded.state, changed_at = excluded.changed_at, changed_by = excluded.changed_by, "
               "bundle = excluded.bundle",
               {*scope.entrustment(), batch, envelope.category, envelope.serial,
                static_cast<std::int64_t>(envelope.edition), static_cast<std::int64_t>(envelope.state),
                scope.moment().at, scope.staff(), envelope.bundle});
}

// Reads the letter, lets `rule` change it, writes it with its entry.
Result<void> change(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& name,
                    std::string_view act, const std::function<Result<void>(Letter&)>& rule)
{
    AZK_REQUIRE(check_not_closed(tx, scope, batch));
    AZK_TRY(auto letter, find_letter(tx, scope, batch, name.category, name.serial));
    AZK_REQUIRE(rule(letter));
    write_envelope(tx, scope, batch, letter.envelope);
    ledger::append(tx, entry_about(scope, act, batch, letter.envelope));
    return {};
}

Result<void> check_spoiling(const access::Scope& scope, const Spoiling& spoiling)
{
    if (text::is_blank(spoiling.reason)) return refuse_field("reason", kSpoilReasonExpected);
    if (spoiling.reason.size() > kMostWords) return refuse_field("reason", kTooManyWords);
    if (spoiling.method.size() > kMostWords) return refuse_field("method", kTooManyWords);
    if (!spoiling.at_hand) return {};
    if (text::is_blank(spoiling.method)) return refuse_field("method", kMethodExpected);
    if (!spoiling.witness) return refuse_field("witness", kWitnessExpected);
    if (*spoiling.witness == scope.staff()) return refuse_field("witness", kWitnessIsSelf);
    return {};
}

} // namespace

Result<Letter> find_letter(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch,
                           std::string_view category, std::int64_t serial)
{
    AZK_TRY(const auto found, find_batch(snapshot, scope, batch));
    auto letter = snapshot.one(fmt::format("{}and r.category = ? and r.serial = ?", kLetters),
                               {found.entrustment, batch, category, serial},
                               [&](const storage::Row& row) { return read_letter(row, found); });
    if (!letter) return refuse_field("letter", kNoSuchLetter);
    return std::move(*letter);
}

std::vector<Letter> letters_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    const auto found = find_batch(snapshot, scope, batch);
    if (!found) return {};
    return snapshot.all(fmt::format("{}order by r.category, r.serial", kLetters), {found->entrustment, batch},
                        [&](const storage::Row& row) { return read_letter(row, *found); });
}

Result<LetterName> read_letter_name(std::string_view typed)
{
    const auto folded = text::nfkc(typed);
    std::string kept;
    for (const char c : folded)
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
            kept += c;
        else if (c >= 'a' && c <= 'z')
            kept += static_cast<char>(c - 'a' + 'A');
    std::int64_t serial = 0;
    if (kept.size() < 2) return refuse_field("letter", kNoSuchLetter);
    const auto read = std::from_chars(kept.data() + 1, kept.data() + kept.size(), serial);
    const auto facts = std::ranges::find(kCategories, kept[0], &CategoryFacts::letter);
    if (facts == kCategories.end() || read.ec != std::errc{} || read.ptr != kept.data() + kept.size() || serial < 1)
        return refuse_field("letter", kNoSuchLetter);
    return LetterName{std::string(facts->slug), serial};
}

std::optional<Envelope> open_envelope(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    const auto name = snapshot.one("select category, serial from guidance_envelope where entrustment = ? and batch = ? "
                                   "and changed_by = ? and state = 2",
                                   {*scope.entrustment(), batch, scope.staff()}, [](const storage::Row& row) {
                                       return LetterName{row.string(0), row.integer(1)};
                                   });
    if (!name) return std::nullopt;
    auto letter = find_letter(snapshot, scope, batch, name->category, name->serial);
    if (!letter) return std::nullopt;
    return std::move(letter->envelope);
}

Result<void> record_match(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& name)
{
    if (const auto open = open_envelope(tx, scope, batch)) return refuse(kEnvelopeOpen, label_of(*open));
    return change(tx, scope, batch, name, "guidance.matched",
                  [](Letter& letter) { return match(letter.envelope, letter.standing); });
}

void record_mismatch(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view reason)
{
    tx.execute("insert into guidance_mismatch values (?, ?, ?, ?, ?)",
               {*scope.entrustment(), batch, scope.moment().at, scope.staff(), reason});
    auto entry = scope.entry("guidance.mismatched");
    entry.object = batch.text();
    entry.references = {{"reason", std::string(reason)}};
    ledger::append(tx, entry);
}

std::int64_t count_mismatches(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    return snapshot.integer("select count(*) from guidance_mismatch where entrustment = ? and batch = ?",
                            {*scope.entrustment(), batch});
}

Result<void> record_sealing(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& name)
{
    return change(tx, scope, batch, name, "guidance.sealed",
                  [](Letter& letter) { return seal(letter.envelope, letter.standing); });
}

Result<void> record_release(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& name)
{
    return change(tx, scope, batch, name, "guidance.released", [](Letter& letter) { return release(letter.envelope); });
}

Result<void> record_reopening(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& name)
{
    return change(tx, scope, batch, name, "guidance.reopened",
                  [](Letter& letter) { return reopen(letter.envelope, letter.standing); });
}

Result<void> record_spoiling(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& name,
                             const Spoiling& spoiling)
{
    AZK_REQUIRE(check_spoiling(scope, spoiling));
    return change(
        tx, scope, batch, name, spoiling.at_hand ? "guidance.spoiled" : "guidance.paper_missing",
        [&](Letter& letter) -> Result<void> {
            AZK_REQUIRE(spoil(letter.envelope, letter.standing, spoiling.at_hand));
            tx.execute("insert into guidance_spoilage values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null) "
                       "on conflict (entrustment, batch, category, serial, edition) do update set "
                       "reason = excluded.reason, at_hand = excluded.at_hand, method = excluded.method, "
                       "witness = excluded.witness, spoiled_at = excluded.spoiled_at, spoiled_by = excluded.spoiled_by",
                       {*scope.entrustment(), batch, name.category, name.serial,
                        static_cast<std::int64_t>(letter.envelope.edition), spoiling.reason,
                        static_cast<std::int64_t>(spoiling.at_hand), spoiling.at_hand ? spoiling.method : std::string(),
                        spoiling.at_hand ? spoiling.witness : std::nullopt, scope.moment().at, scope.staff()});
            return {};
        });
}

Result<void> record_agreement(storage::Tx& tx, const access::Scope& scope, BatchId batch, const LetterName& name)
{
    return change(tx, scope, batch, name, "guidance.missing_agreed", [&](Letter& letter) -> Result<void> {
        const auto edition = static_cast<std::int64_t>(letter.envelope.edition);
        const auto reported = tx.one("select spoiled_by from guidance_spoilage where entrustment = ? and batch = ? "
                                     "and category = ? and serial = ? and edition = ?",
                                     {*scope.entrustment(), batch, name.category, name.serial, edition},
                                     [](const storage::Row& row) { return row.id<StaffId>(0); });
        if (!reported) return refuse(kNotMissing, label_of(letter.envelope));
        AZK_REQUIRE(agree_missing(letter.envelope, *reported, scope.staff()));
        tx.execute(
            "update guidance_spoilage set agreed_at = ?, agreed_by = ? where entrustment = ? and batch = ? "
            "and category = ? and serial = ? and edition = ?",
            {scope.moment().at, scope.staff(), *scope.entrustment(), batch, name.category, name.serial, edition});
        return {};
    });
}

std::vector<Spoilage> spoilages_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    return snapshot.all("select category, serial, edition, reason, at_hand, method, witness, spoiled_at, spoiled_by, "
                        "agreed_at, agreed_by from guidance_spoilage where entrustment = ? and batch = ? "
                        "order by spoiled_at, category, serial",
                        {*scope.entrustment(), batch}, [](const storage::Row& row) {
                            Spoilage spoilage{row.string(0),
                                              row.integer(1),
                                              static_cast<unsigned>(row.integer(2)),
                                              {row.string(3), row.integer(4) != 0, row.string(5), {}},
                                              row.instant(7),
                                              row.id<StaffId>(8),
                                              {}};
                            if (!row.is_null(6)) spoilage.how.witness = row.id<StaffId>(6);
                            if (!row.is_null(9)) spoilage.agreed = {row.instant(9), row.id<StaffId>(10)};
                            return spoilage;
                        });
}

Result<void> record_reprints(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view category)
{
    bool any = false;
    for (const auto& letter : letters_of(tx, scope, batch)) {
        const auto& envelope = letter.envelope;
        if (envelope.category != category || place_of(envelope, letter.standing) != Place::spoiled) continue;
        AZK_REQUIRE(change(tx, scope, batch, {envelope.category, envelope.serial}, "guidance.reprinted",
                           [](Letter& spoiled) { return reprint(spoiled.envelope); }));
        any = true;
    }
    if (!any) return refuse(kNothingToReprint);
    return {};
}

std::optional<Instant> closed_at(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    return snapshot.one("select closed_at from guidance_closing where entrustment = ? and batch = ?",
                        {*scope.entrustment(), batch}, [](const storage::Row& row) { return row.instant(0); });
}

Result<void> check_not_closed(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    if (const auto closed = closed_at(snapshot, scope, batch)) return refuse(kClosedBatch, to_japanese(*closed));
    return {};
}

} // namespace azukari::guidance
