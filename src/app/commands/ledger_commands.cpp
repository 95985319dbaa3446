#include "app/commands/commands.h"
#include "ledger/evidence/bundle.h"
#include "ledger/publisher.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace azukari::app {
namespace {

constexpr RefusalKind kCannotWrite{"ledger.cannot_write", "{} に書けません。場所と空き容量を確かめてください。"};
constexpr RefusalKind kCannotRead{"ledger.cannot_read", "{} を読めません。"};

struct Wish {
    std::string folder = "/var/lib/azukari";
    std::string file;
};

// Runs `work` with the ledger of an opened house.
template <class F>
Result<void> with_ledger(const Wish& wish, F&& work)
{
    AZK_TRY(const auto settings, read_settings(wish.folder));
    AZK_TRY(auto house, House::open(settings, ask_passphrase));
    AZK_TRY(auto key, house.keystore().ledger_key());
    const ledger::Publisher publisher({settings.ledger_origin, std::move(key), settings.witness()});
    return work(house, publisher);
}

ledger::Published publish(House& house, const ledger::Publisher& publisher)
{
    return house.db().write([&](storage::Tx& tx) { return publisher.publish(tx, house.clock().now()); });
}

Result<void> write_file(const std::string& path, std::string_view text)
{
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) return refuse(kCannotWrite, path);
    fmt::print("{}\n", path);
    return {};
}

Result<void> checkpoint(const Wish& wish)
{
    return with_ledger(wish, [&](House& house, const ledger::Publisher& publisher) {
        return write_file(wish.file, publish(house, publisher).note.whole());
    });
}

Result<void> evidence(const Wish& wish)
{
    return with_ledger(wish, [&](House& house, const ledger::Publisher& publisher) -> Result<void> {
        ledger::evidence::Bundle bundle(house.db(), publisher, publish(house, publisher));
        std::ofstream file(wish.file, std::ios::binary);
        for (std::string piece; bundle.next(piece); piece.clear()) file << piece;
        file.close();
        if (!file) return refuse(kCannotWrite, wish.file);
        fmt::print("{}\n", wish.file);
        return {};
    });
}

Result<void> witness_request(const Wish& wish)
{
    return with_ledger(wish, [&](House& house, const ledger::Publisher& publisher) -> Result<void> {
        publish(house, publisher);
        AZK_TRY(const auto request, house.db().read([&](const storage::Snapshot& snapshot) {
            return publisher.witness_request(snapshot);
        }));
        return write_file(wish.file, request);
    });
}

Result<void> witness_import(const Wish& wish)
{
    std::ostringstream text;
    text << std::ifstream(wish.file, std::ios::binary).rdbuf();
    if (text.str().empty()) return refuse(kCannotRead, wish.file);
    return with_ledger(wish, [&](House& house, const ledger::Publisher& publisher) -> Result<void> {
        AZK_TRY(const auto cosigned,
                house.db().write([&](storage::Tx& tx) { return publisher.import_cosignature(tx, text.str()); }));
        fmt::print("{} 件目までの記録に区の連署が付きました（{}）。\n", cosigned.size, to_japanese(cosigned.at));
        return {};
    });
}

} // namespace

void add_ledger_commands(CLI::App& app, int& exit_code)
{
    auto* group =
        app.add_subcommand("ledger", "記録台帳の証拠と区の連署（サーバーを止めて行う。動いている間は画面から）");
    group->require_subcommand(1);
    const auto wish = std::make_shared<Wish>();
    const auto add = [&](const char* name, const char* what, const char* option, Result<void> (*run)(const Wish&)) {
        auto* command = group->add_subcommand(name, what);
        command->add_option("--data", wish->folder, "データフォルダー")->capture_default_str();
        command->add_option(option, wish->file, "ファイル")->required();
        command->callback([wish, run, &exit_code] { exit_code = tell(run(*wish)); });
    };
    add("checkpoint", "いまの台帳の署名付きチェックポイントを書き出す", "--output", checkpoint);
    add("evidence", "証拠一式（ZIP）を書き出す", "--output", evidence);
    add("witness-request", "区の連署を求めるファイルを書き出す", "--output", witness_request);
    add("witness-import", "区の連署を取り込む", "--input", witness_import);
}

} // namespace azukari::app
