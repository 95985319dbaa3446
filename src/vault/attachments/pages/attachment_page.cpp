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
    const auto subject = vault::pages::person_in(visit);
    const auto id = AttachmentId::parse(visit.request.path_params.get("attachment"));
    if (!subject || !id) return refuse(kNoSuchAttachment);
    const auto entrustment = *scope.entrustment();
    return rooms.attachments.vault().db().read([&](const storage::Snapshot& snapshot) -> Result<Asked> {
        AZK_TRY(auto attachment, find_attachment(snapshot, entrustment, *subject, *id));
        return Asked{std::move(attachment), purposes(snapshot, entrustment)};
    });
}

office::Page framed(const Rooms& rooms, const access::Scope& scope, const Attachment& attachment, Html body)
{
    auto page = vault::pages::framed(rooms.vault, scope, fmt::format("添付: {}", name_of(attachment)), std::move(body));
    page.crumbs.push_back({"この方", vault::pages::address(scope, attachment.subject)});
    return page;
}

Html facts(const Attachment& attachment, std::string_view file_name)
{
    std::vector<office::Term> terms{
        {"形式", Html(fmt::format("{}　{}ページ　{}", easel::japanese(attachment.kind), attachment.pages,
                                  megabytes(attachment.size)))},
        {"添付", join(office::when_at(attachment.added_at), "　", attachment.added_by)},
        {"ウイルス検査", join(chip_of(attachment.state), "　",
                              attachment.checked_at ? office::when_at(*attachment.checked_at) : Html())}};
    if (!file_name.empty()) terms.insert(terms.begin(), {"ファイルの名前", Html(file_name)});
    return office::description_list(terms);
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
    return vault::pages::show_form(visit, framed(rooms, scope, known.attachment, std::move(body)), state);
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
    return office::show(visit, framed(rooms, scope, shown->attachment,
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
