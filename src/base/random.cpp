#include "base/random.h"

#include "base/check.h"

#include <cerrno>
#include <sys/random.h>

namespace azukari {

void SystemEntropy::fill(std::span<std::uint8_t> out)
{
    std::size_t done = 0;
    while (done < out.size()) {
        const auto got = getrandom(out.data() + done, out.size() - done, 0);
        if (got < 0 && errno == EINTR) continue;
        AZK_CHECK(got > 0);
        done += static_cast<std::size_t>(got);
    }
}

void SeededEntropy::fill(std::span<std::uint8_t> out)
{
    for (auto& byte : out) byte = static_cast<std::uint8_t>(rng_.next() >> 56);
}

} // namespace azukari
