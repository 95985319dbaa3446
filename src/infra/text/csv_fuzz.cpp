// However a file is cut into pieces, its rows are the same; and rows that are written again read
// back unchanged.
#include "infra/text/csv.h"

#include "base/check.h"

#include <algorithm>

using namespace azukari::text;

namespace {

class Dribble final : public Source { // gives a byte or a few at a time
public:
    Dribble(std::string_view bytes, std::size_t step) : rest_(bytes), step_(step) {}
    std::size_t read(std::span<char> room) override
    {
        const auto count = std::min({step_, room.size(), rest_.size()});
        std::copy_n(rest_.begin(), count, room.begin());
        rest_.remove_prefix(count);
        return count;
    }

private:
    std::string_view rest_;
    std::size_t step_;
};

using Rows = std::vector<std::vector<std::string>>;

std::string read_all(Source& source, Rows& rows)
{
    CsvReader reader(source, {.row_bytes = 4096, .cells = 64, .piece = 512});
    CsvRow row;
    for (;;) {
        const auto more = reader.next(row);
        if (!more) return std::string(more.error().code());
        if (!*more) return {};
        rows.emplace_back(row.cells.begin(), row.cells.end());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    Rows whole, dribbled;
    TextSource at_once(bytes);
    Dribble slowly(bytes, size % 3 + 1);
    const auto refusal = read_all(at_once, whole);
    AZK_CHECK(read_all(slowly, dribbled) == refusal);
    AZK_CHECK(whole == dribbled);
    std::string written;
    for (const auto& row : whole) append_csv_row(written, {row.begin(), row.end()});
    Rows again;
    TextSource rewritten(written);
    const bool begins_like_a_mark = written.starts_with("\xEF\xBB\xBF") || written == "\x1A\r\n";
    if (written.size() < 4096 && !begins_like_a_mark) {
        AZK_CHECK(read_all(rewritten, again).empty());
        AZK_CHECK(again == whole);
    }
    return 0;
}
