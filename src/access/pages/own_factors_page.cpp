#include "access/pages/own_factors_page.h"

#include "access/pages/passkey_form.h"
#include "access/pages/qr_figure.h"
#include "access/signin/totp_store.h"
#include "office/shell/shell.h"

namespace azukari::access::pages {
namespace {

using namespace html;
using namespace office;

constexpr std::string_view kIssuer = "azukari";

// "ABCD EFGH …": for typing.
std::string in_fours(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += ' ';
        out += text[i];
    }
    return out;
}

Page below_account(std::string title)
{
    Page page{std::move(title), {}};
    page.crumbs = {{"自分のアカウント", url("/account")}};
    page.width = Width::text;
    return page;
}

http::Response show_totp(const Visit& visit, const Rooms& rooms, const Bytes& key, std::vector<Refusal> refusals)
{
    const auto account = rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return find_account(snapshot, visit.session->account); });
    if (!account) return show_status(visit, 404);
    FormState state;
    state.refusals = std::move(refusals);
    auto page = below_account("認証アプリの登録");
    page.body = error_summary(state);
    page.body += ol(li("スマートフォンなどの認証アプリで、下の図を読み取ります。"),
                    li("アプリに出た6桁の数字を入力し、「登録する」を押します。"));
    page.body += figure({cls("qr")}, qr_figure(totp_uri(key, kIssuer, account->login), "認証アプリで読み取るQRコード"),
                        figcaption("読み取れないときは、次の鍵をアプリに入力してください(時間に基づく・6桁)。", br(),
                                   code(in_fours(base32(key)))));
    page.body +=
        post_form(visit, url("/account/totp"),
                  text_field(state, {.name = "code",
                                     .label = "認証コード",
                                     .hint = "アプリに今出ている6桁の数字",
                                     .required = true,
                                     .autocomplete = "one-time-code",
                                     .inputmode = "numeric",
                                     .max_length = 6,
                                     .size = Field::Size::small}),
                  button_row(join(submit_button("登録する"), link_button("やめる", url("/account"), Weight::plain))));
    page.lead = p("この画面の図と鍵は、ほかの方に見せたり保存したりしないでください。15分たつと使えなくなります。");
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

http::Response offer(const Visit& visit, const Rooms& rooms)
{
    const auto key = rooms.db.write([&](storage::Tx& tx) {
        return offer_totp(tx, rooms.door.entropy(), rooms.door.key(), visit.session->account, visit.moment);
    });
    return show_totp(visit, rooms, key, {});
}

http::Response confirm(const Visit& visit, const Rooms& rooms)
{
    const auto& account = visit.session->account;
    const auto confirmed = rooms.db.write([&](storage::Tx& tx) {
        return confirm_totp(tx, rooms.door.entropy(), rooms.door.key(), account, visit.request.form.get("code"),
                            visit.moment);
    });
    if (confirmed) return http::Response::see_other("/account", "認証アプリを登録しました。");
    const auto key = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return offered_totp(snapshot, rooms.door.key(), account, visit.moment);
    });
    if (!key) return show_refusal(visit, confirmed.error(), kRefusedForm);
    return show_totp(visit, rooms, *key, {confirmed.error()});
}

http::Response show_passkey(const Visit& visit, const Rooms& rooms, std::vector<Refusal> refusals)
{
    auto page = below_account("パスキーの登録");
    FormState state = filled({{"label", std::string(visit.request.form.get("label"))}});
    state.refusals = std::move(refusals);
    page.body = error_summary(state);
    if (const auto party = webauthn::check_party(rooms.passkeys.party()); !party) {
        page.body += notice(Tone::caution, party.error().sentence());
        return show(visit, page);
    }
    page.body += passkey_form(visit, url("/account/passkey/question"), url("/account/passkey"), "この端末で登録する",
                              text_field(state, {.name = "label",
                                                 .label = "パスキーの名前",
                                                 .hint = "見分けるための名前です。例: 職場のパソコン",
                                                 .required = true,
                                                 .max_length = 40,
                                                 .size = Field::Size::medium}));
    page.body +=
        html::div({{"data-no-passkey", ""}, html::flag("hidden", true)},
                  notice(Tone::caution, "このブラウザーではパスキーを使えません。認証アプリを登録してください。",
                         p(a({href(url("/account/totp"))}, "認証アプリを登録する"))));
    page.body +=
        el("noscript", {}, notice(Tone::caution, "パスキーの登録には、スクリプトの使えるブラウザーが必要です。"));
    page.lead = p("指紋・顔・端末の暗証番号で、この端末のご本人を確かめます。指紋や顔の情報は端末から出ません。");
    page.scripts = {passkey_script()};
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

http::Response enrol(const Visit& visit, const Rooms& rooms)
{
    const auto& form = visit.request.form;
    const auto part = [&](std::string_view name) { return from_base64url(form.get(name)).value_or(Bytes{}); };
    const auto label = form.get("label").empty() ? "パスキー" : form.get("label");
    const auto client_data = part("client_data");
    const auto object = part("attestation_object");
    const auto enrolled =
        rooms.passkeys.enrol(*visit.session, label.substr(0, 160), {client_data, object}, visit.moment);
    if (!enrolled) return show_passkey(visit, rooms, {enrolled.error()});
    return http::Response::see_other("/account", "パスキーを登録しました。");
}

std::optional<Passkey> passkey_in_path(const Visit& visit, const Rooms& rooms)
{
    const auto id = PasskeyId::parse(visit.request.path_params.get("passkey"));
    const auto all =
        rooms.db.read([&](const storage::Snapshot& snapshot) { return passkeys_of(snapshot, visit.session->account); });
    const auto found = std::find_if(all.begin(), all.end(), [&](const Passkey& passkey) { return passkey.id == id; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

http::Response ask_removal(const Visit& visit, const Rooms& rooms)
{
    const auto passkey = passkey_in_path(visit, rooms);
    if (!passkey) return show_status(visit, 404);
    return show(visit,
                confirmation_page(visit, {.title = "パスキーを削除します",
                                          .consequences = {"このパスキーではログインできなくなります。"},
                                          .summary = description_list(
                                              {{"名前", passkey->label}, {"登録した日時", when_at(passkey->created)}}),
                                          .confirm_label = "削除する",
                                          .action = url("/account/passkeys/", passkey->id, "/remove"),
                                          .cancel = url("/account"),
                                          .weight = Weight::danger}));
}

http::Response remove(const Visit& visit, const Rooms& rooms)
{
    const auto passkey = passkey_in_path(visit, rooms);
    if (!passkey) return show_status(visit, 404);
    const auto removed = rooms.passkeys.remove(*visit.session, passkey->id, visit.moment);
    if (!removed) return show_refusal(visit, removed.error(), 409);
    return http::Response::see_other("/account", "パスキーを削除しました。");
}

} // namespace

std::vector<Route> own_factors_routes(Rooms rooms)
{
    const auto& action = actions::kOwnFactors;
    return {
        get("/account/totp", action, [rooms](const Visit& visit, const Scope&) { return offer(visit, rooms); }),
        post("/account/totp", action, [rooms](const Visit& visit, const Scope&) { return confirm(visit, rooms); }),
        get("/account/passkey", action,
            [rooms](const Visit& visit, const Scope&) { return show_passkey(visit, rooms, {}); }),
        get("/account/passkey/question", action,
            [rooms](const Visit& visit, const Scope&) {
                return enrolment_question(rooms, *visit.session, visit.moment);
            }),
        post("/account/passkey", action, [rooms](const Visit& visit, const Scope&) { return enrol(visit, rooms); }),
        get("/account/passkeys/{passkey}/remove", action,
            [rooms](const Visit& visit, const Scope&) { return ask_removal(visit, rooms); }),
        post("/account/passkeys/{passkey}/remove", action,
             [rooms](const Visit& visit, const Scope&) { return remove(visit, rooms); }),
    };
}

} // namespace azukari::access::pages
