#include "access/pages/sign_in_page.h"

#include "access/pages/passkey_form.h"
#include "access/session_store.h"
#include "office/shell/dispatch.h"
#include "office/shell/shell.h"

namespace azukari::access::pages {
namespace {

using namespace html;
using namespace office;

Html password_form(const Visit& visit, const FormState& state, std::string_view next)
{
    return post_form(
        visit, url("/sign-in"), hidden_field("next", next),
        text_field(state, {.name = "login",
                           .label = "ログイン名",
                           .required = true,
                           .autocomplete = "username",
                           .size = Field::Size::medium}),
        text_field(state, {.name = "password",
                           .label = "パスワード",
                           .required = true,
                           .type = "password",
                           .autocomplete = "current-password",
                           .size = Field::Size::medium}),
        text_field(state,
                   {.name = "code",
                    .label = "認証コード",
                    .hint = "認証アプリに今出ている6桁の数字です。初めてログインする方は、空のままにしてください。",
                    .autocomplete = "one-time-code",
                    .inputmode = "numeric",
                    .max_length = 6,
                    .size = Field::Size::small,
                    .needed_when = "認証アプリを登録した方は必須"}),
        button_row(submit_button("ログイン")));
}

http::Response show_sign_in(const Visit& visit, const Rooms& rooms, const FormState& state, std::string_view next)
{
    Page page{"ログイン", error_summary(state)};
    if (visit.request.query.has("left")) page.body += notice(Tone::good, "ログアウトしました。");
    page.body += password_form(visit, state, next);
    if (webauthn::check_party(rooms.passkeys.party()))
        page.body += passkey_form(visit, url("/sign-in/passkey"), url("/sign-in/passkey"), "パスキーでログイン",
                                  hidden_field("next", next));
    page.lead = p("アカウントは一人に一つです。ほかの方と一緒に使わないでください。ログインと失敗は記録されます。");
    page.width = Width::text;
    page.scripts = {passkey_script()};
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

// Who still has to set up their account is led there; everybody else to where they wanted to go.
std::string destination(const Rooms& rooms, std::string_view token, std::string_view next, const Moment& moment)
{
    const bool ready = rooms.db.read([&](const storage::Snapshot& snapshot) {
        const auto session = find_session(snapshot, token, moment, rooms.limits);
        const auto standing = session ? find_standing(snapshot, *session, std::nullopt) : std::nullopt;
        return !standing || standing->enrolled;
    });
    return ready ? safe_return(next) : "/account";
}

http::Response let_in(const Visit& visit, const Rooms& rooms, const std::string& token)
{
    auto response = http::Response::see_other(destination(rooms, token, visit.request.form.get("next"), visit.moment));
    http::set_cookie(response, visit.request.secure, kSessionCookie, token);
    return response;
}

http::Response refuse_entry(const Visit& visit, const Rooms& rooms, const Refusal& refusal)
{
    FormState state = filled({{"login", std::string(visit.request.form.get("login"))}});
    state.refusals = {refusal};
    return show_sign_in(visit, rooms, state, visit.request.form.get("next"));
}

http::Response sign_in(const Visit& visit, const Rooms& rooms)
{
    const auto& form = visit.request.form;
    const SecretText password{std::string(form.get("password"))};
    const auto token =
        rooms.door.sign_in(form.get("login"), {password, form.get("code"), visit.request.remote_address}, visit.moment);
    return token ? let_in(visit, rooms, *token) : refuse_entry(visit, rooms, token.error());
}

http::Response sign_in_by_passkey(const Visit& visit, const Rooms& rooms)
{
    const auto token = rooms.passkeys.sign_in(posted_answer(visit.request), visit.moment);
    return token ? let_in(visit, rooms, *token) : refuse_entry(visit, rooms, token.error());
}

http::Response sign_out(const Visit& visit, const Rooms& rooms)
{
    rooms.db.write([&](storage::Tx& tx) { end_session(tx, visit.session->id, visit.session->account, visit.moment); });
    auto response = http::Response::see_other("/sign-in?left=1");
    http::drop_cookie(response, visit.request.secure, kSessionCookie);
    return response;
}

} // namespace

std::vector<Route> sign_in_routes(Rooms rooms)
{
    return {
        public_get(
            "/sign-in",
            [rooms](const Visit& visit) { return show_sign_in(visit, rooms, {}, visit.request.query.get("next")); }),
        public_post("/sign-in", [rooms](const Visit& visit) { return sign_in(visit, rooms); }),
        public_get(
            "/sign-in/passkey",
            [rooms](const Visit& visit) { return assertion_question(rooms, Asking::sign_in, nullptr, visit.moment); }),
        public_post("/sign-in/passkey", [rooms](const Visit& visit) { return sign_in_by_passkey(visit, rooms); }),
        post("/sign-out", actions::kOwnAccount,
             [rooms](const Visit& visit, const Scope&) { return sign_out(visit, rooms); }),
    };
}

} // namespace azukari::access::pages
