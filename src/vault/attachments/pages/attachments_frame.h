// What the pages of attachments share.
#pragma once

#include "office/shell/shell.h"
#include "vault/attachments/pages/attachments_pages.h"
#include "vault/pages/frame.h"

namespace azukari::vault::attachments::pages {

#define AZK_ATTACHMENT_PAGE(name)                                                                                      \
    http::Response name(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
AZK_ATTACHMENT_PAGE(ask_attachment);
AZK_ATTACHMENT_PAGE(add_attachment);
AZK_ATTACHMENT_PAGE(refuse_large_attachment);
AZK_ATTACHMENT_PAGE(ask_showing);
AZK_ATTACHMENT_PAGE(show_attachment);
AZK_ATTACHMENT_PAGE(send_page);
AZK_ATTACHMENT_PAGE(ask_withdrawal);
AZK_ATTACHMENT_PAGE(withdraw_attachment);
#undef AZK_ATTACHMENT_PAGE

inline html::Url address(const access::Scope& scope, SubjectId person)
{
    return html::url("/entrustments/", *scope.entrustment(), "/persons/", person, "/attachments");
}
inline html::Url address(const access::Scope& scope, const Attachment& attachment)
{
    return html::url("/entrustments/", *scope.entrustment(), "/persons/", attachment.subject, "/attachments/",
                     attachment.id);
}

inline html::Url withdrawal_address(const access::Scope& scope, const Attachment& attachment)
{
    return html::Url(address(scope, attachment).text() + "/withdrawal");
}

// Of the address. Refuses kNoSuchAttachment.
Result<Attachment> attachment_in(const storage::Snapshot& snapshot, const office::Visit& visit,
                                 const access::Scope& scope);
// A page about one of them, with crumbs back to the person.
office::Page framed(const Rooms& rooms, const access::Scope& scope, const Attachment& attachment, std::string title,
                    html::Html body);
// What is known without opening it; with its name, once it is open.
html::Html facts(const Attachment& attachment, std::string_view file_name);
// 「別の方の書類だった」, by whom and when.
html::Html told_of(const Withdrawal& withdrawal);

// 「申込書・申請書」
std::string name_of(const Attachment& attachment);
html::Html chip_of(State state);
// 「2.4MB」
std::string megabytes(std::int64_t bytes);
// 404 for what is not there, 409 for what cannot be done now.
http::Response show_failure(const office::Visit& visit, const Refusal& refusal);

} // namespace azukari::vault::attachments::pages
