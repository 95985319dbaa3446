// How many pages of two-page letters are set per second, on one core and on two, checking the file included or not.
//
//     letters_bench [RECIPIENTS]          prints `metric value unit`
#include "programmes/guidance/letters/press.h"
#include "programmes/guidance/sample_recipients.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

class Counting final : public pdf::Sink { // keeps nothing, so that the disk is not measured
public:
    void write(std::string_view bytes) override { size += bytes.size(); }
    std::size_t size = 0;
};

double seconds_since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void check_only(const std::string& csv, const RecipientLayout& columns)
{
    const auto begin = std::chrono::steady_clock::now();
    text::TextSource source(csv);
    auto file = RecipientFile::open(source, columns).value();
    Recipient recipient;
    std::vector<BadCell> bad;
    while (file.next(recipient, bad).value()) {
    }
    fmt::print("check {:.0f} MB/s\n", static_cast<double>(csv.size()) / 1e6 / seconds_since(begin));
}

void run(const std::string& csv, const RecipientLayout& columns, const LetterLayout& layout,
         const pdf::FontBook& fonts, unsigned threads)
{
    const auto begin = std::chrono::steady_clock::now();
    text::TextSource source(csv);
    auto file = RecipientFile::open(source, columns).value();
    std::array<Counting, kCategories.size()> sinks;
    PressSettings settings;
    settings.threads = threads;
    settings.open = [&](Category category) -> pdf::Sink& { return sinks[static_cast<std::size_t>(category)]; };
    SerialNumbers serials;
    std::vector<BadCell> bad;
    const Supply supply = [&](Addressee& to) -> Result<bool> {
        AZK_TRY(const bool more, file.next(to.recipient, bad));
        if (!more) return false;
        to.category =
            classify(to.recipient.value(columns.kind_column()), to.recipient.value(columns.level_column())).value();
        to.serial = serials.next(to.category);
        return true;
    };
    const auto made = compose(fonts, layout, supply, settings).value();
    const double seconds = seconds_since(begin);
    std::size_t bytes = 0;
    for (const auto& sink : sinks) bytes += sink.size;
    fmt::print("letters_{}_threads {:.0f} pages/s\n", threads, static_cast<double>(made.pages()) / seconds);
    fmt::print("letters_{}_threads_time {:.3f} s\n", threads, seconds);
    fmt::print("bytes_per_letter {:.0f} B\n", static_cast<double>(bytes) / static_cast<double>(made.letters()));
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 4413;
    const std::string layouts = argc > 2 ? argv[2] : "definitions/layouts/guidance";
    const auto columns = RecipientLayout::read(layouts + "/recipients.toml").value();
    const auto layout = LetterLayout::read(layouts, columns).value();
    std::string csv;
    write_sample_recipients(columns, {.count = count}, [&](std::string_view more) { csv += more; });
    const auto begin = std::chrono::steady_clock::now();
    const pdf::FontBook fonts;
    fmt::print("open_fonts {:.3f} s\n", seconds_since(begin));
    check_only(csv, columns);
    for (const unsigned threads : {1U, 2U}) run(csv, columns, layout, fonts, threads);
}
