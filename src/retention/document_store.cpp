#include "retention/document_store.h"

#include "base/check.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"
#include "ledger/ledger.h"
#include "retention/hold_store.h"
#include "retention/retention_refusals.h"
#include "retention/worklist.h"

namespace azukari::retention {
namespace {

constexpr std::size_t kLongestLabel = 60; // characters
constexpr std::size_t kLongestHow = 100;

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

std::size_t length_of(std::string_view text)
{
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++characters) text::next_code_point(text, at);
    return characters;
}

Result<Document> open_document(const storage::Snapshot& snapshot, EntrustmentId entrustment, DocumentId id)
{
    for (auto& document : documents_by_hand(snapshot, entrustment)) {
        if (document.object != id.text()) continue;
        if (document.disposed_at) return refuse(kDisposed);
        return std::move(document);
    }
    return refuse(kNoSuchDocument);
}

void insert_event(storage::Tx& tx, const access::Scope& scope, DocumentId document, const std::string& event,
                  std::optional<CivilDate> day)
{
    const auto number = tx.integer("select count(*) from retention_event where entrustment = ? and document = ?"
                                   " and event = ?",
                                   {about(scope), document, event});
    tx.execute("insert into retention_event values (?, ?, ?, ?, ?, ?, ?)",
               {about(scope), document, event, number, day, scope.moment().at, scope.staff()});
}

Result<void> check_day(const access::Scope& scope, const std::string& event, std::optional<CivilDate> day)
{
    if (day && *day > scope.moment().today) return refuse_field(event, kDayAhead);
    return {};
}

} // namespace

std::vector<Document> documents_by_hand(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    auto found = snapshot.all("select id, kind, label, disposed_at from retention_document where entrustment = ?"
                              " order by kind, label",
                              {entrustment}, [](const storage::Row& row) {
                                  Document read{row.string(1), row.id<DocumentId>(0).text(), row.string(2)};
                                  read.disposed_at = row.maybe(3, [&] { return row.instant(3); });
                                  read.by_hand = true;
                                  return read;
                              });
    std::map<std::string, Events> events;
    snapshot.each("select document, event, on_day from retention_event where entrustment = ?"
                  " order by document, event, number",
                  {entrustment}, [&](const storage::Row& row) {
                      auto& of = events[row.id<DocumentId>(0).text()];
                      if (row.is_null(2))
                          of.erase(row.string(1));
                      else
                          of.insert_or_assign(row.string(1), row.date(2));
                  });
    for (auto& document : found) document.events = std::move(events[document.object]);
    return found;
}

Result<DocumentId> keep_document(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const Rule& rule,
                                 std::string_view label, const Events& events)
{
    if (text::is_blank(label)) return refuse_field("label", kLabelMissing);
    if (length_of(label) > kLongestLabel) return refuse_field("label", kTooLong, std::to_string(kLongestLabel));
    if (tx.exists("select 1 from retention_document where entrustment = ? and kind = ? and label = ?",
                  {about(scope), rule.kind, label}))
        return refuse_field("label", kLabelTaken);
    for (const auto& [event, day] : events) AZK_REQUIRE(check_day(scope, event, day));
    const auto id = ids.next<DocumentNoun>();
    tx.execute("insert into retention_document (entrustment, id, kind, label, kept_at, kept_by)"
               " values (?, ?, ?, ?, ?, ?)",
               {about(scope), id, rule.kind, label, scope.moment().at, scope.staff()});
    for (const auto& [event, day] : events) insert_event(tx, scope, id, event, day);
    auto entry = scope.entry("retention.document_kept");
    entry.object = id.text();
    entry.references = {{"kind", rule.kind}};
    ledger::append(tx, entry);
    return id;
}

Result<void> note_event(storage::Tx& tx, const access::Scope& scope, const Rule& rule, DocumentId document,
                        const std::string& event, std::optional<CivilDate> day)
{
    AZK_REQUIRE(open_document(tx, about(scope), document));
    const bool concerns =
        std::any_of(rule.keep.begin(), rule.keep.end(), [&](const Keep& keep) { return keep.event == event; });
    if (!concerns) return refuse(kNoSuchEvent, event);
    AZK_REQUIRE(check_day(scope, event, day));
    insert_event(tx, scope, document, event, day);
    auto entry = scope.entry("retention.event_noted");
    entry.object = document.text();
    entry.references = {{"event", event}, {"day", day ? day->iso() : "none"}};
    ledger::append(tx, entry);
    return {};
}

Result<void> dispose(storage::Tx& tx, const access::Scope& scope, const Rule& rule, DocumentId id, std::string_view how)
{
    AZK_TRY(const auto document, open_document(tx, about(scope), id));
    if (text::is_blank(how)) return refuse_field("how", kHowMissing);
    if (length_of(how) > kLongestHow) return refuse_field("how", kTooLong, std::to_string(kLongestHow));
    AZK_REQUIRE(check_no_hold(tx, about(scope), {&document.object, 1}));
    AZK_REQUIRE(may_dispose(rule, document.events, scope.moment().today));
    tx.execute("update retention_document set disposed_at = ?, disposed_by = ?, disposed_how = ?"
               " where entrustment = ? and id = ?",
               {scope.moment().at, scope.staff(), how, about(scope), id});
    auto entry = scope.entry("retention.document_disposed");
    entry.object = document.object;
    entry.references = {{"kind", rule.kind}};
    ledger::append(tx, entry);
    return {};
}

} // namespace azukari::retention
