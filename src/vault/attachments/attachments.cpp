#include "vault/attachments/attachments.h"

#include "base/check.h"
#include "infra/seal/digest.h"
#include "infra/text/folding.h"
#include "ledger/ledger.h"
#include "vault/attachments/attachment_store.h"
#include "vault/attachments/attachments_refusals.h"
#include "vault/attachments/sealed_pieces.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <fmt/format.h>

namespace azukari::vault::attachments {
namespace {

constexpr std::int64_t kCheckedAtOnce = 50; // attachments in one turn of the job

EntrustmentId personal(const access::Scope& scope)
{
    AZK_CHECK(access::touches_residents(scope.action().kind) && scope.entrustment().has_value());
    return *scope.entrustment();
}

ledger::Entry entry_about(const access::Scope& scope, std::string_view act, SubjectId subject, std::string_view purpose)
{
    auto entry = scope.entry(act);
    entry.object = subject.text();
    entry.purpose = purpose;
    return entry;
}

Place place_of(AttachmentId id)
{
    return {"vault_attachment", id.bytes()};
}

WholeFile file_of(EntrustmentId entrustment, const Attachment& attachment)
{
    return {entrustment, attachment.id, attachment.size, attachment.pieces};
}

Result<void> may_be_shown(const Attachment& attachment)
{
    if (attachment.state == State::waiting) return refuse(kWaiting);
    if (attachment.state == State::infected) return refuse(kInfected, "保存の後の検査で発見");
    if (attachment.state == State::withdrawn) return refuse(kWithdrawn);
    return {};
}

} // namespace

Attachments::Attachments(const Vault& vault, const easel::Easel& easel, Scanner scanner, MayDestroy may_destroy,
                         Limits limits)
    : vault_(vault), easel_(easel), scanner_(std::move(scanner)), may_destroy_(std::move(may_destroy)), limits_(limits)
{
}

Result<easel::FileKind> Attachments::may_take(const access::Scope& scope, SubjectId subject, const Upload& upload) const
{
    const auto entrustment = personal(scope);
    const auto allowed = vault_.db().read([&](const storage::Snapshot& snapshot) -> Result<void> {
        AZK_TRY(const auto person, find_person(snapshot, entrustment, subject));
        if (person.merged_into) return refuse(kMergedAway);
        return may_use_for(snapshot, entrustment, upload.purpose);
    });
    AZK_REQUIRE(allowed);
    if (find_paper(upload.paper) == nullptr) return refuse_field("paper", kPaperExpected);
    if (upload.content.empty()) return refuse_field("file", kNoFile);
    if (static_cast<std::int64_t>(upload.content.size()) > limits_.most_megabytes << 20)
        return refuse_field("file", kTooBig, std::to_string(limits_.most_megabytes));
    const auto kind = easel::kind_of(upload.content);
    if (!kind) return refuse_field("file", kOtherKind);
    if (const auto promised = broken_promise(upload.file_name, *kind); !promised.empty())
        return refuse_field("file", kLyingName, promised, std::string(easel::japanese(*kind)));
    return *kind;
}

Result<Checked> Attachments::checked(const access::Scope& scope, SubjectId subject, const Upload& upload) const
{
    auto verdict = check(scanner_, scope.moment().at, easel::source_of(upload.content));
    if (!verdict) return Checked{}; // whatever keeps the scanner from its work, the file waits for it
    if (!verdict->infected) return verdict;
    auto entry = entry_about(scope, "attachment.refused", subject, upload.purpose);
    entry.outcome = fmt::format("refused:{}", kInfected.code);
    entry.counts = {{"bytes", static_cast<std::int64_t>(upload.content.size())}};
    entry.references = {{"signature", verdict->signature}, {"signatures", verdict->signatures}};
    vault_.db().write([&](storage::Tx& tx) { ledger::append(tx, entry); });
    return refuse_field("file", kInfected, verdict->signature);
}

Result<Attachments::Added> Attachments::add(const access::Scope& scope, SubjectId subject, const Upload& upload) const
{
    AZK_TRY(const auto kind, may_take(scope, subject, upload));
    AZK_TRY(const auto checked, this->checked(scope, subject, upload));
    const auto pages = easel_.look(easel::source_of(upload.content));
    if (!pages) return tl::unexpected(pages.error().at_field("file"));
    Attachment made{subject, IdSource(scope.moment().at, vault_.entropy()).next<AttachmentNoun>(),
                    std::string(upload.paper), kind, *pages};
    made.size = static_cast<std::int64_t>(upload.content.size());
    made.pieces = pieces_of(made.size);
    made.purpose = upload.purpose;
    made.added_at = scope.moment().at;
    if (!checked.signatures.empty()) {
        made.state = State::clean;
        made.checked_at = scope.moment().at;
    }
    AZK_REQUIRE(keep(scope, made, upload, checked));
    vault_.tell(News::changed, *scope.entrustment(), subject);
    return Added{made.id, made.state};
}

Result<void> Attachments::keep(const access::Scope& scope, const Attachment& attachment, const Upload& upload,
                               const Checked& checked) const
{
    const auto entrustment = *scope.entrustment();
    const auto subject = attachment.subject;
    AZK_TRY(const auto key, vault_.keystore().subject_key(entrustment, subject, scope.moment().at));
    AZK_TRY(const auto name,
            vault_.seal(scope, subject, place_of(attachment.id),
                        {{"file_name", std::string(upload.file_name)}, {"sha256", hex(seal::sha256(upload.content))}}));
    const auto file = file_of(entrustment, attachment);
    std::vector<Bytes> pieces; // sealed before the writer is asked, which everybody waits for
    for (std::int64_t number = 0; number < file.pieces; ++number) {
        const auto begin = static_cast<std::size_t>(number * kPieceSize);
        const auto size = std::min(static_cast<std::size_t>(kPieceSize), upload.content.size() - begin);
        pieces.push_back(seal_piece(key, file, number, upload.content.subspan(begin, size), vault_.entropy()));
    }
    return vault_.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto person, find_person(tx, entrustment, subject));
        if (person.merged_into) return refuse(kMergedAway);
        insert_attachment(tx, scope, attachment, name.sealed, checked.signatures);
        for (std::int64_t number = 0; number < file.pieces; ++number)
            insert_piece(tx, entrustment, subject, attachment.id, number, pieces[static_cast<std::size_t>(number)]);
        auto entry = entry_about(scope, "attachment.added", subject, upload.purpose);
        entry.counts = {{"bytes", attachment.size}, {"pages", attachment.pages}};
        entry.references = {{"attachment", attachment.id.text()},
                            {"commitment", name.commitment},
                            {"kind", std::string(easel::code_of(attachment.kind))},
                            {"state", attachment.state == State::clean ? "clean" : "waiting"}};
        ledger::append(tx, entry);
        return {};
    });
}

std::vector<Attachment> Attachments::of(const storage::Snapshot& snapshot, EntrustmentId entrustment,
                                        SubjectId subject) const
{
    auto all = attachments_of(snapshot, entrustment, subject);
    for (const auto& merged : merged_into(snapshot, entrustment, subject))
        for (auto& each : attachments_of(snapshot, entrustment, merged)) all.push_back(std::move(each));
    std::ranges::stable_sort(all, {}, &Attachment::added_at);
    return all;
}

Result<Attachments::Shown> Attachments::show(const access::Scope& scope, SubjectId subject, AttachmentId id,
                                             const Use& use) const
{
    const auto entrustment = personal(scope);
    const auto showing = IdSource(scope.moment().at, vault_.entropy()).next<ShowingNoun>();
    auto found = vault_.db().read([&](const storage::Snapshot& snapshot) -> Result<Shown> {
        AZK_TRY(auto attachment, find_attachment(snapshot, entrustment, subject, id));
        AZK_REQUIRE(may_be_shown(attachment));
        AZK_REQUIRE(may_use_for(snapshot, entrustment, use.purpose));
        if (text::is_blank(use.reason)) return refuse_field("reason", kReasonExpected);
        AZK_TRY(auto name, vault_.open(scope, subject, place_of(id), sealed_name(snapshot, entrustment, subject, id)));
        return Shown{std::move(attachment), showing, name["file_name"]};
    });
    if (!found) return found;
    AZK_TRY(const auto reason,
            vault_.seal(scope, subject, {"vault_attachment_showing", showing.bytes()}, {{"reason", use.reason}}));
    const auto stored = vault_.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto now, find_attachment(tx, entrustment, subject, id)); // erased in between: nothing is shown
        AZK_REQUIRE(may_be_shown(now));
        insert_showing(tx, scope, subject, id, showing, use.purpose, reason.sealed);
        auto entry = entry_about(scope, "attachment.revealed", subject, use.purpose);
        entry.counts = {{"pages", now.pages}};
        entry.references = {{"attachment", id.text()}, {"commitment", reason.commitment}};
        ledger::append(tx, entry);
        return {};
    });
    AZK_REQUIRE(stored);
    return found;
}

Result<std::string> Attachments::page(const access::Scope& scope, SubjectId subject, AttachmentId id, ShowingId showing,
                                      int page) const
{
    const auto entrustment = personal(scope);
    const auto now = scope.moment().at;
    const auto attachment = vault_.db().read([&](const storage::Snapshot& snapshot) -> Result<Attachment> {
        AZK_TRY(auto found, find_attachment(snapshot, entrustment, subject, id));
        AZK_REQUIRE(may_be_shown(found));
        if (!is_shown(snapshot, scope, subject, id, showing, Instant{now.micros - kShownFor.micros}))
            return refuse(kShowingOver);
        return found;
    });
    if (!attachment) return tl::unexpected(attachment.error());
    AZK_TRY(const auto key, vault_.keystore().subject_key(entrustment, subject, now));
    return easel_.draw(opened_pieces(vault_.db(), key, subject, file_of(entrustment, *attachment)), page);
}

Result<Attachments::Label> Attachments::label(const access::Scope& scope, const Attachment& attachment) const
{
    const auto entrustment = personal(scope);
    const auto sealed = vault_.db().read([&](const storage::Snapshot& snapshot) {
        return sealed_name(snapshot, entrustment, attachment.subject, attachment.id);
    });
    AZK_TRY(auto fields, vault_.open(scope, attachment.subject, place_of(attachment.id), sealed));
    return Label{fields["file_name"], fields["sha256"]};
}

Result<easel::FileSource> Attachments::content(const access::Scope& scope, const Attachment& attachment) const
{
    const auto entrustment = personal(scope);
    AZK_TRY(const auto key, vault_.keystore().subject_key(entrustment, attachment.subject, scope.moment().at));
    return easel::FileSource(opened_pieces(vault_.db(), key, attachment.subject, file_of(entrustment, attachment)));
}

Result<Checked> Attachments::check_one(const Waiting& one, Instant now) const
{
    AZK_TRY(const auto key, vault_.keystore().subject_key(one.entrustment, one.subject, now));
    const WholeFile file{one.entrustment, one.id, one.size, one.pieces};
    AZK_TRY(const auto verdict, check(scanner_, now, opened_pieces(vault_.db(), key, one.subject, file)));
    vault_.db().write([&](storage::Tx& tx) {
        if (!set_checked(tx, one, verdict.infected ? State::infected : State::clean, now, verdict.signatures)) return;
        if (verdict.infected) delete_pieces(tx, one);
        ledger::Entry entry;
        entry.at = now;
        entry.act = verdict.infected ? "attachment.infected" : "attachment.checked";
        entry.actor = "system";
        entry.entrustment = one.entrustment;
        entry.object = one.subject.text();
        entry.outcome = "done";
        entry.references = {{"attachment", one.id.text()}, {"signatures", verdict.signatures}};
        if (verdict.infected) entry.references["signature"] = verdict.signature;
        ledger::append(tx, entry);
    });
    return verdict;
}

Result<std::string> Attachments::check_waiting(Instant now) const
{
    const auto [all, count] = vault_.db().read([&](const storage::Snapshot& snapshot) {
        return std::pair(waiting(snapshot, kCheckedAtOnce), count_waiting(snapshot));
    });
    if (all.empty()) return std::string();
    if (!scanner_.clamd) return refuse(kNoScanner, std::to_string(count));
    std::int64_t clean = 0, infected = 0;
    std::optional<Refusal> unchecked; // one that cannot be checked does not keep the others waiting
    for (const auto& one : all) {
        const auto verdict = check_one(one, now);
        if (!verdict)
            unchecked = verdict.error();
        else
            ++(verdict->infected ? infected : clean);
        if (unchecked &&
            (unchecked->is(wire::kCannotReach) || unchecked->is(wire::kTooSlow) || unchecked->is(kOldSignatures)))
            break;
    }
    if (unchecked) return refuse(kScannerAway, std::to_string(count - clean - infected), unchecked->sentence());
    return fmt::format("添付{}件を検査し、{}件にウイルスがありました", clean + infected, infected);
}

} // namespace azukari::vault::attachments
