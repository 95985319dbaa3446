// Bugs stop the process: AZK_CHECK stays on in release builds.
#pragma once

namespace azukari {

[[noreturn]] void stop_on_bug(const char* condition, const char* file, int line);

} // namespace azukari

#define AZK_CHECK(condition)                                                                                           \
    do {                                                                                                               \
        if (!(condition)) [[unlikely]]                                                                                 \
            ::azukari::stop_on_bug(#condition, __FILE__, __LINE__);                                                    \
    } while (false)
