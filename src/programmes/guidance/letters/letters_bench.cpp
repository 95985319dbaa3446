// How many pages of two-page letters are set per second, on one core and on two, checking the file
// included or not.
//
//     letters_bench [RECIPIENTS]          prints `metric value unit`
#include "programmes/guidance/letters/press.h"
#include "programmes/guidance/sample_recipients.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

class Counting final : public pdf::Sink { // keeps nothing, so that the disk is not measured
public:
    void write(std::string_view bytes) override { size += bytes.size(); }
    std::size_t size = 0;
};

// Wall time, and the processor time of all threads: on a busy machine only the second says what the
// work costs.
class Stopwatch {
public:
    double wall() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }
    double cpu() const { return static_cast<double>(std::clock() - cpu_begin_) / CLOCKS_PER_SEC; }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::clock_t cpu_begin_ = std::clock();
};

void check_only(const std::string& csv, const RecipientLayout& columns)
{
    const Stopwatch watch;
    text::TextSource source(csv);
    auto file = RecipientFile::open(source, columns).value();
    Recipient recipient;
    std::vector<BadCell> bad;
    while (file.next(recipient, bad).value()) {
    }
    const double megabytes = static_cast<double>(csv.size()) / 1e6;
    fmt::print("check {:.0f} MB/s\ncheck_per_core {:.0f} MB/s\n", megabytes / watch.wall(), megabytes / watch.cpu());
}

void run(const std::string& csv, const RecipientLayout& columns, const LetterLayout& layout, const pdf::FontBook& fonts,
         unsigned threads)
{
    const Stopwatch watch;
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
    const double wall = watch.wall();
    const auto pages = static_cast<double>(made.pages());
    std::size_t bytes = 0;
    for (const auto& sink : sinks) bytes += sink.size;
    fmt::print("letters_{0}_threads {1:.0f} pages/s\nletters_{0}_threads_per_core {2:.0f} pages/s\n", threads,
               pages / wall, pages / watch.cpu());
    fmt::print("letters_{}_threads_time {:.3f} s\n", threads, wall);
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
    const Stopwatch watch;
    const pdf::FontBook fonts;
    fmt::print("open_fonts {:.3f} s\n", watch.cpu());
    check_only(csv, columns); // builds the tables of the encoding
    check_only(csv, columns);
    for (const unsigned threads : {1U, 2U}) run(csv, columns, layout, fonts, threads);
}
