// azukari-easel TASK PAGE: reads one file from standard input, and says on standard output how many pages it has, or
// draws one. Started by the server for each file (infra/easel); nobody types it.
#include "base/fault.h"
#include "infra/easel/drawing/cell.h"
#include "infra/easel/drawing/drawing.h"

#include <charconv>
#include <cstring>
#include <unistd.h>

namespace {

constexpr std::size_t kMostBytes = 80U << 20; // more than any upload

bool read_all(azukari::Bytes& file)
{
    while (true) {
        const auto size = file.size();
        file.resize(size + (1U << 20));
        const auto got = read(STDIN_FILENO, file.data() + size, 1U << 20);
        file.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
        if (got <= 0) return got == 0;
        if (file.size() > kMostBytes) return false;
    }
}

bool write_all(azukari::ByteView bytes)
{
    while (!bytes.empty()) {
        const auto written = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

int main(int count, char** words)
{
    int page = 0;
    if (count != 3 || std::from_chars(words[2], words[2] + std::strlen(words[2]), page).ec != std::errc()) return 2;
    azukari::Bytes file;
    if (!read_all(file)) return 3;
    azukari::easel::lock_in(); // throws when it cannot: the process ends, having decoded nothing
    return write_all(azukari::easel::reply_to(words[1], page, file)) ? 0 : 4;
}
