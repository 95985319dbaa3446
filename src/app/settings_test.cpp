#include "app/settings.h"

#include <doctest/doctest.h>
#include <fstream>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::app;

namespace {

struct Folder {
    std::filesystem::path path;
    explicit Folder(std::string_view settings)
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-settings-XXXXXX").string();
        path = mkdtemp(name.data());
        std::ofstream(path / "azukari.toml") << settings;
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

std::string refusal_of(std::string_view settings)
{
    const Folder folder(settings);
    const auto read = read_settings(folder.path);
    REQUIRE_FALSE(read);
    return read.error().sentence();
}

} // namespace

TEST_CASE("settings have defaults, and paths are within the data folder unless they are absolute [K33]")
{
    const Folder folder(
        "port = 443\nsite = \"azukari.example\"\n[tls]\ncertificate = \"cert.pem\"\nkey = \"/etc/k.pem\"\n");
    const auto settings = read_settings(folder.path).value();
    CHECK(settings.address == "127.0.0.1");
    CHECK(settings.tls_certificate == folder.path / "cert.pem");
    CHECK(settings.tls_key == "/etc/k.pem");
    CHECK(settings.key_file == folder.path / "root.key");
    CHECK(settings.web_origin() == "https://azukari.example");
    CHECK(read_settings(folder.path / "nothing here").value().web_origin() == "http://localhost:8600");
}

TEST_CASE("an error in the settings is told with its line and what is expected")
{
    CHECK(refusal_of("address = \"127.0.0.1\"\nport = 99999\n").find("2 行目: 「port」には1 から 65535") !=
          std::string::npos);
    CHECK(refusal_of("[keys]\nguard = \"magic\"\n").find("key_file、passphrase、pkcs11") != std::string::npos);
    CHECK(refusal_of("\n\nlisten = \"x\"\n").find("3 行目: 「listen」という設定はありません") != std::string::npos);
    CHECK(refusal_of("port = \n").find("1 行目の書き方が正しくありません") != std::string::npos);
    CHECK(refusal_of("prot = 8600\n").find("「prot」という設定はありません") != std::string::npos);
    CHECK(refusal_of("[ledger]\nwitness_url = \"witness.example\"\n").find("2 行目: 「ledger.witness_url」には") !=
          std::string::npos);
    CHECK(refusal_of("[ledger]\nwitness_url = \"https://witness.example\"\n").find("ledger.witness") !=
          std::string::npos); // an answer that nobody could verify
    CHECK(refusal_of("site = 12\n").find("文字列") != std::string::npos);
}

TEST_CASE("printers and computers are named in the settings, and an address that is no printer's is told [K56]")
{
    const Folder folder("[printers]\n\"印字室 2号機\" = \"ipps://printer.example/ipp/print\"\n"
                        "\"印字室 1号機\" = \"ipp://localhost:631/printers/one\"\n"
                        "[computers]\n\"192.0.2.10\" = \"印字室-1\"\n");
    const auto settings = read_settings(folder.path).value();
    REQUIRE(settings.printers.size() == 2);
    CHECK(settings.printers[0].name == "印字室 1号機");
    CHECK(settings.printers[0].uri == "ipp://localhost:631/printers/one");
    CHECK(settings.computers.at("192.0.2.10") == "印字室-1");
    CHECK(read_settings(folder.path / "nothing here").value().printers.empty());

    CHECK(refusal_of("[printers]\nx = \"http://localhost/printers/x\"\n").find("2 行目: 「printers.x」には") !=
          std::string::npos);
    CHECK(refusal_of("[printers]\nx = \"ipp://who:pass@localhost/printers/x\"\n").find("ipp://") != std::string::npos);
    CHECK(refusal_of("[printers]\n\"a\\nb\" = \"ipp://localhost/printers/x\"\n").find("printers.") !=
          std::string::npos);
    CHECK(refusal_of("[computers]\n\"192.0.2.10\" = 7\n").find("コンピューターの名前") != std::string::npos);
}

TEST_CASE("the virus scanner and the size of attachments are settings, and what cannot be meant is refused [K36]")
{
    const Folder folder(
        "[scanner]\nclamd = \"/run/clamav/clamd.ctl\"\nsignature_days = 3\n[attachments]\nmost_megabytes = 40\n");
    const auto settings = read_settings(folder.path).value();
    CHECK(settings.clamd == "/run/clamav/clamd.ctl");
    CHECK(settings.signature_days == 3);
    CHECK(settings.most_megabytes == 40);
    const auto usual = read_settings(folder.path / "nothing here").value();
    CHECK(usual.clamd.empty());
    CHECK(usual.signature_days == 7);
    CHECK(usual.most_megabytes >= 30); // a fax of thirty megabytes passes
    CHECK(refusal_of("[scanner]\nclamd = \"clamd.ctl\"\n").find("2 行目: 「scanner.clamd」には") != std::string::npos);
    CHECK(refusal_of("[attachments]\nmost_megabytes = 61\n").find("1 から 60 までの数") != std::string::npos);
    CHECK(refusal_of("[scanner]\nsignature_days = -1\n").find("0 から 365 までの数") != std::string::npos);
}
