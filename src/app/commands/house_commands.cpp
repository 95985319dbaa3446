#include "app/backups/requests.h"
#include "app/commands/commands.h"
#include "app/demo.h"
#include "app/private_file.h"
#include "infra/http/server.h"
#include "infra/jobs/pulse.h"
#include "ledger/ledger.h"

#include <charconv>
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>

namespace azukari::app {
namespace {

constexpr RefusalKind kListenAddress{"serve.listen", "--listen は 127.0.0.1:8600 の形で指定してください。"};
constexpr RefusalKind kDemoNotEmpty{"demo.not_empty",
                                    "{} にはすでにデータがあります。見本は空のフォルダーにだけ作れます。"};

struct Wish {
    std::string folder = "/var/lib/azukari";
    std::string listen;
};

Result<Settings> settings_of(const Wish& wish)
{
    AZK_TRY(auto settings, read_settings(wish.folder));
    if (wish.listen.empty()) return settings;
    const auto colon = wish.listen.rfind(':');
    if (colon == std::string::npos) return refuse(kListenAddress);
    int port = 0;
    const auto* end = wish.listen.data() + wish.listen.size();
    const auto [stop, error] = std::from_chars(wish.listen.data() + colon + 1, end, port);
    if (error != std::errc{} || stop != end || port < 1 || port > 65535) return refuse(kListenAddress);
    settings.address = wish.listen.substr(0, colon);
    settings.port = static_cast<std::uint16_t>(port);
    return settings;
}

void note(House& house, std::string_view act)
{
    ledger::Entry entry;
    entry.at = house.clock().now();
    entry.act = act;
    entry.actor = "system";
    entry.outcome = "done";
    house.db().write([&](storage::Tx& tx) { ledger::append(tx, entry); });
}

Result<void> init(const Wish& wish)
{
    AZK_TRY(const auto settings, settings_of(wish));
    SystemEntropy entropy;
    AZK_TRY(const auto passphrase, new_passphrase(settings));
    AZK_REQUIRE(House::found(settings, passphrase, entropy));
    AZK_TRY(auto house, House::open(settings, passphrase));
    note(house, "keys.created");
    fmt::print(
        "データフォルダー {} を用意しました。続けて `azukari keystore shares` で復旧用の控えを印刷してください。\n",
        wish.folder);
    return {};
}

Result<void> demo(const Wish& wish)
{
    AZK_TRY(const auto settings, settings_of(wish));
    if (House::is_founded(settings)) return refuse(kDemoNotEmpty, wish.folder);
    SystemEntropy entropy;
    AZK_TRY(const auto passphrase, new_passphrase(settings));
    AZK_REQUIRE(House::found(settings, passphrase, entropy));
    AZK_TRY(auto house, House::open(settings, passphrase));
    AZK_TRY(const auto office, FrontOffice::open(house));
    AZK_TRY(const auto accounts, fill_demo(house, *office));
    const auto file = settings.folder / "demo-accounts.json";
    AZK_REQUIRE(write_private_file(file, to_json(accounts)));
    fmt::print("見本のデータを {} に作りました（人物・組織はすべて架空です）。アカウント:\n", wish.folder);
    for (const auto& account : accounts)
        fmt::print("  {:<12} {}  {}（{}）\n", account.login, account.password, account.name, account.role_name);
    fmt::print("ワンタイムパスワードの鍵は {} にあります。\n", file.string());
    return {};
}

Result<void> serve(const Wish& wish)
{
    AZK_TRY(const auto settings, settings_of(wish));
    AZK_TRY(auto house, House::open(settings, ask_passphrase));
    AZK_TRY(const auto office, FrontOffice::open(house));
    http::ServerSettings server_settings;
    server_settings.address = settings.address;
    server_settings.port = settings.port;
    server_settings.certificate_file = settings.tls_certificate.string();
    server_settings.key_file = settings.tls_key.string();
    if (!settings.trusted_proxy.empty()) server_settings.trusted_proxies = {settings.trusted_proxy};
    http::Server server(server_settings, office->dispatcher().application(), house.clock());
    note(house, "server.started");
    const Intercom intercom(settings.folder, [&](const Question& question, const backup::Progress& progress) {
        return answer_request(house, office->publisher(), question, progress);
    });
    fmt::print("預かりを開きました: {}\n", settings.web_origin());
    std::fflush(stdout);
    {
        const jobs::Pulse pulse(office->rhythm(), house.clock());
        server.run();
    }
    note(house, "server.stopped");
    return {};
}

// One line a route: method, pattern, guard. What a test of the authorisation matrix walks.
Result<void> list_routes(const Wish& wish)
{
    AZK_TRY(const auto settings, settings_of(wish));
    AZK_TRY(auto house, House::open(settings, ask_passphrase));
    AZK_TRY(const auto office, FrontOffice::open(house));
    for (const auto& route : office->routes())
        fmt::print("{} {} {}\n", route.method == http::Method::post ? "POST" : "GET", route.pattern,
                   route.guard != nullptr ? route.guard->name : "open");
    return {};
}

} // namespace

void add_house_commands(CLI::App& app, int& exit_code)
{
    const auto wish = std::make_shared<Wish>();
    const auto add = [&](const char* name, const char* what, Result<void> (*run)(const Wish&)) {
        auto* command = app.add_subcommand(name, what);
        command->add_option("--data", wish->folder, "データフォルダー")->capture_default_str();
        command->callback([wish, run, &exit_code] { exit_code = tell(run(*wish)); });
        return command;
    };
    add("init", "鍵とデータの置き場所を用意する", init);
    add("demo", "架空の組織・人物・委託で見本のデータを作る", demo);
    add("serve", "画面を開く", serve)->add_option("--listen", wish->listen, "待ち受けるアドレス（127.0.0.1:8600）");
    add("routes", "画面のアドレスと必要な権限を一覧にする", list_routes);
}

} // namespace azukari::app
