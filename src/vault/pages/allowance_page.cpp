// 収集の承諾: the ward reviewer records the ward's consent to an item that touches prohibited matter. [K23]
#include "matters/allowance_store.h"
#include "vault/pages/frame.h"

namespace azukari::vault::pages {
namespace {

using namespace html;

http::Response allowance_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                              const office::FormState& state)
{
    auto page = framed(
        rooms, scope, "収集に注意する情報項目を承諾する",
        join(
            office::notice(office::Tone::caution, "特記事項は、この種の情報の収集を原則として禁じています",
                           p("区が承諾した場合に限り、情報項目として登録できます。承諾したことは記録台帳に残ります。")),
            office::post_form(visit, url("/entrustments/", *scope.entrustment(), "/purposes/allowances/new"),
                              office::error_summary(state),
                              office::text_field(state, {.name = "item",
                                                         .label = "情報項目の名称",
                                                         .hint = "委託の登録に書くとおりの名称を入力します。",
                                                         .required = true,
                                                         .max_length = 100}),
                              office::text_field(state, {.name = "ground",
                                                         .label = "承諾の理由と根拠",
                                                         .hint = "例: 見本決裁第1号。審議会の意見を聴いた日など。",
                                                         .required = true,
                                                         .max_length = 200}),
                              office::button_row(join(
                                  office::submit_button("承諾を記録する"),
                                  office::link_button("やめる", purposes_address(scope), office::Weight::plain))))),
        false);
    page.crumbs.push_back({"利用目的と説明文", purposes_address(scope)});
    page.width = office::Width::text;
    return show_form(visit, std::move(page), state);
}

} // namespace

http::Response ask_allowance(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return allowance_form(rooms, visit, scope, {});
}

http::Response record_allowance(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto done = rooms.vault.db().write([&](storage::Tx& tx) {
        return matters::allow(tx, scope, rooms.vault.matters(), form.get("item"), form.get("ground"));
    });
    if (!done) return allowance_form(rooms, visit, scope, office::refused(form, {done.error()}));
    return http::Response::see_other(purposes_address(scope).text(),
                                     "承諾を記録しました。この情報項目を登録できます。");
}

} // namespace azukari::vault::pages
