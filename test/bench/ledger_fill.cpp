// Appends entries to the ledger of a data directory that no server has open, so that opening can be measured with many.
//
//   ledger_fill DATA COUNT
#include "app/house.h"
#include "ledger/ledger.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    using namespace azukari;
    if (argc != 3) return 2;
    const auto settings = app::read_settings(argv[1]);
    if (!settings) return 1;
    auto house = app::House::open(*settings, [](std::string_view) { return SecretText(std::string()); });
    if (!house) {
        std::fprintf(stderr, "%s\n", house.error().sentence().c_str());
        return 1;
    }
    constexpr int kGroup = 1000;
    for (int left = std::atoi(argv[2]); left > 0; left -= kGroup)
        house->db().write([&](storage::Tx& tx) {
            ledger::Entry entry;
            entry.act = "server.started";
            entry.actor = "system";
            entry.outcome = "done";
            for (int i = 0; i < std::min(left, kGroup); ++i) {
                entry.at = house->clock().now();
                ledger::append(tx, entry);
            }
        });
    return 0;
}
