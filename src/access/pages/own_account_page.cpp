#include "access/pages/own_account_page.h"

#include "access/session_store.h"
#include "office/shell/shell.h"

namespace azukari::access::pages {
namespace {

using namespace html;
using namespace office;

Html what_to_set_up(const Account& account)
{
    Html list;
    if (account.initial_password) list += li(a({href(url("/account/password"))}, "パスワードを、ご自分のものに変える"));
    if (!account.totp && account.passkeys == 0)
        list += li(a({href(url("/account/totp"))}, "認証アプリを登録する"), "、または",
                   a({href(url("/account/passkey"))}, "パスキーを登録する"));
    return notice(Tone::caution, "はじめに、次の設定をしてください。済むまで、ほかの画面は使えません。", ul(list));
}

Html passkey_table(const Visit& visit, const std::vector<Passkey>& passkeys)
{
    Table table{"登録したパスキー", {{"名前"}, {"登録した日時"}, {"最後に使った日時"}, {"操作"}}, {}};
    table.empty = "パスキーは登録されていません。";
    for (const auto& passkey : passkeys)
        table.rows.push_back({passkey.label, when_at(passkey.created),
                              passkey.used ? when_at(*passkey.used) : Html("まだ使っていません"),
                              link_button("削除", url("/account/passkeys/", passkey.id, "/remove"), Weight::plain)});
    return data_table(visit, table);
}

Html session_table(const Visit& visit, const std::vector<Session>& sessions)
{
    Table table{"今ログインしている端末", {{"ログインした日時"}, {"最後の操作"}, {"操作"}}, {}};
    for (const auto& session : sessions)
        table.rows.push_back({when_at(session.started), when_at(session.seen),
                              session.id == visit.session->id
                                  ? chip(Tone::info, "この画面")
                                  : post_button(visit, "終了させる", url("/account/sessions/", session.id, "/end"))});
    return data_table(visit, table);
}

http::Response show_account(const Visit& visit, const Rooms& rooms)
{
    const auto [account, passkeys, sessions, enrolled] = rooms.db.read([&](const storage::Snapshot& snapshot) {
        const auto standing = find_standing(snapshot, *visit.session, std::nullopt);
        return std::tuple(find_account(snapshot, visit.session->account), passkeys_of(snapshot, visit.session->account),
                          sessions_of(snapshot, visit.session->account, visit.moment, rooms.limits),
                          standing && standing->enrolled);
    });
    if (!account) return show_status(visit, 404);
    Page page{"自分のアカウント", enrolled ? Html() : what_to_set_up(*account)};
    page.body += description_list({{"氏名", account->name},
                                   {"所属", visit.session->employer},
                                   {"役割", std::string(japanese(account->role))},
                                   {"ログイン名", account->login}});
    page.body += h2("パスワード");
    page.body +=
        p(account->initial_password ? chip(Tone::caution, "初期パスワードのまま") : chip(Tone::good, "設定済み"));
    page.body += button_row(link_button("パスワードを変更する", url("/account/password")));
    page.body += h2("認証アプリ");
    page.body += p(account->totp ? chip(Tone::good, "登録済み") : chip(Tone::neutral, "登録していません"));
    page.body += button_row(
        link_button(account->totp ? "別の認証アプリに登録し直す" : "認証アプリを登録する", url("/account/totp")));
    page.body += h2("パスキー");
    page.body += p(
        "パスワードと認証コードの代わりに、指紋・顔・端末の暗証番号でログインできます。偽のサイトでは使えないため、最も安全です。");
    page.body += passkey_table(visit, passkeys);
    page.body += button_row(link_button("パスキーを登録する", url("/account/passkey")));
    page.body += h2("ログイン中の端末");
    page.body += session_table(visit, sessions);
    return show(visit, page);
}

http::Response show_password(const Visit& visit, std::vector<Refusal> refusals)
{
    FormState state;
    state.refusals = std::move(refusals);
    Page page{"パスワードの変更", error_summary(state)};
    const auto field = [&](std::string_view name, std::string_view label, std::string_view hint,
                           std::string_view autocomplete) {
        return text_field(state, {.name = name,
                                  .label = label,
                                  .hint = hint,
                                  .required = true,
                                  .type = "password",
                                  .autocomplete = autocomplete,
                                  .size = Field::Size::medium});
    };
    page.body += post_form(
        visit, url("/account/password"), field("current", "今のパスワード", {}, "current-password"),
        field("fresh", "新しいパスワード",
              "15文字以上。文字の種類は問いません。いくつかの言葉を並べた文のようなものが、覚えやすく安全です。",
              "new-password"),
        field("again", "新しいパスワード(確認)", "同じものをもう一度入力してください。", "new-password"),
        button_row(join(submit_button("変更する"), link_button("やめる", url("/account"), Weight::plain))));
    page.crumbs = {{"自分のアカウント", url("/account")}};
    page.lead = p("変更すると、ほかの端末でのログインは終了します。");
    page.width = Width::text;
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

http::Response change_password(const Visit& visit, const Rooms& rooms)
{
    const auto& form = visit.request.form;
    if (form.get("fresh") != form.get("again")) return show_password(visit, {Refusal(kPasswordsDiffer, {}, "again")});
    const SecretText current{std::string(form.get("current"))};
    const SecretText fresh{std::string(form.get("fresh"))};
    const auto changed =
        rooms.door.change_password(*visit.session, current, fresh, visit.request.remote_address, visit.moment);
    if (!changed) return show_password(visit, {changed.error()});
    return http::Response::see_other("/account", "パスワードを変更しました。");
}

http::Response end_other(const Visit& visit, const Rooms& rooms)
{
    const auto id = SessionId::parse(visit.request.path_params.get("session"));
    const bool ended = id && rooms.db.write([&](storage::Tx& tx) {
        return end_session(tx, *id, visit.session->account, visit.moment);
    });
    if (!ended) return show_status(visit, 404);
    return http::Response::see_other("/account", "その端末でのログインを終了させました。");
}

} // namespace

std::vector<Route> own_account_routes(Rooms rooms)
{
    return {
        get("/account", actions::kOwnAccount,
            [rooms](const Visit& visit, const Scope&) { return show_account(visit, rooms); }),
        get("/account/password", actions::kOwnAccount,
            [](const Visit& visit, const Scope&) { return show_password(visit, {}); }),
        post("/account/password", actions::kOwnAccount,
             [rooms](const Visit& visit, const Scope&) { return change_password(visit, rooms); }),
        post("/account/sessions/{session}/end", actions::kOwnAccount,
             [rooms](const Visit& visit, const Scope&) { return end_other(visit, rooms); }),
    };
}

} // namespace azukari::access::pages
