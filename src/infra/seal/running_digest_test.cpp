#include "infra/seal/running_digest.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::seal;

TEST_CASE("a digest taken in pieces is the digest of the whole")
{
    const std::string_view whole = "利用券と健康診査結果を組み上げる";
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        RunningDigest digest;
        digest.add(as_bytes(whole.substr(0, cut)));
        digest.add(as_bytes(whole.substr(cut)));
        CHECK(digest.finish() == sha256(as_bytes(whole)));
    }
}
