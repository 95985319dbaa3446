#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace azukari {

void stop_on_bug(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "azukari: broken assumption: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

} // namespace azukari
