#include "app/settings.h"

#include "base/system_cause.h"

#include <fmt/format.h>
#include <toml++/toml.h>

namespace azukari::app {
namespace {

constexpr RefusalKind kCannotRead{"settings.unreadable", "設定ファイル {} を開けません（{}）。"};
constexpr RefusalKind kNotToml{"settings.not_toml", "設定ファイル {} の {} 行目の書き方が正しくありません。「名前 = "
                                                    "値」の形か、引用符とかっこが閉じているかを確かめてください。"};
constexpr RefusalKind kUnknownKey{"settings.unknown_key", "設定ファイル {} の {} 行目: 「{}」という設定はありません。"};
constexpr RefusalKind kExpected{"settings.expected", "設定ファイル {} の {} 行目: 「{}」には{}を書いてください。"};

class Reader {
public:
    Reader(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

    Result<void> read_into(Settings& settings)
    {
        for (const auto& [key, node] : table_) {
            if (const auto* part = node.as_table()) {
                for (const auto& [inner, value] : *part)
                    AZK_REQUIRE(take(fmt::format("{}.{}", key.str(), inner.str()), value, settings));
            } else {
                AZK_REQUIRE(take(std::string(key.str()), node, settings));
            }
        }
        return {};
    }

private:
    std::string line(const toml::node& node) const { return std::to_string(node.source().begin.line); }

    Result<void> take(const std::string& key, const toml::node& node, Settings& settings)
    {
        if (key == "port") {
            const auto number = node.value<std::int64_t>();
            if (!number || *number < 1 || *number > 65535)
                return refuse(kExpected, file_, line(node), key, "1 から 65535 までの数");
            settings.port = static_cast<std::uint16_t>(*number);
            return {};
        }
        auto* const words = text_of(key, settings);
        auto* const place = path_of(key, settings);
        if (key != "keys.guard" && words == nullptr && place == nullptr)
            return refuse(kUnknownKey, file_, line(node), key);
        const auto text = node.value<std::string>();
        if (!text) return refuse(kExpected, file_, line(node), key, "文字列（\"…\"）");
        if (words != nullptr)
            *words = *text;
        else if (place != nullptr)
            *place = settings.folder / *text; // an absolute path stays as it is
        else
            return take_guard(*text, node, settings);
        return {};
    }

    Result<void> take_guard(const std::string& text, const toml::node& node, Settings& settings)
    {
        if (text == "key_file")
            settings.guard = KeyGuard::key_file;
        else if (text == "passphrase")
            settings.guard = KeyGuard::passphrase;
        else if (text == "pkcs11")
            settings.guard = KeyGuard::pkcs11;
        else
            return refuse(kExpected, file_, line(node), "keys.guard", "key_file、passphrase、pkcs11 のどれか");
        return {};
    }

    static std::string* text_of(std::string_view key, Settings& settings)
    {
        if (key == "address") return &settings.address;
        if (key == "site") return &settings.site;
        if (key == "trusted_proxy") return &settings.trusted_proxy;
        if (key == "store.postgres") return &settings.postgres;
        if (key == "ledger.origin") return &settings.ledger_origin;
        if (key == "ledger.witness") return &settings.witness_key;
        if (key == "keys.pkcs11_module") return &settings.pkcs11_module;
        if (key == "keys.pkcs11_token") return &settings.pkcs11_token;
        if (key == "keys.pkcs11_key") return &settings.pkcs11_key;
        return nullptr;
    }

    static std::filesystem::path* path_of(std::string_view key, Settings& settings)
    {
        if (key == "tls.certificate") return &settings.tls_certificate;
        if (key == "tls.key") return &settings.tls_key;
        if (key == "keys.file") return &settings.key_file;
        return nullptr;
    }

    const toml::table& table_;
    std::string file_;
};

} // namespace

std::string Settings::web_origin() const
{
    const bool https = tls() || !trusted_proxy.empty();
    const bool usual = !trusted_proxy.empty() || port == (https ? 443 : 80);
    return fmt::format("{}://{}{}", https ? "https" : "http", site, usual ? "" : fmt::format(":{}", port));
}

std::optional<ledger::note::VerifierKey> Settings::witness() const
{
    return witness_key.empty() ? std::nullopt : ledger::note::VerifierKey::parse(witness_key);
}

Result<Settings> read_settings(const std::filesystem::path& folder)
{
    Settings settings{.folder = folder};
    settings.key_file = folder / "root.key";
    const auto file = folder / "azukari.toml";
    std::error_code error;
    const bool there = std::filesystem::exists(file, error);
    if (error) return refuse(kCannotRead, file.string(), cause_of(error));
    if (!there) return settings;
    try { // toml++ tells of a file that is not TOML by throwing; here it becomes a refusal with its line
        const auto table = toml::parse_file(file.string());
        AZK_REQUIRE(Reader(table, file.string()).read_into(settings));
        if (!settings.witness_key.empty() && !settings.witness())
            return refuse(kExpected, file.string(), "?", "ledger.witness", "区の検証鍵（vkey）");
    } catch (const toml::parse_error& broken) {
        return refuse(kNotToml, file.string(), std::to_string(broken.source().begin.line));
    }
    return settings;
}

} // namespace azukari::app
