#include "vault/purpose/purpose_store.h"

#include "base/check.h"
#include "infra/seal/digest.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "vault/vault_refusals.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::vault {
namespace {

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

bool is_code(std::string_view text)
{
    return !text.empty() && text.size() <= 40 && text[0] >= 'a' && text[0] <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

std::optional<Instant> maybe_at(const storage::Row& row, int column)
{
    return row.maybe(column, [&] { return row.instant(column); });
}

PublishedText text_of(const storage::Row& row)
{
    PublishedText text{row.integer(0), static_cast<TextKind>(row.integer(1)),
                       row.string(2),  row.integer(3),
                       row.string(4),  {},
                       row.instant(5), row.string(6),
                       row.flag(7)};
    text.digest = hex(seal::sha256(as_bytes(text.text)));
    return text;
}

constexpr std::string_view kTexts =
    "select t.number, t.kind, t.title, t.version, t.content, t.published_at, s.name, "
    "case when exists (select 1 from vault_text n where n.entrustment = t.entrustment and n.kind = t.kind and "
    "n.title = t.title and n.version > t.version) then 0 else 1 end "
    "from vault_text t join party_staff s on s.id = t.published_by where t.entrustment = ? ";

} // namespace

std::string_view japanese(TextKind kind)
{
    return kind == TextKind::purpose ? "利用目的の文" : "同意の説明文";
}

Result<void> declare_purpose(storage::Tx& tx, const access::Scope& scope, std::string_view code, std::string_view name)
{
    const auto entrustment = entrustment_of(scope);
    if (!is_code(code)) return refuse_field("code", kPurposeCode);
    if (text::is_blank(name)) return refuse_field("name", kWordsExpected, "利用目的");
    if (tx.exists("select 1 from vault_purpose where entrustment = ? and (code = ? or (name = ? and ended_at is null))",
                  {entrustment, code, name}))
        return refuse_field("code", kTwice, std::string(name));
    tx.execute("insert into vault_purpose (entrustment, code, name, declared_at, declared_by) values (?, ?, ?, ?, ?)",
               {entrustment, code, name, scope.moment().at, scope.staff()});
    auto entry = scope.entry("purpose.declared");
    entry.references["purpose"] = code;
    ledger::append(tx, entry);
    return {};
}

Result<void> end_purpose(storage::Tx& tx, const access::Scope& scope, std::string_view code)
{
    if (tx.execute("update vault_purpose set ended_at = ? where entrustment = ? and code = ? and ended_at is null",
                   {scope.moment().at, entrustment_of(scope), code}) == 0)
        return refuse(kNotThere);
    auto entry = scope.entry("purpose.ended");
    entry.references["purpose"] = code;
    ledger::append(tx, entry);
    return {};
}

std::vector<Purpose> purposes(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(
        "select p.code, p.name, p.declared_at, s.name, p.ended_at from vault_purpose p "
        "join party_staff s on s.id = p.declared_by where p.entrustment = ? "
        "order by case when p.ended_at is null then 0 else 1 end, p.declared_at, p.code",
        {entrustment}, [](const storage::Row& row) {
            return Purpose{row.string(0), row.string(1), row.instant(2), row.string(3), maybe_at(row, 4)};
        });
}

Result<void> may_use_for(const storage::Snapshot& snapshot, EntrustmentId entrustment, std::string_view purpose)
{
    if (snapshot.exists("select 1 from vault_purpose where entrustment = ? and code = ? and ended_at is null",
                        {entrustment, purpose}))
        return {};
    if (!snapshot.exists("select 1 from vault_purpose where entrustment = ? and ended_at is null", {entrustment}))
        return refuse_field("purpose", kNoPurposes);
    if (purpose.empty()) return refuse_field("purpose", kPurposeExpected);
    return refuse_field("purpose", kPurposeNotDeclared, std::string(purpose));
}

Result<std::int64_t> publish_text(storage::Tx& tx, const access::Scope& scope, TextKind kind, std::string_view title,
                                  std::string_view text)
{
    const auto entrustment = entrustment_of(scope);
    if (text::is_blank(title)) return refuse_field("title", kWordsExpected, "題名");
    if (text::is_blank(text)) return refuse_field("text", kWordsExpected, "文");
    const auto kind_number = static_cast<int>(kind);
    const auto version =
        1 + tx.integer("select max(version) from vault_text where entrustment = ? and kind = ? and title = ?",
                       {entrustment, kind_number, title});
    if (tx.exists("select 1 from vault_text where entrustment = ? and kind = ? and title = ? and version = ? "
                  "and content = ?",
                  {entrustment, kind_number, title, version - 1, text}))
        return refuse_field("text", kNothingChanged);
    const auto number = 1 + tx.integer("select max(number) from vault_text where entrustment = ?", {entrustment});
    tx.execute(
        "insert into vault_text (entrustment, number, kind, title, version, content, published_at, published_by) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        {entrustment, number, kind_number, title, version, text, scope.moment().at, scope.staff()});
    auto entry = scope.entry("text.published");
    entry.references["number"] = std::to_string(number);
    entry.references["version"] = std::to_string(version);
    entry.references["content"] = hex(seal::sha256(as_bytes(text)));
    ledger::append(tx, entry);
    return number;
}

std::vector<PublishedText> texts(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(fmt::format("{}order by t.number desc", kTexts), {entrustment}, text_of);
}

std::optional<PublishedText> find_text(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                       std::int64_t number)
{
    return snapshot.one(fmt::format("{}and t.number = ?", kTexts), {entrustment, number}, text_of);
}

Result<void> record_agency(storage::Tx& tx, IdSource& ids, const access::Scope& scope, std::string_view name,
                           std::string_view what_for)
{
    const auto entrustment = entrustment_of(scope);
    if (text::is_blank(name)) return refuse_field("agency", kWordsExpected, "関係機関の名称");
    if (text::is_blank(what_for)) return refuse_field("what_for", kWordsExpected, "提供する目的");
    if (tx.exists("select 1 from vault_agency where entrustment = ? and name = ? and ended_at is null",
                  {entrustment, name}))
        return refuse_field("agency", kTwice, std::string(name));
    const auto id = ids.next<AgencyNoun>();
    tx.execute("insert into vault_agency (entrustment, id, name, what_for, recorded_at, recorded_by) "
               "values (?, ?, ?, ?, ?, ?)",
               {entrustment, id, name, what_for, scope.moment().at, scope.staff()});
    auto entry = scope.entry("agency.recorded");
    entry.object = id.text();
    ledger::append(tx, entry);
    return {};
}

Result<void> end_agency(storage::Tx& tx, const access::Scope& scope, AgencyId agency)
{
    if (tx.execute("update vault_agency set ended_at = ? where entrustment = ? and id = ? and ended_at is null",
                   {scope.moment().at, entrustment_of(scope), agency}) == 0)
        return refuse(kNotThere);
    auto entry = scope.entry("agency.ended");
    entry.object = agency.text();
    ledger::append(tx, entry);
    return {};
}

std::vector<Agency> agencies(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(
        "select id, name, what_for, recorded_at, ended_at from vault_agency where entrustment = ? "
        "order by case when ended_at is null then 0 else 1 end, name",
        {entrustment}, [](const storage::Row& row) {
            return Agency{row.id<AgencyId>(0), row.string(1), row.string(2), row.instant(3), maybe_at(row, 4)};
        });
}

Result<void> allow_indirect(storage::Tx& tx, IdSource& ids, const access::Scope& scope, std::string_view item,
                            Source source, std::string_view ground)
{
    const auto entrustment = entrustment_of(scope);
    if (item.empty()) return refuse_field("indirect_item", kWordsExpected, "情報項目");
    if (text::is_blank(ground)) return refuse_field("indirect_ground", kWordsExpected, "承諾の理由と根拠");
    if (tx.exists("select 1 from vault_indirect where entrustment = ? and item = ? and source = ? and ended_at is null",
                  {entrustment, item, code_of(source)}))
        return refuse_field("indirect_item", kTwice, std::string(item));
    const auto id = ids.next<IndirectNoun>();
    tx.execute("insert into vault_indirect (entrustment, id, item, source, ground, allowed_at, allowed_by) "
               "values (?, ?, ?, ?, ?, ?, ?)",
               {entrustment, id, item, code_of(source), ground, scope.moment().at, scope.staff()});
    auto entry = scope.entry("indirect.allowed");
    entry.object = id.text();
    entry.references = {{"item", std::string(item)}, {"source", std::string(code_of(source))}};
    ledger::append(tx, entry);
    return {};
}

Result<void> end_indirect(storage::Tx& tx, const access::Scope& scope, IndirectId id)
{
    if (tx.execute("update vault_indirect set ended_at = ? where entrustment = ? and id = ? and ended_at is null",
                   {scope.moment().at, entrustment_of(scope), id}) == 0)
        return refuse(kNotThere);
    auto entry = scope.entry("indirect.ended");
    entry.object = id.text();
    ledger::append(tx, entry);
    return {};
}

std::vector<Indirect> indirect_allowances(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all(
        "select i.id, i.item, i.source, i.ground, i.allowed_at, s.name, i.ended_at from vault_indirect i "
        "join party_staff s on s.id = i.allowed_by where i.entrustment = ? "
        "order by case when i.ended_at is null then 0 else 1 end, i.allowed_at",
        {entrustment}, [](const storage::Row& row) {
            return Indirect{row.id<IndirectId>(0), row.string(1), row.string(2),   row.string(3),
                            row.instant(4),        row.string(5), maybe_at(row, 6)};
        });
}

} // namespace azukari::vault
