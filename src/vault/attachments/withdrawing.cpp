// 取下げ of what was wrongly attached.
#include "base/check.h"
#include "infra/storage/scrub.h"
#include "infra/text/utf8.h"
#include "ledger/ledger.h"
#include "vault/attachments/attachments.h"
#include "vault/attachments/attachments_refusals.h"

namespace azukari::vault::attachments {
namespace {

constexpr std::size_t kLongestWords = 200; // characters
// Where the content stood, and what leaves the store's files with it.
constexpr std::string_view kEmptied[] = {"vault_attachment", "vault_attachment_piece"};

Result<void> examine(const Attachments::WithdrawalWish& wish)
{
    if (find_cause(wish.cause) == nullptr) return refuse_field("cause", kCauseExpected);
    if (text::count_characters(wish.words) > kLongestWords)
        return refuse_field("words", kWordsTooLong, std::to_string(kLongestWords));
    return {};
}

Place words_place(AttachmentId id)
{
    return {"vault_attachment_withdrawal", id.bytes()};
}

} // namespace

Result<void> Attachments::may_withdraw(const storage::Snapshot& snapshot, const access::Scope& scope,
                                       const Attachment& attachment) const
{
    if (attachment.state == State::withdrawn) return refuse(kWithdrawn);
    if (attachment.state == State::infected) return refuse(kInfected, "保存の後の検査で発見");
    if (scope.role() != access::Role::handling_supervisor && scope.staff() != attachment.adder)
        return refuse(kNotYours);
    return may_destroy_(snapshot, *scope.entrustment(), attachment.subject);
}

Result<void> Attachments::withdraw(const access::Scope& scope, SubjectId subject, AttachmentId id,
                                   const WithdrawalWish& wish) const
{
    AZK_CHECK(access::touches_residents(scope.action().kind) && scope.entrustment().has_value());
    AZK_REQUIRE(examine(wish));
    AZK_TRY(const auto nameless, vault_.seal(scope, subject, {"vault_attachment", id.bytes()}, {}));
    AZK_TRY(const auto words, vault_.seal(scope, subject, words_place(id), {{"words", std::string(wish.words)}}));
    const auto done = vault_.db().write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto attachment, find_attachment(tx, *scope.entrustment(), subject, id));
        AZK_REQUIRE(may_withdraw(tx, scope, attachment));
        withdraw_attachment(tx, scope, attachment, wish.cause, nameless.sealed, words.sealed);
        auto entry = scope.entry("attachment.withdrawn");
        entry.object = subject.text();
        entry.counts = {{"bytes", attachment.size}, {"pages", attachment.pages}};
        entry.references = {{"attachment", id.text()},
                            {"cause", std::string(wish.cause)},
                            {"commitment", words.commitment},
                            {"paper", attachment.paper}};
        ledger::append(tx, entry);
        return {};
    });
    AZK_REQUIRE(done);
    // While somebody reads an older state, the store's own housekeeping overwrites the rest later.
    (void)storage::scrub(vault_.db(), kEmptied);
    vault_.tell(News::changed, *scope.entrustment(), subject);
    return {};
}

Result<std::string> Attachments::words_of(const access::Scope& scope, const Attachment& attachment) const
{
    const auto sealed = vault_.db().read([&](const storage::Snapshot& snapshot) {
        return sealed_words(snapshot, *scope.entrustment(), attachment.subject, attachment.id);
    });
    if (sealed.empty()) return std::string();
    AZK_TRY(auto fields, vault_.open(scope, attachment.subject, words_place(attachment.id), sealed));
    return fields["words"];
}

} // namespace azukari::vault::attachments
