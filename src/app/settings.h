// What one installation has decided: where it listens, where its data and keys lie. Read once at start from
// <data folder>/azukari.toml; every key has a default, an unknown key is refused.
#pragma once

#include "backup/backup.h"
#include "base/result.h"
#include "ledger/note/signed_note.h"
#include "printing/printers.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace azukari::app {

enum class KeyGuard { key_file, passphrase, pkcs11 };

struct Settings {
    std::filesystem::path folder; // the data folder
    std::string address = "127.0.0.1";
    std::uint16_t port = 8600;
    // The name people type into the browser; passkeys are bound to it, so it must be a DNS name, not a number.
    std::string site = "localhost";
    std::filesystem::path tls_certificate{};
    std::filesystem::path tls_key{};
    std::string trusted_proxy{}; // address of the proxy that ends TLS, if one does
    std::string postgres{};      // a libpq connection string; empty: SQLite in the data folder
    std::string ledger_origin = "azukari.invalid/ledger";
    std::string witness_key{}; // the ward's verifier key (vkey); empty: nobody witnesses yet
    std::string witness_url{}; // where the ward's witness answers; empty: the house makes no connection by itself
    std::filesystem::path witness_ca{}; // PEM: whom to trust for witness_url instead of the system's authorities
    KeyGuard guard = KeyGuard::key_file;
    std::filesystem::path key_file{}; // default: <folder>/root.key
    std::string pkcs11_module{};
    std::string pkcs11_token{};
    std::string pkcs11_key{};
    std::vector<printing::Printer> printers{};      // in the order of their names; none: nothing is printed
    std::map<std::string, std::string> computers{}; // address to 印刷元コンピュータ名

    backup::Places backups{}; // where a copy is made every night; all three or none
    std::string clamd{};      // the virus scanner: a socket's path or "127.0.0.1:3310"; empty: attachments wait unseen
    int signature_days = 7;   // older virus signatures do not count; 0: not asked (a scanner with its own signatures)
    int most_megabytes = 32;  // of one attachment

    bool tls() const { return !tls_certificate.empty(); }
    std::filesystem::path store() const { return folder / "store" / "azukari.db"; }
    std::filesystem::path keys() const { return folder / "keys"; }
    // "https://azukari.example.lg.jp": what a browser sends as Origin.
    std::string web_origin() const;
    std::optional<ledger::note::VerifierKey> witness() const;
};

// Refuses a file with an error in it, naming file, line and what is expected. A missing file means the defaults.
Result<Settings> read_settings(const std::filesystem::path& folder);

} // namespace azukari::app
