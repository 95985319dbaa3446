// One attachment: closed until somebody says for which purpose and why; then every page of it, here, as pictures.
#include "vault/attachments/attachments_refusals.h"
#include "vault/attachments/pages/attachments_frame.h"
#include "vault/purpose/purpose_store.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::vault::attachments::pages {
namespace {

using namespace html;

struct Asked {
    Attachment attachment;
    std::vector<Purpose> purposes;
};

Result<Asked> asked(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return rooms.attachments.vault().db().read([&](const storage::Snapshot& snapshot) -> Result<Asked> {
        AZK_TRY(auto attachment, attachment_in(snapshot, visit, scope));
        return Asked{std::move(attachment), purposes(snapshot, *scope.entrustment())};
    });
}

office::Page page_of(const Rooms& rooms, const access::Scope& scope, const Attachment& attachment, Html body)
{
    auto page = framed(rooms, scope, attachment, fmt::format("添付: {}", name_of(attachment)), std::move(body));
    const bool theirs = scope.role() == access::Role::handling_supervisor || scope.staff() == attachment.adder;
    const bool there = attachment.state == State::waiting || attachment.state == State::clean;
    if (theirs && there && vault::pages::may(scope, access::actions::kWithdrawAttachment))
        page.actions = office::link_button("取り下げる", withdrawal_address(scope, attachment));
    return page;
}

Html why_closed(const Attachment& attachment)
{
    if (attachment.state == State::waiting)
        return office::notice(office::Tone::caution, "ウイルス検査を待っています",
                              p("検査が済むまで、だれも開けません。検査プログラムにつながると自動で検査します。"));
    if (attachment.state == State::infected)
        return office::notice(
            office::Tone::bad, "ウイルスが見つかりました",
            p("保存していた内容は破棄しました。この書類の出所を確かめ、セキュリティ責任者に連絡してくださ"
              "い。必要なときは、安全なファイルをもう一度添付してください。"));
    if (attachment.withdrawal)
        return office::notice(office::Tone::info, "この添付は取り下げられました",
                              p("理由: ", told_of(*attachment.withdrawal), "。内容とファイルの名前は残っていません。"));
    return {};
}

http::Response closed_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                           const Asked& known, const office::FormState& state)
{
    Html body = join(why_closed(known.attachment), facts(known.attachment, {}));
    if (known.attachment.state == State::clean)
        body += office::card(
            "内容を開く",
            join(p("開いたことは、内容を示す前に記録台帳に残ります。内容はこの画面の中に示し、10分で閉じます。"),
                 office::post_form(
                     visit, address(scope, known.attachment), office::error_summary(state),
                     vault::pages::use_fields(state, known.purposes,
                                              "例: 申込書の住所を確かめるため。氏名などは書かないでください。"),
                     office::button_row(office::submit_button("記録して開く")))));
    return vault::pages::show_form(visit, page_of(rooms, scope, known.attachment, std::move(body)), state);
}

Html pictures(const access::Scope& scope, const Attachments::Shown& shown)
{
    const auto& attachment = shown.attachment;
    Html all;
    for (int number = 1; number <= attachment.pages; ++number) {
        const auto source =
            fmt::format("{}/showings/{}/pages/{}", address(scope, attachment).text(), shown.showing.text(), number);
        all += figure({cls("sheet"), {"id", fmt::format("page-{}", number)}},
                      img({{"src", Url(source)},
                           {"alt", fmt::format("{}の{}ページ目の画像", name_of(attachment), number)},
                           {"loading", "lazy", number > 2}}),
                      figcaption(fmt::format("{} / {}ページ", number, attachment.pages)));
    }
    return div({cls("sheets")}, all);
}

} // namespace

http::Response ask_showing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = asked(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    return closed_page(rooms, visit, scope, *known, {});
}

http::Response show_attachment(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = asked(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    const auto& form = visit.request.form;
    const auto use = vault::pages::use_in(form);
    const auto shown = rooms.attachments.show(scope, known->attachment.subject, known->attachment.id, use);
    if (!shown && shown.error().field().empty()) return show_failure(visit, shown.error());
    if (!shown) return closed_page(rooms, visit, scope, *known, office::refused(form, {shown.error()}));
    const auto told = office::notice(
        office::Tone::info, "添付を開きました",
        p("利用目的「", vault::pages::purpose_name(known->purposes, use.purpose), "」、理由「", use.reason,
          "」として記録しました。10分を過ぎるか画面を離れると、もう一度開くには利用目的と理由の入力が要ります。"));
    return office::show(visit,
                        page_of(rooms, scope, shown->attachment,
                                join(told, facts(shown->attachment, shown->file_name), pictures(scope, *shown))));
}

http::Response send_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& params = visit.request.path_params;
    const auto subject = vault::pages::person_in(visit);
    const auto id = AttachmentId::parse(params.get("attachment"));
    const auto showing = ShowingId::parse(params.get("showing"));
    const auto digits = params.get("page");
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (!subject || !id || !showing || error != std::errc() || end != digits.data() + digits.size())
        return show_failure(visit, Refusal(kNoSuchAttachment));
    auto picture = rooms.attachments.page(scope, *subject, *id, *showing, number);
    if (!picture) return show_failure(visit, picture.error());
    http::Response response;
    response.type = "image/png";
    response.set("Content-Disposition", "inline");
    response.body = *std::move(picture);
    return response;
}

} // namespace azukari::vault::attachments::pages
