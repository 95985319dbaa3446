#include "app/settings.h"

#include "base/system_cause.h"
#include "infra/text/toml_document.h"
#include "infra/wire/clamd.h"
#include "infra/wire/cups_spooler.h"
#include "infra/wire/http_client.h"

#include <cerrno>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace azukari::app {
namespace {

constexpr RefusalKind kCannotRead{"settings.unreadable", "設定ファイル {} を開けません（{}）。"};
constexpr RefusalKind kNotToml{"settings.not_toml", "設定ファイル {} の {} 行目の書き方が正しくありません。「名前 = "
                                                    "値」の形か、引用符とかっこが閉じているかを確かめてください。"};
constexpr RefusalKind kUnknownKey{"settings.unknown_key", "設定ファイル {} の {} 行目: 「{}」という設定はありません。"};
constexpr RefusalKind kExpected{"settings.expected", "設定ファイル {} の {} 行目: 「{}」には{}を書いてください。"};

class Reader {
public:
    explicit Reader(std::string file) : file_(std::move(file)) {}

    // The settings of a table, those of [keys] and the like as "keys.guard".
    Result<void> read_into(Settings& settings, const text::TomlTable& table, const std::string& before = {}) const
    {
        for (const auto& [key, value] : table.entries) {
            const auto* part = value.as<text::TomlTable>();
            AZK_REQUIRE(part != nullptr && before.empty() ? read_into(settings, *part, key.name + ".")
                                                          : take(before + key.name, value, settings));
        }
        return {};
    }

private:
    static std::string line(const text::TomlValue& value) { return std::to_string(value.line); }

    Result<void> take(const std::string& key, const text::TomlValue& value, Settings& settings) const
    {
        if (key == "port") return take_number(key, value, 1, 65535, settings.port);
        if (key == "scanner.signature_days") return take_number(key, value, 0, 365, settings.signature_days);
        // The server takes 64 MB at most, the form around the file included.
        if (key == "attachments.most_megabytes") return take_number(key, value, 1, 60, settings.most_megabytes);
        for (const std::string_view list : {"printers.", "computers."})
            if (key.starts_with(list)) return take_named(list, key, value, settings);
        auto* const words = text_of(key, settings);
        auto* const place = path_of(key, settings);
        if (key != "keys.guard" && words == nullptr && place == nullptr)
            return refuse(kUnknownKey, file_, line(value), key);
        const auto* text = value.as<std::string>();
        if (text == nullptr) return refuse(kExpected, file_, line(value), key, "文字列（\"…\"）");
        if (key == "ledger.witness_url" && !wire::is_web_address(*text))
            return refuse(kExpected, file_, line(value), key, "http:// または https:// で始まるアドレス");
        if (key == "scanner.clamd" && !wire::is_clamd_place(*text))
            return refuse(kExpected, file_, line(value), key,
                          "ソケットの場所（/run/…）か、127.0.0.1:3310 の形のアドレス");
        if (words != nullptr)
            *words = *text;
        else if (place != nullptr)
            *place = settings.folder / *text; // an absolute path stays as it is
        else
            return take_guard(*text, value, settings);
        return {};
    }

    template <class Number>
    Result<void> take_number(const std::string& key, const text::TomlValue& value, std::int64_t least,
                             std::int64_t most, Number& into) const
    {
        const auto* number = value.as<std::int64_t>();
        if (number == nullptr || *number < least || *number > most)
            return refuse(kExpected, file_, line(value), key, fmt::format("{} から {} までの数", least, most));
        into = static_cast<Number>(*number);
        return {};
    }

    // A line of [printers] or [computers]: a name or an address on the left, quoted where it is not of plain letters.
    Result<void> take_named(std::string_view list, const std::string& key, const text::TomlValue& value,
                            Settings& settings) const
    {
        const auto left = key.substr(list.size());
        const auto* text = value.as<std::string>();
        const bool printer = list == "printers.";
        if (text == nullptr || (printer && !wire::is_printer_address(*text)) || !is_name(printer ? left : *text))
            return refuse(
                kExpected, file_, line(value), key,
                printer ? "ipp:// または ipps:// で始まるプリンターのアドレス（\"ipp://localhost/printers/mihon\"）"
                        : "コンピューターの名前（60文字まで）");
        if (printer)
            settings.printers.push_back({left, *text});
        else
            settings.computers.emplace(left, *text);
        return {};
    }

    static bool is_name(std::string_view words)
    {
        constexpr std::size_t kLongest = 180; // bytes
        return !words.empty() && words.size() <= kLongest &&
               std::none_of(words.begin(), words.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    }

    Result<void> take_guard(const std::string& text, const text::TomlValue& value, Settings& settings) const
    {
        if (text == "key_file")
            settings.guard = KeyGuard::key_file;
        else if (text == "passphrase")
            settings.guard = KeyGuard::passphrase;
        else if (text == "pkcs11")
            settings.guard = KeyGuard::pkcs11;
        else
            return refuse(kExpected, file_, line(value), "keys.guard", "key_file、passphrase、pkcs11 のどれか");
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
        if (key == "ledger.witness_url") return &settings.witness_url;
        if (key == "scanner.clamd") return &settings.clamd;
        if (key == "keys.pkcs11_module") return &settings.pkcs11_module;
        if (key == "keys.pkcs11_token") return &settings.pkcs11_token;
        if (key == "keys.pkcs11_key") return &settings.pkcs11_key;
        return nullptr;
    }

    static std::filesystem::path* path_of(std::string_view key, Settings& settings)
    {
        if (key == "tls.certificate") return &settings.tls_certificate;
        if (key == "tls.key") return &settings.tls_key;
        if (key == "ledger.witness_ca") return &settings.witness_ca;
        if (key == "keys.file") return &settings.key_file;
        if (key == "backup.data") return &settings.backups.data;
        if (key == "backup.keys") return &settings.backups.keys;
        if (key == "backup.ledger") return &settings.backups.ledger;
        return nullptr;
    }

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
    std::ifstream in(file, std::ios::binary);
    if (!in) return refuse(kCannotRead, file.string(), cause_of(errno));
    const auto document = text::parse_toml(std::string(std::istreambuf_iterator<char>(in), {}));
    if (!document.root) return refuse(kNotToml, file.string(), std::to_string(document.error.line));
    AZK_REQUIRE(Reader(file.string()).read_into(settings, *document.root->as<text::TomlTable>()));
    std::sort(settings.printers.begin(), settings.printers.end());
    if (!settings.witness_key.empty() && !settings.witness())
        return refuse(kExpected, file.string(), "?", "ledger.witness", "区の検証鍵（vkey）");
    if (!settings.witness_url.empty() && settings.witness_key.empty())
        return refuse(kExpected, file.string(), "?", "ledger.witness", "区の検証鍵（vkey）。witness_url に要ります");
    const auto& places = settings.backups;
    for (const auto part : backup::kParts)
        if (places.of(part).empty() && !(places.data.empty() && places.keys.empty() && places.ledger.empty()))
            return refuse(kExpected, file.string(), "?", fmt::format("backup.{}", backup::code_of(part)),
                          "控えの置き場所。data、keys、ledger の三つがそろって要ります");
    return settings;
}

} // namespace azukari::app
