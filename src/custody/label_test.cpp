#include "custody/label.h"

#include "custody/custody_refusals.h"

#include <doctest/doctest.h>
#include <set>

using namespace azukari;
using namespace azukari::custody;

TEST_CASE("every wrong sign and nearly every pair that changed places in a label is noticed [K34]")
{
    SeededEntropy entropy(4);
    std::set<std::string> seen;
    int swaps = 0, noticed = 0;
    for (int i = 0; i < 200; ++i) {
        const auto label = make_label(LabelOn::medium, entropy);
        CHECK(seen.insert(label).second);
        CHECK(read_label(label).value() == label);
        for (std::size_t at = 0; at < label.size(); ++at) {
            auto wrong = label;
            for (const char c : std::string_view("34679ACDEFGHJKMNPRTWXY")) {
                if (c == label[at]) continue;
                wrong[at] = c;
                CHECK_FALSE(read_label(wrong));
            }
            if (at == 0 || label[at] == label[at - 1]) continue;
            wrong = label;
            std::swap(wrong[at], wrong[at - 1]);
            ++swaps;
            noticed += read_label(wrong) ? 0 : 1;
        }
    }
    CHECK(noticed * 100 >= swaps * 98);
}

TEST_CASE("a label is read as people and scanners type it, and shown in groups [K34]")
{
    SeededEntropy entropy(4);
    const auto label = make_label(LabelOn::place, entropy);
    const auto shown = grouped_label(label);
    CHECK(shown.size() == 13);
    CHECK(shown[4] == '-');
    auto small = shown;
    for (auto& c : small) c = static_cast<char>(std::tolower(c));
    CHECK(read_label(" " + small + "\r\n").value() == label);
    for (const auto wrong : {"", "M", "資料", "M4NX-P9CT-E6G-9", "0000-0000-000"})
        CHECK(read_label(wrong).error().is(kLabelWrong));
}
