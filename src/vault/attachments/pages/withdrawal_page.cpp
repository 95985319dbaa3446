// 取下げ: the question before what was wrongly attached is taken back for good.
#include "vault/attachments/attachments_refusals.h"
#include "vault/attachments/pages/attachments_frame.h"

#include <fmt/format.h>

namespace azukari::vault::attachments::pages {
namespace {

using namespace html;

http::Response question(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                        const Attachment& attachment, const office::FormState& state)
{
    std::vector<office::Choice> choices{{"", "選んでください"}};
    for (const auto& cause : causes()) choices.push_back({std::string(cause.code), std::string(cause.name)});
    auto page = office::confirmation_page(
        visit,
        {.title = fmt::format("添付を取り下げます: {}", name_of(attachment)),
         .consequences = {"この添付の内容と、ファイルの名前を消します。元に戻せません。",
                          "書類の種類、取り下げた方と日時、理由は、この方のページと記録台帳に残ります。",
                          "すでに作られた控え（バックアップ）の中には、控えの期限まで封をしたまま残ります。"},
         .summary = facts(attachment, {}),
         .confirm_label = "取り下げて内容を消す",
         .action = withdrawal_address(scope, attachment),
         .cancel = address(scope, attachment),
         .weight = office::Weight::danger,
         .extra = join(office::select_field(state,
                                            {.name = "cause",
                                             .label = "取下げの理由",
                                             .hint = "この方のページの一覧に示します。",
                                             .required = true,
                                             .size = office::Field::Size::medium},
                                            choices),
                       office::text_area(state, {.name = "words",
                                                 .label = "補足",
                                                 .hint = "封をして残し、この方を開いたときだけ示します。氏名などは"
                                                         "書かないでください。",
                                                 .max_length = 200,
                                                 .rows = 3})),
         .refusals = state.refusals});
    auto frame = framed(rooms, scope, attachment, page.title, std::move(page.body));
    frame.crumbs.push_back({fmt::format("添付: {}", name_of(attachment)), address(scope, attachment)});
    frame.width = office::Width::text;
    return vault::pages::show_form(visit, std::move(frame), state);
}

} // namespace

http::Response ask_withdrawal(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known =
        rooms.attachments.vault().db().read([&](const storage::Snapshot& snapshot) -> Result<Attachment> {
            AZK_TRY(auto attachment, attachment_in(snapshot, visit, scope));
            AZK_REQUIRE(rooms.attachments.may_withdraw(snapshot, scope, attachment));
            return attachment;
        });
    if (!known) return show_failure(visit, known.error());
    return question(rooms, visit, scope, *known, {});
}

http::Response withdraw_attachment(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = rooms.attachments.vault().db().read(
        [&](const storage::Snapshot& snapshot) { return attachment_in(snapshot, visit, scope); });
    if (!known) return show_failure(visit, known.error());
    const auto& form = visit.request.form;
    const auto done =
        rooms.attachments.withdraw(scope, known->subject, known->id, {form.get("cause"), form.get("words")});
    if (!done && done.error().field().empty()) return show_failure(visit, done.error());
    if (!done) return question(rooms, visit, scope, *known, office::refused(form, {done.error()}));
    return http::Response::see_other(
        vault::pages::address(scope, known->subject).text(),
        fmt::format("添付（{}）を取り下げました。内容は残っていません。", name_of(*known)));
}

} // namespace azukari::vault::attachments::pages
