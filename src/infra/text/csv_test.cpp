#include "infra/text/csv.h"

#include "infra/text/text_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::text;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Result<Rows> rows_of(std::string_view bytes, CsvLimits limits = {})
{
    TextSource source(bytes);
    CsvReader reader(source, limits);
    Rows rows;
    CsvRow row;
    for (;;) {
        AZK_TRY(const bool more, reader.next(row));
        if (!more) return rows;
        rows.emplace_back(row.cells.begin(), row.cells.end());
    }
}

} // namespace

TEST_CASE("rows and cells are told apart, with and without quotes")
{
    CHECK(rows_of("a,b\r\nc,\"d,\"\"e\"\"\r\nf\"\r\n").value() == Rows{{"a", "b"}, {"c", "d,\"e\"\r\nf"}});
    CHECK(rows_of("a,,\n,\n").value() == Rows{{"a", "", ""}, {"", ""}});
    CHECK(rows_of("").value().empty());
    CHECK(rows_of("last row without an end").value().size() == 1);
}

TEST_CASE("a byte order mark and a mainframe's end mark are no data")
{
    CHECK(rows_of("\xEF\xBB\xBF"
                  "a,b\r\n\x1A")
              .value() == Rows{{"a", "b"}});
}

TEST_CASE("the second byte of a CP932 pair never splits a cell")
{
    CHECK(rows_of("\x83\x5C,\x94\x5C\r\n").value() == Rows{{"\x83\x5C", "\x94\x5C"}}); // ソ, 能
}

TEST_CASE("a broken file is refused with the line")
{
    CHECK(rows_of("a\r\nb\"c\r\n").error().sentence().starts_with("2行目"));
    CHECK(rows_of("a\r\n\"b\"c\r\n").error().is(kStrayQuote));
    CHECK(rows_of("a\r\n\"b\r\n\r\n").error().sentence().starts_with("2行目"));
    CHECK(rows_of("a\rb\r\n").error().is(kStrayReturn));
    CHECK(rows_of("abcdefgh\r\n", {.row_bytes = 5}).error().is(kRowTooLong));
    CHECK(rows_of("1,2,3\r\n", {.cells = 2}).error().is(kTooManyCells));
}

TEST_CASE("line numbers count the lines inside quotes")
{
    TextSource source("\"a\nb\",c\r\nd\r\n");
    CsvReader reader(source);
    CsvRow row;
    REQUIRE(reader.next(row).value());
    CHECK(row.line == 1);
    REQUIRE(reader.next(row).value());
    CHECK(row.line == 3);
}

TEST_CASE("a file larger than the buffer reads the same")
{
    std::string bytes;
    for (int i = 0; i < 100'000; ++i) append_csv_row(bytes, {std::to_string(i), "見本,太郎", "x"});
    const auto rows = rows_of(bytes).value();
    REQUIRE(rows.size() == 100'000);
    CHECK(rows[99'999] == std::vector<std::string>{"99999", "見本,太郎", "x"});
}
