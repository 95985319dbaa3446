#include "programmes/guidance/batch/intake.h"

#include "base/check.h"
#include "infra/seal/digest.h"
#include "infra/text/source.h"
#include "ledger/ledger.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/recipient_seal.h"
#include "programmes/guidance/classification.h"
#include "whereabouts/orphan_keys.h"

namespace azukari::guidance {
namespace {

struct ReadRow {
    std::int64_t row_number;
    Recipient recipient;
    Category category;
    std::uint32_t serial;
};

struct ReadFile {
    std::vector<ReadRow> rows; // those in which nothing is wrong
    TakenIn taken;
};

// The register is the schema: what it does not declare has nowhere to go.
Result<void> only_declared(const RecipientLayout& layout, std::span<const std::string> declared_items)
{
    for (const auto& column : layout.columns())
        if (std::find(declared_items.begin(), declared_items.end(), column.item) == declared_items.end())
            return refuse(kNotDeclared, column.header, column.item);
    return {};
}

Result<ReadFile> read_file(const RecipientLayout& layout, const stratification::RuleBook& rules,
                           std::span<const std::string> declared_items, const IntakeWish& wish)
{
    const CrossCheck cross_check(layout, rules);
    text::TextSource source(wish.content);
    AZK_TRY(auto file, RecipientFile::open(source, layout, wish.undeclared, declared_items));
    ReadFile read;
    SerialNumbers serials;
    Recipient recipient;
    while (true) {
        const auto bad_before = read.taken.bad.size();
        AZK_TRY(const bool more, file.next(recipient, read.taken.bad));
        if (!more) break;
        ++read.taken.rows_in_file;
        if (read.taken.bad.size() != bad_before) continue;
        const auto category = classify(recipient.value(layout.kind_column()), recipient.value(layout.level_column()));
        AZK_CHECK(category.has_value()); // the row was checked
        read.rows.push_back(
            {static_cast<std::int64_t>(recipient.line()), recipient, *category, serials.next(*category)});
        read.taken.compared += facts_of(*category).level.empty() ? 0 : 1;
        if (auto difference = cross_check.of(recipient)) read.taken.differences.push_back(*std::move(difference));
    }
    read.taken.dropped_columns = file.dropped_columns();
    return read;
}

std::vector<SetAsideRow> rows_set_aside(const std::vector<BadCell>& bad)
{
    std::vector<SetAsideRow> rows;
    for (const auto& cell : bad) rows.push_back({static_cast<std::int64_t>(cell.line), cell.column, cell.expected});
    return rows;
}

// Both lists are in the file's order, and every difference is of a row that was stored.
std::vector<StoredDifference> differences_of(const std::vector<StoredRecipient>& sealed,
                                             const std::vector<Difference>& found)
{
    std::vector<StoredDifference> stored;
    auto at = sealed.begin();
    for (const auto& each : found) {
        at = std::find_if(at, sealed.end(), [&](const StoredRecipient& recipient) {
            return recipient.row_number == static_cast<std::int64_t>(each.line);
        });
        AZK_CHECK(at != sealed.end());
        stored.push_back({at->row_number, at->subject, each.ward, each.rule, each.reason, each.not_judged});
    }
    return stored;
}

void note_refusal(storage::Db& db, const access::Scope& scope, std::string_view code, const TakenIn& taken,
                  const std::string& file_digest)
{
    auto entry = scope.entry("guidance.import_refused");
    entry.outcome = "refused:" + std::string(code);
    entry.counts = {{"rows_in_file", taken.rows_in_file}, {"bad_cells", static_cast<std::int64_t>(taken.bad.size())}};
    entry.references = {{"file_sha256", file_digest}};
    db.write([&](storage::Tx& tx) { ledger::append(tx, entry); });
}

// Gives each person a key and seals the rows under them.
Result<std::vector<StoredRecipient>> seal_rows(seal::Keystore& keystore, Entropy& entropy, const access::Scope& scope,
                                               const std::vector<ReadRow>& rows)
{
    const auto entrustment = *scope.entrustment();
    IdSource ids(scope.moment().at, entropy);
    std::vector<SubjectId> subjects;
    for (std::size_t i = 0; i < rows.size(); ++i) subjects.push_back(ids.next<struct SubjectNoun>());
    AZK_REQUIRE(keystore.add_entrustment(entrustment));
    AZK_REQUIRE(keystore.add_subjects(entrustment, subjects));

    std::vector<StoredRecipient> sealed;
    sealed.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        AZK_TRY(const auto key, keystore.subject_key(entrustment, subjects[i], scope.moment().at));
        sealed.push_back({row.row_number, subjects[i], std::string(facts_of(row.category).slug), row.serial,
                          seal_recipient(key, entrustment, subjects[i], row.recipient, entropy)});
    }
    return sealed;
}

} // namespace

Result<TakenIn> take_in(storage::Db& db, seal::Keystore& keystore, Entropy& entropy, const access::Scope& scope,
                        const RecipientLayout& layout, const stratification::RuleBook& rules,
                        std::span<const std::string> declared_items, const IntakeWish& wish)
{
    AZK_CHECK(scope.entrustment() && scope.action().kind == access::Kind::personal);
    const auto digest = hex(seal::sha256(as_bytes(wish.content)));
    AZK_REQUIRE(only_declared(layout, declared_items));
    auto read = read_file(layout, rules, declared_items, wish);
    if (!read) {
        note_refusal(db, scope, read.error().code(), {}, digest);
        return tl::unexpected(read.error());
    }
    auto& taken = read->taken;
    if (wish.stated_rows && *wish.stated_rows != taken.rows_in_file) {
        note_refusal(db, scope, kCountDiffers.code, taken, digest);
        return refuse_field("stated_rows", kCountDiffers, std::to_string(*wish.stated_rows),
                            std::to_string(taken.rows_in_file));
    }
    if (!taken.bad.empty() && wish.bad_rows == BadRows::refuse_file) {
        note_refusal(db, scope, "guidance.bad_rows", taken, digest);
        return std::move(taken);
    }
    // Asked before keys are made and rows are sealed for nothing.
    AZK_REQUIRE(
        db.read([&](const storage::Snapshot& snapshot) { return may_store(snapshot, scope, digest, wish.medium); }));
    if (read->rows.empty()) return refuse(kNothingToStore);

    AZK_TRY(const auto sealed, seal_rows(keystore, entropy, scope, read->rows));
    const auto aside = rows_set_aside(taken.bad);
    const auto differing = differences_of(sealed, taken.differences);
    const NewBatch batch{IdSource(scope.moment().at, entropy).next<struct BatchNoun>(),
                         digest,
                         taken.rows_in_file,
                         sealed,
                         aside,
                         taken.compared,
                         differing,
                         wish.medium,
                         wish.stated_rows};
    std::vector<SubjectId> subjects;
    for (const auto& recipient : sealed) subjects.push_back(recipient.subject);
    AZK_REQUIRE(whereabouts::keep_sealed(db, keystore, *scope.entrustment(), subjects, scope.account().text(),
                                         scope.moment().at,
                                         [&](storage::Tx& tx) { return store_batch(tx, scope, batch); }));
    taken.batch = batch.id;
    taken.rows_stored = static_cast<std::int64_t>(sealed.size());
    return std::move(taken);
}

} // namespace azukari::guidance
