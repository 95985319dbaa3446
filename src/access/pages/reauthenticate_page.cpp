#include "access/pages/reauthenticate_page.h"

#include "access/pages/passkey_form.h"
#include "office/shell/dispatch.h"
#include "office/shell/shell.h"

namespace azukari::access::pages {
namespace {

using namespace html;
using namespace office;

http::Response show_question(const Visit& visit, const Rooms& rooms, std::string_view next,
                             std::vector<Refusal> refusals)
{
    const auto account = rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return find_account(snapshot, visit.session->account); });
    FormState state;
    state.refusals = std::move(refusals);
    Page page{"ご本人の確認", error_summary(state)};
    page.lead = p("大切な操作のため、ご本人であることをもう一度確かめます。確認は5分間有効です。");
    page.body +=
        post_form(visit, url("/reauthenticate"), hidden_field("next", next),
                  text_field(state, {.name = "password",
                                     .label = "パスワード",
                                     .required = true,
                                     .type = "password",
                                     .autocomplete = "current-password",
                                     .size = Field::Size::medium}),
                  when(account && account->totp,
                       text_field(state, {.name = "code",
                                          .label = "認証コード",
                                          .hint = "認証アプリに今出ている6桁の数字です。一度使った数字は使えないため、"
                                                  "ログインの直後は次の数字を待ってください。",
                                          .required = true,
                                          .autocomplete = "one-time-code",
                                          .inputmode = "numeric",
                                          .max_length = 6,
                                          .size = Field::Size::small})),
                  button_row(join(submit_button("確認する"), link_button("やめる", url("/"), Weight::plain))));
    if (account && account->passkeys > 0)
        page.body += passkey_form(visit, url("/reauthenticate/passkey"), url("/reauthenticate/passkey"),
                                  "パスキーで確認する", hidden_field("next", next));
    page.width = Width::text;
    page.scripts = {passkey_script()};
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

http::Response answer(const Visit& visit, const Rooms& rooms, const Result<void>& proved)
{
    const auto next = visit.request.form.get("next");
    if (!proved) return show_question(visit, rooms, next, {proved.error()});
    return http::Response::see_other(safe_return(next));
}

http::Response by_password(const Visit& visit, const Rooms& rooms)
{
    const auto& form = visit.request.form;
    const SecretText password{std::string(form.get("password"))};
    const Proof proof{password, form.get("code"), visit.request.remote_address};
    return answer(visit, rooms, rooms.door.reauthenticate(*visit.session, proof, visit.moment));
}

http::Response by_passkey(const Visit& visit, const Rooms& rooms)
{
    return answer(visit, rooms,
                  rooms.passkeys.reauthenticate(*visit.session, posted_answer(visit.request), visit.moment));
}

} // namespace

std::vector<Route> reauthenticate_routes(Rooms rooms)
{
    return {
        get("/reauthenticate", actions::kOwnAccount,
            [rooms](const Visit& visit, const Scope&) {
                return show_question(visit, rooms, visit.request.query.get("next"), {});
            }),
        post("/reauthenticate", actions::kOwnAccount,
             [rooms](const Visit& visit, const Scope&) { return by_password(visit, rooms); }),
        get("/reauthenticate/passkey", actions::kOwnAccount,
            [rooms](const Visit& visit, const Scope&) {
                return assertion_question(rooms, Asking::reauthenticate, visit.session, visit.moment);
            }),
        post("/reauthenticate/passkey", actions::kOwnAccount,
             [rooms](const Visit& visit, const Scope&) { return by_passkey(visit, rooms); }),
    };
}

} // namespace azukari::access::pages
