#include "programmes/guidance/sealing/packing_store.h"

#include "custody/custody_store.h"
#include "ledger/ledger.h"
#include "programmes/guidance/classification.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/format.h>

namespace azukari::guidance {

Result<Bundle> close_bundle(storage::Tx& tx, const access::Scope& scope, BatchId batch, std::string_view category)
{
    AZK_REQUIRE(check_not_closed(tx, scope, batch));
    const auto entrustment = *scope.entrustment();
    std::vector<std::int64_t> serials;
    for (const auto& letter : letters_of(tx, scope, batch)) {
        if (static_cast<std::int64_t>(serials.size()) == kMostInBundle) break;
        if (letter.envelope.category == category && place_of(letter.envelope, letter.standing) == Place::sealed)
            serials.push_back(letter.envelope.serial);
    }
    if (serials.empty()) return refuse(kNothingToBundle);
    const Bundle bundle{tx.integer("select coalesce(max(number), 0) + 1 from guidance_bundle where entrustment = ? "
                                   "and batch = ?",
                                   {entrustment, batch}),
                        std::string(category),
                        serials.front(),
                        serials.back(),
                        static_cast<std::int64_t>(serials.size()),
                        0,
                        scope.moment().at,
                        scope.staff()};
    tx.execute(
        "insert into guidance_bundle values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        {entrustment, batch, bundle.number, category, bundle.first, bundle.last, bundle.letters, bundle.at, bundle.by});
    for (const auto serial : serials)
        tx.execute("update guidance_envelope set bundle = ? where entrustment = ? and batch = ? and category = ? "
                   "and serial = ?",
                   {bundle.number, entrustment, batch, category, serial});
    auto entry = scope.entry("guidance.bundled");
    entry.object = batch.text();
    entry.counts = {{"bundle", bundle.number}, {"letters", bundle.letters}};
    entry.references = {{"category", std::string(category)}};
    ledger::append(tx, entry);
    return bundle;
}

Result<Box> close_box(storage::Tx& tx, IdSource& ids, Entropy& entropy, const access::Scope& scope, BatchId batch)
{
    AZK_REQUIRE(check_not_closed(tx, scope, batch));
    const auto entrustment = *scope.entrustment();
    std::int64_t letters = 0, bundles = 0;
    for (const auto& bundle : bundles_of(tx, scope, batch))
        if (bundle.box == 0) letters += bundle.letters, ++bundles;
    if (bundles == 0) return refuse(kNothingToBox);
    const auto number =
        tx.integer("select coalesce(max(number), 0) + 1 from guidance_box where entrustment = ? and batch = ?",
                   {entrustment, batch});
    AZK_TRY(const auto thing, custody::record_thing(tx, ids, entropy, scope,
                                                    {.kind = custody::ThingKind::paper,
                                                     .form = fmt::format("箱{}", number),
                                                     .title = fmt::format("封緘した通知（束{}個）", bundles),
                                                     .unit = "通",
                                                     .quantity = letters}));
    const Box box{number, letters, thing, scope.moment().at, scope.staff()};
    tx.execute("insert into guidance_box values (?, ?, ?, ?, ?, ?, ?)",
               {entrustment, batch, number, letters, thing, box.at, box.by});
    tx.execute("update guidance_bundle set box = ? where entrustment = ? and batch = ? and box = 0",
               {number, entrustment, batch});
    auto entry = scope.entry("guidance.boxed");
    entry.object = batch.text();
    entry.counts = {{"box", number}, {"letters", letters}};
    entry.references = {{"thing", thing.text()}};
    ledger::append(tx, entry);
    return box;
}

std::vector<Bundle> bundles_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    return snapshot.all("select number, category, first_serial, last_serial, letters, box, closed_at, closed_by "
                        "from guidance_bundle where entrustment = ? and batch = ? order by number",
                        {*scope.entrustment(), batch}, [](const storage::Row& row) {
                            return Bundle{row.integer(0), row.string(1),  row.integer(2), row.integer(3),
                                          row.integer(4), row.integer(5), row.instant(6), row.id<StaffId>(7)};
                        });
}

std::vector<Box> boxes_of(const storage::Snapshot& snapshot, const access::Scope& scope, BatchId batch)
{
    return snapshot.all(
        "select number, letters, thing, closed_at, closed_by from guidance_box "
        "where entrustment = ? and batch = ? order by number",
        {*scope.entrustment(), batch}, [](const storage::Row& row) {
            return Box{row.integer(0), row.integer(1), row.id<custody::ThingId>(2), row.instant(3), row.id<StaffId>(4)};
        });
}

} // namespace azukari::guidance
