#include "verify/tree.h"

#include <doctest/doctest.h>
#include <string>

using namespace azukari::verify;

namespace {

std::string hex(const Hash& hash)
{
    std::string out;
    for (const auto byte : hash) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

} // namespace

TEST_CASE("the tree of the RFC 6962 reference inputs has the published roots [K79]")
{
    using namespace std::string_literals;
    const std::string inputs[] = {""s,
                                  "\x00"s,
                                  "\x10"s,
                                  "\x20\x21"s,
                                  "\x30\x31"s,
                                  "\x40\x41\x42\x43"s,
                                  "\x50\x51\x52\x53\x54\x55\x56\x57"s,
                                  "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"s};
    const char* roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                           "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                           "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                           "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                           "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                           "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                           "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                           "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Peaks peaks;
    for (std::size_t i = 0; i < std::size(inputs); ++i) {
        peaks.push(leaf_hash(inputs[i]));
        CHECK(hex(*peaks.fold({})) == roots[i]);
    }
    CHECK(peaks.size() == 8);
}
