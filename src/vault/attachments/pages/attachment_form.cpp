// Keeping the image of a form beside a person.
#include "vault/attachments/attachments_refusals.h"
#include "vault/attachments/pages/attachments_frame.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <fmt/format.h>

namespace azukari::vault::attachments::pages {
namespace {

using namespace html;

constexpr std::string_view kAccepted = ".pdf,.jpg,.jpeg,.png,.tif,.tiff";

struct Asked {
    Person person;
    std::vector<Purpose> purposes;
};

Result<Asked> asked(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto subject = vault::pages::person_in(visit);
    if (!subject) return refuse(kNoSuchPerson);
    const auto entrustment = *scope.entrustment();
    return rooms.attachments.vault().db().read([&](const storage::Snapshot& snapshot) -> Result<Asked> {
        AZK_TRY(auto person, find_person(snapshot, entrustment, *subject));
        if (person.merged_into) return refuse(kMergedAway);
        return Asked{std::move(person), purposes(snapshot, entrustment)};
    });
}

Refusal this_is_too_large(const Rooms& rooms)
{
    return Refusal(kTooBig, {std::to_string(rooms.attachments.most_megabytes())}, "file");
}

http::Response form_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Asked& asked,
                         const office::FormState& state)
{
    std::vector<office::Choice> kinds{{"", "選んでください"}}, choices{{"", "選んでください"}};
    for (const auto& paper : papers()) kinds.push_back({std::string(paper.code), std::string(paper.name)});
    for (const auto& purpose : asked.purposes)
        if (!purpose.ended) choices.push_back({purpose.code, purpose.name});
    const auto limits =
        fmt::format("PDF・JPEG・PNG・TIFF（複数ページの FAX も）。1つ {}MB まで。", rooms.attachments.most_megabytes());
    const auto too_large = this_is_too_large(rooms).sentence();
    auto page = vault::pages::framed(
        rooms.vault, scope, "書類を添付する",
        office::upload_form(
            visit, address(scope, asked.person.subject), office::error_summary(state),
            office::select_field(state,
                                 {.name = "paper",
                                  .label = "書類の種類",
                                  .hint = "一覧に表示します。開かなくても分かるように選びます。",
                                  .required = true,
                                  .size = office::Field::Size::medium},
                                 kinds),
            office::select_field(state,
                                 {.name = "purpose",
                                  .label = "利用目的",
                                  .hint = "区が登録した目的の中から選びます。ほかの目的では利用できません。",
                                  .required = true,
                                  .size = office::Field::Size::medium},
                                 choices),
            office::file_field(state,
                               {.name = "file",
                                .label = "ファイル",
                                .hint = limits,
                                .required = true,
                                .most_bytes = static_cast<std::uint64_t>(rooms.attachments.most_megabytes()) << 20,
                                .too_large = too_large},
                               kAccepted),
            p("保存する前に、中身の形式とウイルスを調べます。大きなファイルでは数十秒かかることがあります。"),
            office::button_row(join(office::submit_button("調べて保存する"),
                                    office::link_button("戻る", vault::pages::address(scope, asked.person.subject))))));
    page.crumbs.push_back({"この方", vault::pages::address(scope, asked.person.subject)});
    page.lead = p("申込書や FAX などの画像を、この方の鍵で封をして保管します。名前や内容は一覧に出ません。");
    page.width = office::Width::text;
    return vault::pages::show_form(visit, std::move(page), state);
}

std::string told(State state)
{
    return state == State::clean
               ? "書類を添付しました。ウイルスは見つかりませんでした。"
               : "書類を保管しました。ウイルス検査が済むまで表示できません（検査待ち）。検査は自動で行います。";
}

} // namespace

http::Response ask_attachment(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = asked(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    return form_page(rooms, visit, scope, *known, {});
}

http::Response refuse_large_attachment(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = asked(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    return form_page(rooms, visit, scope, *known, office::refused(visit.request.form, {this_is_too_large(rooms)}));
}

http::Response add_attachment(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto known = asked(rooms, visit, scope);
    if (!known) return show_failure(visit, known.error());
    const auto& form = visit.request.form;
    Attachments::Upload upload{form.get("paper"), form.get("purpose"), {}, {}};
    for (const auto& file : visit.request.files)
        if (file.field == "file") {
            upload.file_name = file.name;
            upload.content = as_bytes(file.content);
        }
    const auto added = rooms.attachments.add(scope, known->person.subject, upload);
    if (!added && added.error().field().empty()) return show_failure(visit, added.error());
    if (!added) return form_page(rooms, visit, scope, *known, office::refused(form, {added.error()}));
    return http::Response::see_other(vault::pages::address(scope, known->person.subject).text(), told(added->state));
}

} // namespace azukari::vault::attachments::pages
