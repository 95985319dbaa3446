#include "programmes/guidance/gaiji.h"

#include "infra/text/cp932.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

GaijiTable table_with(std::string_view lines)
{
    return GaijiTable::parse("[characters]\n" + std::string(lines), "gaiji.toml").value();
}

std::string refusal_of(std::string_view line)
{
    return GaijiTable::parse("[characters]\n" + std::string(line), "gaiji.toml").error().sentence();
}

Recipient named(std::string_view name)
{
    Recipient recipient;
    recipient.clear(12);
    recipient.add("3284166189");
    recipient.add(name);
    recipient.add("東京都新宿区西新宿一丁目");
    return recipient;
}

} // namespace

TEST_CASE("a code is called as the ward's table of 外字 calls it [G1]")
{
    CHECK(gaiji_code(0xE000) == "F040");
    CHECK(gaiji_code(0xE03E) == "F07E");
    CHECK(gaiji_code(0xE03F) == "F080"); // 7F is no second byte
    CHECK(gaiji_code(0xE0BC) == "F140");
    CHECK(gaiji_code(0xE757) == "F9FC");
    CHECK(gaiji_code(0xE758) == "U+E758");
    CHECK(gaiji_code(0xF0001) == "U+F0001");
    // The code is the one that stands in the file.
    for (const char* code : {"F040", "F07E", "F080", "F140", "F9FC"}) {
        std::string bytes;
        for (const char* at = code; *at != '\0'; at += 2)
            bytes += static_cast<char>(std::stoi(std::string(at, 2), nullptr, 16));
        Recipient recipient = named(text::decode_cp932(bytes).value());
        CHECK(GaijiTable().resolve(recipient) == std::vector<std::string>{code});
    }
}

TEST_CASE("外字 become what the table says, a character or one with its variation selector [G1] [G3]")
{
    const auto table = table_with("\"F040\" = \"𠮷\"\n\"F041\" = \"U+845B U+E0100\"\n\"U+F8F0\" = \"髙\"\n");
    CHECK(table.size() == 3);
    auto recipient = named("\xEE\x80\x80\xEE\x80\x81\xEF\xA3\xB0　太郎");
    CHECK(table.resolve(recipient).empty());
    CHECK(recipient.value(1) == "𠮷葛\xF3\xA0\x84\x80髙　太郎");
    CHECK(recipient.value(0) == "3284166189");
    CHECK(recipient.line() == 12);
}

TEST_CASE("an unknown 外字 is told by its code and nothing else of the name, and the values stay as they are [G1]")
{
    const auto table = table_with("\"F040\" = \"𠮷\"\n");
    auto recipient = named("\xEE\x80\x80見本\xEE\x80\x81\xEE\x80\x81\xF3\xB0\x80\x81");
    const auto unknown = table.resolve(recipient);
    CHECK(unknown == std::vector<std::string>{"F041", "U+F0001"});
    CHECK(unknown_gaiji_sentence(unknown) == "外字 F041、U+F0001 が表にありません。");
    CHECK(recipient.value(1).find("\xEE\x80\x80") == 0);
    auto plain = named("髙﨑　Ａ太郎");
    CHECK(table.resolve(plain).empty());
    CHECK(plain.value(1) == "髙﨑　Ａ太郎");
}

TEST_CASE("a mistake in the table of 外字 is named by file and line")
{
    CHECK(refusal_of("\"F07F\" = \"𠮷\"").starts_with("gaiji.toml:2行目: F07F は外字の符号"));
    CHECK(refusal_of("\"FA40\" = \"𠮷\"").find("外字の符号") != std::string::npos);
    CHECK(refusal_of("\"U+5409\" = \"𠮷\"").find("外字の符号") != std::string::npos);
    CHECK(refusal_of("\"F040\" = \"\"").find("文字一つ") != std::string::npos);
    CHECK(refusal_of("\"F040\" = \"吉田\"").find("文字一つ") != std::string::npos);
    CHECK(refusal_of("\"F040\" = \"U+E001\"").find("文字一つ") != std::string::npos);
    CHECK(refusal_of("\"F040\" = \"U+E0100\"").find("文字一つ") != std::string::npos);
    CHECK(refusal_of("\"F040\" = \"U+845B U+845B\"").find("文字一つ") != std::string::npos);
    CHECK(refusal_of("\"F040\" = \"髙\"\n\"U+E000\" = \"高\"").find("同じ外字") != std::string::npos);
}

TEST_CASE("the table that ships with the layouts can be read")
{
    CHECK(GaijiTable::read(AZK_SOURCE_DIR "/definitions/layouts/guidance/gaiji.toml").has_value());
    CHECK(GaijiTable::beside(AZK_SOURCE_DIR "/definitions/layouts/guidance").has_value());
    CHECK(GaijiTable::beside(AZK_SOURCE_DIR "/definitions/stratification").value().size() == 0);
}
