#include "infra/pdf/customer_barcode.h"

#include <doctest/doctest.h>
#include <map>
#include <string>

using namespace azukari::pdf;

namespace {

// What the bars say, read by the manual's figure: each code as three bars, 1 long, 2 upper, 3
// lower, 4 timing. "a" to "h" are CC1 to CC8.
std::string read_back(const CustomerBarcode& bars)
{
    const std::map<std::string, char> codes{{"114", '1'}, {"132", '2'}, {"312", '3'}, {"123", '4'}, {"141", '5'},
                                            {"321", '6'}, {"213", '7'}, {"231", '8'}, {"411", '9'}, {"144", '0'},
                                            {"414", '-'}, {"324", 'a'}, {"342", 'b'}, {"234", 'c'}, {"432", 'd'},
                                            {"243", 'e'}, {"423", 'f'}, {"441", 'g'}, {"111", 'h'}};
    std::string kinds;
    for (const auto bar : bars)
        kinds += bar == Bar::full ? '1' : bar == Bar::upper ? '2' : bar == Bar::lower ? '3' : '4';
    CHECK(kinds.substr(0, 2) == "13");
    CHECK(kinds.substr(65) == "31");
    std::string said;
    for (std::size_t i = 2; i < 65; i += 3) said += codes.at(kinds.substr(i, 3));
    return said;
}

std::string encoded(std::string_view postcode, std::string_view number)
{
    const auto bars = customer_barcode(postcode, number);
    REQUIRE(bars.has_value());
    return read_back(*bars);
}

} // namespace

TEST_CASE("a customer barcode says postcode, number and check character as Japan Post's manual has it [G3]")
{
    CHECK(encoded("1000013", "1-3-2-503") == "1000013"
                                             "1-3-2-503dddd"
                                             "9");
    CHECK(encoded("3170055", "6-7-14-2") == "3170055"
                                            "6-7-14-2ddddd"
                                            "a");
    CHECK(encoded("2630023", "3-30-8-403") == "2630023"
                                              "3-30-8-403ddd"
                                              "5");
    CHECK(encoded("2730102", "3-20-5B604") == "2730102"
                                              "3-20-5a1604dd"
                                              "0");
}

TEST_CASE("what goes beyond thirteen characters is cut, a letter at the edge down to its control code [G3]")
{
    CHECK(encoded("0640804", "29-1524-23-2-501") == "0640804"
                                                    "29-1524-23-2-"
                                                    "3");
    CHECK(encoded("9100067", "3-80-25J1-2B") == "9100067"
                                                "3-80-25a91-2a"
                                                "9");
}

TEST_CASE("the postcode of a single office stands alone; K, T, U and Z have control codes of their own [G3]")
{
    CHECK(encoded("1608484", "").substr(0, 20) == "1608484"
                                                  "ddddddddddddd");
    CHECK(encoded("1600022", "KTUZ").substr(7, 13) == "b0b9c0c5ddddd");
}

TEST_CASE("what no barcode can hold is not turned into one [G3]")
{
    CHECK_FALSE(customer_barcode("160-022", "1").has_value());
    CHECK_FALSE(customer_barcode("160002", "1").has_value());
    CHECK_FALSE(customer_barcode("1600022", "1丁目").has_value());
    CHECK_FALSE(customer_barcode("1600022", "1b").has_value());
}
