#include "infra/http/multipart.h"

#include <doctest/doctest.h>

using namespace azukari::http;

namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=----AzukariBoundary";

std::string part(std::string_view head, std::string_view content)
{
    return "------AzukariBoundary\r\nContent-Disposition: form-data; " + std::string(head) + "\r\n\r\n" +
           std::string(content) + "\r\n";
}
const std::string kEnd = "------AzukariBoundary--\r\n";

} // namespace

TEST_CASE("an upload carries fields and files, with Japanese names and any bytes")
{
    const std::string bytes("\x82\xA0\r\n--\0x\r\n\r\n", 12);
    const auto body = part("name=\"csrf\"", "token") +
                      part("name=\"file\"; filename=\"C:\\tmp\\名簿%22.csv\"\r\nContent-Type: text/csv", bytes) +
                      part("name=\"none\"; filename=\"\"", "") + kEnd;
    const auto upload = decode_multipart(kType, body);
    REQUIRE(upload);
    CHECK(upload->fields.get("csrf") == "token");
    REQUIRE(upload->files.size() == 1);
    CHECK(upload->files[0].field == "file");
    CHECK(upload->files[0].name == "名簿\".csv");
    CHECK(upload->files[0].type == "text/csv");
    CHECK(upload->files[0].content == bytes);
}

TEST_CASE("an empty field and an empty file with a name are kept")
{
    const auto upload =
        decode_multipart(kType, part("name=\"a\"", "") + part("name=\"f\"; filename=\"x.csv\"", "") + kEnd);
    REQUIRE(upload);
    CHECK(upload->fields.has("a"));
    CHECK(upload->files.size() == 1);
}

TEST_CASE("of a body that is cut off anywhere, the fields before its file are those that are whole")
{
    const auto body = part("name=\"csrf\"", "token") + part("name=\"reason\"", "理由") +
                      part("name=\"file\"; filename=\"大.pdf\"", std::string(100, 'x')) + part("name=\"late\"", "1") +
                      kEnd;
    for (std::size_t cut = 0; cut <= body.size(); ++cut) {
        CAPTURE(cut);
        const auto fields = decode_fields_before_files(kType, std::string_view(body).substr(0, cut));
        CHECK(fields.pairs().size() <= 2);
        if (fields.has("csrf")) CHECK(fields.get("csrf") == "token");
        if (fields.has("reason")) CHECK(fields.get("reason") == "理由");
    }
    CHECK(decode_fields_before_files(kType, body).pairs().size() == 2);
    CHECK(decode_fields_before_files("multipart/form-data", body).pairs().empty());
    CHECK(decode_fields_before_files(kType, "nothing of the kind").pairs().empty());
}

TEST_CASE("what is not a whole multipart body is refused")
{
    const auto good = part("name=\"a\"", "1") + kEnd;
    REQUIRE(decode_multipart(kType, good));
    for (std::size_t cut = 0; cut < good.size() - 2; ++cut) {
        CAPTURE(cut);
        if (good.substr(0, cut).ends_with("--")) continue; // the end mark without its last line end is whole
        CHECK_FALSE(decode_multipart(kType, good.substr(0, cut)));
    }
    CHECK_FALSE(decode_multipart("multipart/form-data", good));
    CHECK_FALSE(decode_multipart("multipart/form-data; boundary=", good));
    CHECK_FALSE(decode_multipart(kType, part("filename=\"a\"", "1") + kEnd));
    CHECK_FALSE(decode_multipart(kType, part("name=\"a\"", "\x82\xA0") + kEnd));
    CHECK_FALSE(decode_multipart(kType, part("name=\"a\"; filename=\"x%0Ay\"", "1") + kEnd));
}
