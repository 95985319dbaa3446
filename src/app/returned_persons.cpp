#include "app/returned_persons.h"

#include "access/fence.h"
#include "erasure/subject_row_store.h"
#include "vault/consent/consent_store.h"
#include "vault/person/subject_tables.h"

#include <nlohmann/json.hpp>
#include <set>

namespace azukari::app {
namespace {

using restitution::ReturnTable;
using restitution::TakeRow;

struct Declared {
    std::string code, name;
};

std::vector<Declared> declared_of(const entrustment::Entrustment& content)
{
    std::vector<Declared> items;
    std::set<std::string> seen;
    for (const auto& part : content.parts)
        for (const auto& group : part.item_groups)
            for (const auto& item : group.items)
                if (seen.insert(item.code).second) items.push_back({item.code, item.name});
    return items;
}

void take(const TakeRow& row, const std::vector<std::string>& cells)
{
    row(std::vector<std::string_view>(cells.begin(), cells.end()));
}

std::string as_json(const vault::FieldMap& fields)
{
    auto object = nlohmann::ordered_json::object();
    for (const auto& [name, text] : fields) object[name] = text;
    return object.dump();
}

Result<void> give_persons(const vault::Vault& vault, const access::Scope& scope, const std::vector<Declared>& items,
                          const TakeRow& row)
{
    return vault.db().read([&](const storage::Snapshot& snapshot) {
        return vault.each_person(snapshot, scope, [&](const vault::Vault::Seen& seen) {
            std::vector<std::string> cells{seen.person.subject.text(), seen.person.part};
            for (const auto& item : items) {
                const auto found = seen.values.find(item.code);
                cells.push_back(found == seen.values.end() ? std::string() : found->second);
            }
            take(row, cells);
        });
    });
}

// Everybody, those who were merged into another included: their records are their own.
std::vector<SubjectId> everybody(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return erasure::subjects_of(snapshot, vault::kSubjectTables, entrustment,
                                {erasure::TargetKind::entrustment, entrustment.text()});
}

Result<void> give_records(const vault::Vault& vault, const access::Scope& scope, const TakeRow& row)
{
    return vault.db().read([&](const storage::Snapshot& snapshot) -> Result<void> {
        for (const auto& person : everybody(snapshot, *scope.entrustment()))
            for (const auto& stored : vault::versions_of(snapshot, *scope.entrustment(), person, true)) {
                AZK_TRY(const auto version, vault.open(scope, stored));
                take(row, {person.text(), stored.record.text(), stored.kind, std::to_string(stored.number),
                           to_iso(stored.at), stored.purpose, as_json(vault::to_fields(version.content))});
            }
        return {};
    });
}

Result<void> give_consents(const vault::Vault& vault, const access::Scope& scope, const TakeRow& row)
{
    return vault.db().read([&](const storage::Snapshot& snapshot) -> Result<void> {
        for (const auto& person : everybody(snapshot, *scope.entrustment()))
            for (const auto& stored : vault::stored_consents(snapshot, *scope.entrustment(), person)) {
                AZK_TRY(const auto fields,
                        vault.open(scope, person, {"vault_consent", stored.id.bytes()}, stored.sealed));
                std::string withdrawn, why;
                if (stored.withdrawal) {
                    AZK_TRY(const auto said, vault.open(scope, person, {"vault_consent_withdrawal", stored.id.bytes()},
                                                        stored.withdrawal->sealed));
                    withdrawn = to_iso(stored.withdrawal->at);
                    why = as_json(said);
                }
                take(row, {person.text(), stored.id.text(), to_iso(stored.at), as_json(fields), withdrawn, why});
            }
        return {};
    });
}

std::string paper_name(const vault::attachments::Attachment& attachment)
{
    const auto* paper = vault::attachments::find_paper(attachment.paper);
    return std::string(paper == nullptr ? attachment.paper : paper->name);
}

// In the package; nothing for what a virus was found in or what was taken back.
std::string file_name(const vault::attachments::Attachment& attachment)
{
    using vault::attachments::State;
    if (attachment.state == State::infected || attachment.state == State::withdrawn) return {};
    return fmt::format("attachments/{}.{}", attachment.id.text(), easel::code_of(attachment.kind));
}

Result<void> give_content(const vault::attachments::Attachments& attachments, const access::Scope& scope,
                          const vault::attachments::Attachment& attachment, const restitution::TakePiece& take)
{
    AZK_TRY(const auto next, attachments.content(scope, attachment));
    for (bool more = true; more;) {
        Bytes piece;
        AZK_TRY(more, next(piece));
        take(as_text(piece));
    }
    return {};
}

} // namespace

restitution::ReturnSource return_persons(const vault::Vault& vault, entrustment::Register& entrustments)
{
    return [&](const access::Scope& scope) -> Result<std::vector<ReturnTable>> {
        AZK_TRY(const auto version, entrustments.latest(scope));
        const auto items = declared_of(version->content);
        std::vector<std::string> header{"番号", "件名"};
        for (const auto& item : items) header.push_back(item.name);
        std::int64_t persons = 0;
        std::map<std::string, std::int64_t> rows;
        vault.db().read([&](const storage::Snapshot& snapshot) {
            persons = vault::count_persons(snapshot, *scope.entrustment());
            rows = erasure::count_rows(snapshot, vault::kSubjectTables, *scope.entrustment(), std::nullopt);
        });
        std::vector<ReturnTable> tables;
        if (persons == 0) return tables;
        tables.push_back(
            {"persons", "登録した方", std::move(header), persons,
             [&vault, scope, items](const TakeRow& row) { return give_persons(vault, scope, items, row); }});
        tables.push_back({"records",
                          "記録のすべての版",
                          {"番号", "記録番号", "種類", "版", "記録日時", "利用目的", "内容（JSON）"},
                          rows["vault_version"],
                          [&vault, scope](const TakeRow& row) { return give_records(vault, scope, row); },
                          {},
                          false});
        if (rows["vault_consent"] > 0)
            tables.push_back({"consents",
                              "同意",
                              {"番号", "同意番号", "日時", "内容（JSON）", "撤回日時", "撤回の内容（JSON）"},
                              rows["vault_consent"],
                              [&vault, scope](const TakeRow& row) { return give_consents(vault, scope, row); },
                              {},
                              false});
        return tables;
    };
}

restitution::ReturnSource return_attachments(const vault::attachments::Attachments& attachments)
{
    return [&attachments](const access::Scope& scope) -> Result<std::vector<ReturnTable>> {
        const auto all = attachments.vault().db().read([&](const storage::Snapshot& snapshot) {
            return vault::attachments::attachments_of(snapshot, *scope.entrustment());
        });
        if (all.empty()) return std::vector<ReturnTable>{};
        ReturnTable table{"attachments",
                          "添付の一覧",
                          {"番号", "添付番号", "書類", "ファイル", "元の名前", "ページ", "バイト", "添付日時",
                           "ウイルス検査", "指紋（SHA-256）"},
                          static_cast<std::int64_t>(all.size()),
                          [&attachments, scope, all](const TakeRow& row) -> Result<void> {
                              for (const auto& one : all) {
                                  AZK_TRY(const auto label, attachments.label(scope, one));
                                  take(row, {one.subject.text(), one.id.text(), paper_name(one), file_name(one),
                                             label.file_name, std::to_string(one.pages), std::to_string(one.size),
                                             to_iso(one.added_at), std::string(japanese(one.state)), label.sha256});
                              }
                              return {};
                          },
                          {},
                          false};
        for (const auto& one : all)
            if (!file_name(one).empty())
                table.files.push_back({file_name(one), paper_name(one), [&attachments, scope, one](const auto& take) {
                                           return give_content(attachments, scope, one, take);
                                       }});
        return std::vector<ReturnTable>{std::move(table)};
    };
}

std::vector<retention::Document> kept_persons(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    const auto persons = vault::count_persons(snapshot, entrustment);
    const auto fence = access::find_fence(snapshot, entrustment);
    if (persons == 0 || !fence) return {};
    std::vector<retention::Document> kept;
    // Which of these kinds there is says the file of periods.
    for (const auto* kind : {"applicants", "case_record", "job_seekers"})
        kept.push_back({kind,
                        entrustment.text(),
                        fmt::format("登録している {} 人の情報", persons),
                        {{"term_ended", fence->ends_on}}});
    return kept;
}

} // namespace azukari::app
