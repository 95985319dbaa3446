#include "access/pages/accounts_page.h"

#include "access/signin/attempt_store.h"
#include "ledger/ledger.h"
#include "office/shell/shell.h"
#include "party/party_store.h"

namespace azukari::access::pages {
namespace {

using namespace html;
using namespace office;

// The ward's officers and reviewers see every organisation's accounts, everybody else their own organisation's.
std::vector<party::Organisation> organisations_for(const storage::Snapshot& snapshot, const Session& session)
{
    auto all = party::organisations(snapshot);
    if (!is_ward(session.role))
        std::erase_if(all, [&](const party::Organisation& one) { return one.id != session.organisation; });
    return all;
}

// The account in the address, when it is one this person may manage.
Result<Account> account_in_path(const storage::Snapshot& snapshot, const Visit& visit)
{
    const auto id = AccountId::parse(visit.request.path_params.get("account"));
    auto account = id ? find_account(snapshot, *id) : std::nullopt;
    const auto& me = *visit.session;
    const bool theirs = account && (is_ward(me.role) || account->organisation == me.organisation);
    if (!theirs) return refuse(kNoSuchAccount);
    if (account->id == visit.session->account) return refuse(kOwnAccountOnly);
    return *std::move(account);
}

Html state_of(const Account& account, bool locked)
{
    if (account.state == AccountState::suspended) return chip(Tone::bad, "停止中");
    if (account.state == AccountState::closed) return chip(Tone::neutral, "閉鎖");
    if (locked) return chip(Tone::bad, "ロック中");
    if (account.initial_password && account.passkeys == 0) return chip(Tone::caution, "初期パスワード");
    return chip(Tone::good, "利用中");
}

Html factors_of(const Account& account)
{
    std::string words;
    if (account.totp) words = "認証アプリ";
    if (account.passkeys > 0)
        words += (words.empty() ? "" : "・") + ("パスキー" + std::to_string(account.passkeys) + "個");
    return words.empty() ? Html("未登録") : Html(words);
}

Html steps_for(const Visit& visit, const Account& account, bool locked)
{
    if (account.id == visit.session->account || account.state == AccountState::closed) return {};
    const auto at = [&](const char* what) { return Url("/accounts/" + account.id.text() + "/" + what); };
    Html buttons;
    if (locked) buttons += link_button("ロックを解除", at("unlock"), Weight::secondary);
    if (account.state == AccountState::suspended)
        buttons += link_button("停止を解く", at("resume"), Weight::secondary);
    else
        buttons += link_button("停止", at("suspend"), Weight::plain);
    buttons += link_button("初期パスワードに戻す", at("reset"), Weight::plain);
    return buttons;
}

http::Response show_accounts(const Visit& visit, const Rooms& rooms)
{
    const bool manages = grants(actions::kManageAccounts, visit.session->role);
    Page page{"アカウント", {}};
    rooms.db.read([&](const storage::Snapshot& snapshot) {
        for (const auto& organisation : organisations_for(snapshot, *visit.session)) {
            Table table{organisation.name, {{"氏名"}, {"役割"}, {"ログイン名"}, {"認証の手段"}, {"状態"}}, {}};
            if (manages) table.columns.push_back({"操作"});
            for (const auto& account : accounts_of(snapshot, organisation.id)) {
                const bool locked = failures_of(snapshot, account.login) >= kMostFailures;
                table.rows.push_back({account.name, std::string(japanese(account.role)), account.login,
                                      factors_of(account), state_of(account, locked)});
                if (manages) table.rows.back().push_back(steps_for(visit, account, locked));
            }
            page.body += data_table(visit, table);
        }
    });
    page.lead = p("アカウントは一人に一つです。共用のアカウントは作れません。");
    if (manages) page.actions = link_button("人とアカウントを追加", url("/accounts/new"), Weight::primary);
    return show(visit, page);
}

struct Change {
    std::string_view path;
    std::string_view title;
    std::string_view consequence;
    std::string_view button;
    std::string_view done;
};
constexpr Change kChanges[] = {
    {"unlock", "ロックを解除します", "間違いの回数が0に戻り、再びログインできるようになります。", "解除する",
     "ロックを解除しました。"},
    {"suspend", "アカウントを停止します", "この方は直ちに何もできなくなり、ログイン中の画面も終了します。", "停止する",
     "アカウントを停止しました。"},
    {"resume", "アカウントの停止を解きます", "この方は再びログインできるようになります。", "停止を解く",
     "停止を解きました。"},
    {"reset", "初期パスワードに戻します",
     "認証アプリとパスキーの登録が消え、ログイン中の画面は終了します。新しい初期パスワードが一度だけ表示されます。",
     "初期パスワードに戻す", ""},
};

http::Response ask(const Visit& visit, const Rooms& rooms, const Change& change)
{
    const auto account = rooms.db.read([&](const storage::Snapshot& s) { return account_in_path(s, visit); });
    if (!account) return show_refusal(visit, account.error(), 404);
    auto page = confirmation_page(
        visit,
        {.title = std::string(change.title),
         .consequences = {std::string(change.consequence)},
         .summary = description_list(
             {{"氏名", account->name}, {"役割", std::string(japanese(account->role))}, {"ログイン名", account->login}}),
         .confirm_label = std::string(change.button),
         .action = Url("/accounts/" + account->id.text() + "/" + std::string(change.path)),
         .cancel = url("/accounts"),
         .weight = change.path == "suspend" || change.path == "reset" ? Weight::danger : Weight::primary});
    page.crumbs = {{"アカウント", url("/accounts")}};
    return show(visit, page);
}

// Enough at random for a first password; people replace it at once.
std::string first_password(Entropy& entropy)
{
    const auto text = base32(entropy.bytes<15>());
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 4) out += (out.empty() ? "" : "-") + text.substr(i, 4);
    return out;
}

http::Response show_first_password(const Visit& visit, std::string_view login, const std::string& password)
{
    Page page{"初期パスワード", notice(Tone::caution, "この画面は一度しか表示されません。")};
    page.body += description_list({{"ログイン名", login}, {"初期パスワード", code(password)}});
    page.body +=
        p("ご本人に手渡しなどの安全な方法で伝えてください。ご本人は最初のログインで、ご自分のパスワードに変え、"
          "認証アプリかパスキーを登録します。");
    page.body += button_row(link_button("アカウントの一覧へ", url("/accounts"), Weight::primary));
    page.crumbs = {{"アカウント", url("/accounts")}};
    page.width = Width::text;
    return show(visit, page);
}

http::Response reset(const Visit& visit, const Rooms& rooms, const Scope& scope)
{
    const auto account = rooms.db.read([&](const storage::Snapshot& s) { return account_in_path(s, visit); });
    if (!account) return show_refusal(visit, account.error(), 404);
    const auto password = first_password(rooms.door.entropy());
    const auto done = rooms.door.reset(account->id, SecretText(password), scope.account().text(), visit.moment);
    if (!done) return show_refusal(visit, done.error(), 409);
    return show_first_password(visit, account->login, password);
}

http::Response apply(const Visit& visit, const Rooms& rooms, const Scope& scope, const Change& change)
{
    if (change.path == "reset") return reset(visit, rooms, scope);
    const auto done = rooms.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto account, account_in_path(tx, visit));
        if (change.path == "unlock") {
            forget_failures(tx, account.login);
            auto entry = scope.entry("access.unlocked");
            entry.object = account.id.text();
            ledger::append(tx, entry);
        } else {
            const auto state = change.path == "suspend" ? AccountState::suspended : AccountState::active;
            set_account_state(tx, visit.moment, scope.account().text(), account.id, state);
        }
        return {};
    });
    if (!done) return show_refusal(visit, done.error(), 404);
    return http::Response::see_other("/accounts", std::string(change.done));
}

std::vector<Choice> role_choices(const Session& session)
{
    std::vector<Choice> choices;
    for (int role = 0; role < kRoles; ++role)
        if (is_ward(static_cast<Role>(role)) ? is_ward(session.role) : true)
            choices.push_back({std::to_string(role), std::string(japanese(static_cast<Role>(role)))});
    return choices;
}

http::Response show_new(const Visit& visit, const Rooms& rooms, const FormState& state)
{
    std::vector<Choice> organisations;
    rooms.db.read([&](const storage::Snapshot& snapshot) {
        for (const auto& one : organisations_for(snapshot, *visit.session))
            organisations.push_back({one.id.text(), one.name});
    });
    Page page{"人とアカウントの追加", error_summary(state)};
    page.body += post_form(
        visit, url("/accounts"),
        select_field(state, {.name = "organisation", .label = "所属する組織", .required = true}, organisations),
        text_field(state, {.name = "name", .label = "氏名", .hint = "姓と名の間に空白を入れます。", .required = true}),
        text_field(state, {.name = "kana", .label = "フリガナ", .hint = "全角カタカナ", .required = true}),
        select_field(state, {.name = "role", .label = "役割", .required = true}, role_choices(*visit.session)),
        text_field(state, {.name = "login",
                           .label = "ログイン名",
                           .hint = "英小文字で始まる3~40文字。例: taro.mihon",
                           .required = true,
                           .size = Field::Size::medium}),
        checkbox(
            state,
            {.name = "employed", .label = "この方が、選んだ組織に所属していることを確かめました。", .required = true}),
        button_row(join(submit_button("追加する"), link_button("やめる", url("/accounts"), Weight::plain))));
    page.crumbs = {{"アカウント", url("/accounts")}};
    page.width = Width::text;
    if (!state.refusals.empty()) page.status = kRefusedForm;
    return show(visit, page);
}

Result<Door::Person> posted_person(const Visit& visit, const Rooms& rooms)
{
    const auto& form = visit.request.form;
    const auto organisation = OrganisationId::parse(form.get("organisation"));
    const bool theirs = rooms.db.read([&](const storage::Snapshot& snapshot) {
        const auto all = organisations_for(snapshot, *visit.session);
        return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.id == organisation; });
    });
    if (!theirs) return refuse_field("organisation", party::kNoSuchOrganisation);
    const auto role = form.get("role");
    if (role.size() != 1 || role[0] < '0' || role[0] >= '0' + kRoles) return refuse_field("role", kRoleMismatch);
    if (form.get("employed") != "yes") return refuse_field("employed", kEmploymentUnattested);
    return Door::Person{{.organisation = *organisation, .name = form.get("name"), .kana = form.get("kana")},
                        form.get("login"),
                        static_cast<Role>(role[0] - '0')};
}

http::Response add(const Visit& visit, const Rooms& rooms, const Scope& scope)
{
    const auto password = first_password(rooms.door.entropy());
    const auto person = posted_person(visit, rooms);
    if (!person) return show_new(visit, rooms, refused(visit.request.form, {person.error()}));
    const auto added = rooms.door.take_on(*person, SecretText(password), scope, visit.moment);
    if (!added) return show_new(visit, rooms, refused(visit.request.form, {added.error()}));
    return show_first_password(visit, person->login, password);
}

} // namespace

std::vector<Route> accounts_routes(Rooms rooms)
{
    const auto& manage = actions::kManageAccounts;
    std::vector<Route> routes{
        get("/accounts", actions::kSeeAccounts,
            [rooms](const Visit& visit, const Scope&) { return show_accounts(visit, rooms); }),
        get("/accounts/new", manage, [rooms](const Visit& visit, const Scope&) { return show_new(visit, rooms, {}); }),
        post("/accounts", manage, [rooms](const Visit& visit, const Scope& scope) { return add(visit, rooms, scope); }),
    };
    for (const auto& change : kChanges) {
        const auto path = "/accounts/{account}/" + std::string(change.path);
        routes.push_back(get(path, manage,
                             [rooms, &change](const Visit& visit, const Scope&) { return ask(visit, rooms, change); }));
        routes.push_back(post(path, manage, [rooms, &change](const Visit& visit, const Scope& scope) {
            return apply(visit, rooms, scope, change);
        }));
    }
    return routes;
}

} // namespace azukari::access::pages
