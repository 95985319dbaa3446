#include "entrustment/version_store.h"

#include "access/fence.h"
#include "base/check.h"
#include "entrustment/entrustment_refusals.h"
#include "entrustment/entrustment_rules.h"
#include "infra/seal/digest.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "matters/allowance_store.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace azukari::entrustment {
namespace {

constexpr std::string_view kMarkColumns = "number, revision, state, made_from, reason, created_at, created_by,"
                                          " changed_at, changed_by, settled_at, settled_by";

VersionMark mark_of(const storage::Row& row, int from = 0)
{
    VersionMark mark;
    mark.number = row.integer(from);
    mark.revision = row.integer(from + 1);
    mark.state = static_cast<VersionState>(row.integer(from + 2));
    mark.made_from = row.maybe(from + 3, [&] { return row.integer(from + 3); });
    mark.reason = row.string(from + 4);
    mark.created_at = row.instant(from + 5);
    mark.created_by = row.string(from + 6);
    mark.changed_at = row.instant(from + 7);
    mark.changed_by = row.string(from + 8);
    mark.settled_at = row.maybe(from + 9, [&] { return row.instant(from + 9); });
    if (!row.is_null(from + 10)) mark.settled_by = row.string(from + 10);
    return mark;
}

// A stored text was checked before it was stored; one that cannot be read now was damaged.
Entrustment parsed(std::string_view content, std::int64_t number)
{
    auto read = read_entrustment(content, fmt::format("第{}版", number));
    if (!read)
        throw storage::StorageFault(storage::FaultKind::corrupt,
                                    "登録された版を読めません：" + read.error().sentence());
    return *std::move(read);
}

std::string columns(std::string_view rest)
{
    return fmt::format("select {}, content from entrustment_version where entrustment = ? {}", kMarkColumns, rest);
}

struct Stored {
    VersionMark mark;
    std::string content;
};

std::optional<Stored> stored(const storage::Snapshot& snapshot, std::string_view rest, storage::Params params)
{
    return snapshot.one(columns(rest), params, [](const storage::Row& row) {
        return Stored{mark_of(row), row.string(11)};
    });
}

Version opened(Stored stored)
{
    auto content = parsed(stored.content, stored.mark.number);
    return {std::move(stored.mark), std::move(content)};
}

std::string with_remark(const Item& item)
{
    return item.remark.empty() ? item.name : fmt::format("{}（{}）", item.name, item.remark);
}

// 特21-5: what touches prohibited matter is declared only with the ward's recorded consent. What stood before is not
// asked again.
Result<void> may_declare_new_items(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                   const matters::Matters& matters, const Entrustment& before, const Entrustment& after)
{
    std::set<std::string> known;
    for (const auto& part : before.parts)
        for (const auto& group : part.item_groups)
            for (const auto& item : group.items) known.insert(with_remark(item));
    for (std::size_t p = 0; p < after.parts.size(); ++p)
        for (std::size_t g = 0; g < after.parts[p].item_groups.size(); ++g) {
            const auto& items = after.parts[p].item_groups[g].items;
            for (std::size_t i = 0; i < items.size(); ++i) {
                if (known.contains(with_remark(items[i]))) continue;
                const auto may = matters::may_declare(snapshot, entrustment, matters, with_remark(items[i]));
                if (!may)
                    return tl::unexpected(
                        may.error().at_field(fmt::format("parts[{}].item_groups[{}].items[{}].name", p, g, i)));
            }
        }
    return {};
}

constexpr std::string_view kLatest = "and state <> 4 order by number desc limit 1";
constexpr std::string_view kInForce = "and state in (1, 2, 3) order by number desc limit 1";

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

// Who changes something, when, and on which entrustment: a person, or a command on the server.
struct Hand {
    EntrustmentId entrustment;
    Moment moment;
    std::string account;
    ledger::Entry entry(std::string_view act) const
    {
        ledger::Entry made;
        made.at = moment.at;
        made.act = act;
        made.actor = account;
        made.entrustment = entrustment;
        made.outcome = "done";
        return made;
    }
};

Hand hand_of(const access::Scope& scope)
{
    return {about(scope), scope.moment(), scope.account().text()};
}

void record(storage::Tx& tx, const Hand& hand, std::string_view act, const VersionMark& mark, std::string_view content,
            std::string_view section = {})
{
    auto entry = hand.entry(act);
    entry.references["version"] = std::to_string(mark.number);
    entry.references["revision"] = std::to_string(mark.revision);
    entry.references["content"] = hex(seal::sha256(as_bytes(content)));
    if (!section.empty()) entry.references["section"] = section;
    ledger::append(tx, entry);
}

void insert(storage::Tx& tx, EntrustmentId id, const VersionMark& mark, std::string_view content)
{
    tx.execute("insert into entrustment_version (entrustment, number, state, revision, made_from, content, reason,"
               " created_at, created_by, changed_at, changed_by, settled_at, settled_by)"
               " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {id, mark.number, static_cast<int>(mark.state), mark.revision, mark.made_from, content, mark.reason,
                mark.created_at, mark.created_by, mark.changed_at, mark.changed_by, mark.settled_at,
                mark.settled_at ? std::optional(mark.settled_by) : std::nullopt});
}

void keep_change(storage::Tx& tx, EntrustmentId id, const VersionMark& mark, std::string_view section,
                 std::string_view content)
{
    tx.execute("insert into entrustment_change (entrustment, number, revision, section, reason, at, made_by, content)"
               " values (?, ?, ?, ?, ?, ?, ?, ?)",
               {id, mark.number, mark.revision, section, mark.reason, mark.changed_at, mark.changed_by, content});
}

std::int64_t next_number(const storage::Snapshot& snapshot, EntrustmentId id)
{
    return snapshot.integer("select max(number) from entrustment_version where entrustment = ?", {id}) + 1;
}

VersionMark fresh_mark(const storage::Snapshot& snapshot, const Hand& hand, VersionState state, std::string_view reason)
{
    VersionMark mark;
    mark.number = next_number(snapshot, hand.entrustment);
    mark.revision = 1;
    mark.state = state;
    mark.reason = reason;
    mark.created_at = mark.changed_at = hand.moment.at;
    mark.created_by = mark.changed_by = hand.account;
    if (is_in_force(state)) {
        mark.settled_at = hand.moment.at;
        mark.settled_by = hand.account;
    }
    return mark;
}

// Whose the entrustment is and when it runs. Until a contractor is decided, only the ward stands within the fence.
void move_fence(storage::Tx& tx, EntrustmentId id, const Entrustment& content)
{
    const auto fence =
        tx.one("select ward, contractor from entrustment where id = ?", {id}, [&](const storage::Row& row) {
            const auto ward = row.id<OrganisationId>(0);
            const auto contractor = row.is_null(1) ? ward : row.id<OrganisationId>(1);
            return access::Fence{ward, contractor, content.start(), content.end()};
        });
    AZK_CHECK(fence.has_value());
    access::set_fence(tx, id, *fence);
}

// A version that is frozen from its first moment.
VersionMark insert_settled(storage::Tx& tx, const Hand& hand, VersionState state, std::string_view act,
                           std::string_view reason, const Entrustment& content, std::optional<std::int64_t> made_from)
{
    auto mark = fresh_mark(tx, hand, state, reason);
    mark.made_from = made_from;
    const auto text = write_definition(content);
    insert(tx, hand.entrustment, mark, text);
    record(tx, hand, act, mark, text);
    move_fence(tx, hand.entrustment, content);
    return mark;
}

// The draft a person wants to settle, if it is still the one they saw.
Result<Stored> draft_to_settle(const storage::Snapshot& snapshot, const access::Scope& scope, const Settlement& draft)
{
    auto latest = stored(snapshot, kLatest, {about(scope)});
    if (!latest) return refuse(kNotFound);
    if (latest->mark.number != draft.number || latest->mark.revision != draft.revision) return refuse(kConflict);
    if (latest->mark.state != VersionState::draft) return refuse(kNotADraft);
    return *std::move(latest);
}

void settle(storage::Tx& tx, const Hand& hand, VersionMark& mark, VersionState state, std::string_view reason)
{
    mark.state = state;
    mark.reason = reason;
    mark.settled_at = hand.moment.at;
    mark.settled_by = hand.account;
    tx.execute("update entrustment_version set state = ?, reason = ?, settled_at = ?, settled_by = ?"
               " where entrustment = ? and number = ?",
               {static_cast<int>(state), reason, hand.moment.at, hand.account, hand.entrustment, mark.number});
}

Result<VersionMark> carry_by(storage::Tx& tx, const Hand& hand, FiscalYear year, std::string_view reason)
{
    const auto latest = stored(tx, kLatest, {hand.entrustment});
    if (!latest) return refuse(kNotFound);
    if (latest->mark.state == VersionState::draft) return refuse(kDraftOpen);
    AZK_TRY(const auto carried, carried_to(parsed(latest->content, latest->mark.number), year));
    return insert_settled(tx, hand, VersionState::carried, "register.carried", reason, carried, latest->mark.number);
}

} // namespace

std::string_view japanese(VersionState state)
{
    constexpr std::string_view names[] = {"編集中", "報告済み", "年度更新", "委託先決定", "取りやめ"};
    return names[static_cast<std::size_t>(state)];
}

Result<Version> latest_version(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    auto found = stored(snapshot, kLatest, {about(scope)});
    if (!found) return refuse(kNotFound);
    return opened(*std::move(found));
}

Result<VersionMark> latest_mark(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    auto found =
        snapshot.one(fmt::format("select {} from entrustment_version where entrustment = ? {}", kMarkColumns, kLatest),
                     {about(scope)}, [](const storage::Row& row) { return mark_of(row); });
    if (!found) return refuse(kNotFound);
    return *std::move(found);
}

Result<Version> find_version(const storage::Snapshot& snapshot, const access::Scope& scope, std::int64_t number)
{
    auto found = stored(snapshot, "and number = ?", {about(scope), number});
    if (!found) return refuse(kNotFound);
    return opened(*std::move(found));
}

Result<Entrustment> find_revision(const storage::Snapshot& snapshot, const access::Scope& scope, std::int64_t number,
                                  std::int64_t revision)
{
    const auto content =
        snapshot.one("select content from entrustment_change where entrustment = ? and number = ? and revision = ?",
                     {about(scope), number, revision}, [](const storage::Row& row) { return row.string(0); });
    if (content) return parsed(*content, number);
    // The first text of a version that was never edited is the version itself.
    AZK_TRY(auto version, find_version(snapshot, scope, number));
    if (version.mark.revision != revision) return refuse(kNotFound);
    return std::move(version.content);
}

Result<Version> version_in_force(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    auto found = stored(snapshot, kInForce, {about(scope)});
    if (!found) return refuse(kNotFound);
    return opened(*std::move(found));
}

Result<std::int64_t> number_in_force(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    const auto number =
        snapshot.one(fmt::format("select number from entrustment_version where entrustment = ? {}", kInForce),
                     {about(scope)}, [](const storage::Row& row) { return row.integer(0); });
    if (!number) return refuse(kNotFound);
    return *number;
}

std::optional<Version> reported_before(const storage::Snapshot& snapshot, const access::Scope& scope,
                                       std::int64_t number)
{
    auto found = stored(snapshot, "and state = 1 and number < ? order by number desc limit 1", {about(scope), number});
    if (!found) return std::nullopt;
    return opened(*std::move(found));
}

std::vector<VersionMark> history(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    return snapshot.all(
        fmt::format("select {} from entrustment_version where entrustment = ? order by number desc", kMarkColumns),
        {about(scope)}, [](const storage::Row& row) { return mark_of(row); });
}

std::vector<VersionChange> changes(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    return snapshot.all("select number, revision, section, reason, at, made_by from entrustment_change"
                        " where entrustment = ? order by number desc, revision desc",
                        {about(scope)}, [](const storage::Row& row) {
                            return VersionChange{row.integer(0), row.integer(1), row.string(2),
                                                 row.string(3),  row.instant(4), row.string(5)};
                        });
}

Result<VersionMark> edit(storage::Tx& tx, const access::Scope& scope, const Catalogues& catalogues,
                         const matters::Matters& matters, const Edit& edit)
{
    const auto hand = hand_of(scope);
    if (text::is_blank(edit.reason)) return refuse_field("reason", kReasonMissing);
    AZK_REQUIRE(check(edit.content));
    AZK_REQUIRE(check_provisions(edit.content.provisions, catalogues));
    const auto latest = stored(tx, kLatest, {hand.entrustment});
    if (!latest) return refuse(kNotFound);
    if (latest->mark.number != edit.number || latest->mark.revision != edit.revision) return refuse(kConflict);
    const auto text = write_definition(edit.content);
    if (text == latest->content) return refuse(kNothingChanged);
    AZK_REQUIRE(may_declare_new_items(tx, hand.entrustment, matters, parsed(latest->content, latest->mark.number),
                                      edit.content));
    auto mark = latest->mark;
    if (mark.state == VersionState::draft) {
        ++mark.revision;
        mark.reason = edit.reason;
        mark.changed_at = hand.moment.at;
        mark.changed_by = hand.account;
        tx.execute("update entrustment_version set revision = ?, content = ?, reason = ?, changed_at = ?,"
                   " changed_by = ? where entrustment = ? and number = ?",
                   {mark.revision, text, mark.reason, mark.changed_at, mark.changed_by, hand.entrustment, mark.number});
    } else {
        mark = fresh_mark(tx, hand, VersionState::draft, edit.reason);
        mark.made_from = latest->mark.number;
        insert(tx, hand.entrustment, mark, text);
    }
    keep_change(tx, hand.entrustment, mark, edit.section, text);
    record(tx, hand, "register.edited", mark, text, edit.section);
    return mark;
}

Result<VersionMark> report(storage::Tx& tx, const access::Scope& scope, const Settlement& draft)
{
    const auto hand = hand_of(scope);
    if (text::is_blank(draft.reason)) return refuse_field("reason", kReasonMissing);
    AZK_TRY(auto found, draft_to_settle(tx, scope, draft));
    settle(tx, hand, found.mark, VersionState::reported, draft.reason);
    record(tx, hand, "register.reported", found.mark, found.content);
    move_fence(tx, hand.entrustment, parsed(found.content, found.mark.number));
    return std::move(found.mark);
}

Result<VersionMark> withdraw(storage::Tx& tx, const access::Scope& scope, const Settlement& draft)
{
    const auto hand = hand_of(scope);
    if (text::is_blank(draft.reason)) return refuse_field("reason", kReasonMissing);
    AZK_TRY(auto found, draft_to_settle(tx, scope, draft));
    settle(tx, hand, found.mark, VersionState::withdrawn, draft.reason);
    record(tx, hand, "register.draft_withdrawn", found.mark, found.content);
    return std::move(found.mark);
}

Result<VersionMark> carry(storage::Tx& tx, const access::Scope& scope, FiscalYear year, std::string_view reason)
{
    if (text::is_blank(reason)) return refuse_field("reason", kReasonMissing);
    return carry_by(tx, hand_of(scope), year, reason);
}

Result<VersionMark> decide_contractor(storage::Tx& tx, const access::Scope& scope, const Decided& decided)
{
    const auto hand = hand_of(scope);
    if (text::is_blank(decided.reason)) return refuse_field("reason", kReasonMissing);
    const auto latest = stored(tx, kLatest, {hand.entrustment});
    if (!latest) return refuse(kNotFound);
    if (latest->mark.state == VersionState::draft) return refuse(kDraftOpen);
    AZK_TRY(const auto completed,
            with_contractor(parsed(latest->content, latest->mark.number), decided.part, decided.name));
    tx.execute("update entrustment set contractor = ? where id = ?", {decided.contractor, hand.entrustment});
    return insert_settled(tx, hand, VersionState::completed, "register.contractor_decided", decided.reason, completed,
                          latest->mark.number);
}

std::vector<Registered> registered(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    std::vector<Registered> all;
    for (const auto id : access::visible_entrustments(snapshot, scope)) {
        auto found = snapshot.one(
            "select e.code, v.number, v.revision, v.state, v.made_from, v.reason, v.created_at, v.created_by,"
            " v.changed_at, v.changed_by, v.settled_at, v.settled_by from entrustment e"
            " join entrustment_version v on v.entrustment = e.id"
            " where e.id = ? and v.state <> 4 order by v.number desc limit 1",
            {id}, [&](const storage::Row& row) {
                return Registered{id, row.string(0), mark_of(row, 1)};
            });
        if (found) all.push_back(*std::move(found));
    }
    std::sort(all.begin(), all.end(), [](const Registered& a, const Registered& b) { return a.code < b.code; });
    return all;
}

std::optional<Version> listed_version(const storage::Snapshot& snapshot, const Registered& listed)
{
    auto found =
        stored(snapshot, "and number = ? and revision = ?", {listed.id, listed.latest.number, listed.latest.revision});
    if (!found) return std::nullopt;
    return opened(*std::move(found));
}

std::optional<EntrustmentId> find_entrustment(const storage::Snapshot& snapshot, std::string_view code)
{
    return snapshot.one("select id from entrustment where code = ?", {code},
                        [](const storage::Row& row) { return row.id<EntrustmentId>(0); });
}

Result<EntrustmentId> load(storage::Tx& tx, const Moment& moment, const Definition& definition, const Loading& loading)
{
    if (const auto there = find_entrustment(tx, definition.current.code)) return *there;
    const Hand hand{loading.id, moment, "system"};
    tx.execute("insert into entrustment (id, code, ward, contractor, created_at) values (?, ?, ?, ?, ?)",
               {loading.id, definition.current.code, loading.ward, loading.contractor, moment.at});
    std::optional<std::int64_t> before;
    const auto put = [&](VersionState state, std::string_view act, std::string_view reason,
                         const Entrustment& content) {
        before = insert_settled(tx, hand, state, act, reason, content, before).number;
    };
    if (definition.earlier)
        put(VersionState::reported, "register.loaded", "定義ファイルから登録（以前の報告）", *definition.earlier);
    put(VersionState::reported, "register.loaded", "定義ファイルから登録", definition.current);
    auto content = definition.current;
    for (const auto& part : definition.current.parts) {
        if (part.contractor.decided() || !loading.contractor) continue;
        AZK_TRY(content, with_contractor(content, part.code, loading.contractor_name));
        put(VersionState::completed, "register.contractor_decided", "委託先の決定", content);
    }
    if (loading.carried_to && content.end() < loading.carried_to->first_day())
        AZK_REQUIRE(carry_by(tx, hand, *loading.carried_to, "年度更新"));
    return loading.id;
}

} // namespace azukari::entrustment
