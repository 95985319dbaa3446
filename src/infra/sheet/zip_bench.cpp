// An encrypted ZIP of a file, beside 7-Zip at the same level on the same machine in the same run.
//
//     zip_bench [FILE]      a sample of 55 MB, rows as a ward's file has them, when no file is named
#include "infra/sheet/zip_reader.h"
#include "infra/sheet/zip_writer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/resource.h>
#include <unistd.h>

using namespace azukari;
using namespace azukari::sheet;

namespace {

constexpr std::size_t kSampleBytes = 55'000'000, kPiece = 1 << 20;
constexpr int kRuns = 3;
constexpr char kPassword[] = "RW3D-7HKA-4NXP-9CTE-6GJM-FYAD";

struct Cost { // seconds
    double clock = 1e9, processor = 1e9;
};

double processor_seconds(int whose)
{
    rusage usage{};
    getrusage(whose, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// The least of several runs. On a machine with other work the processor's time says more than the clock.
void measure(Cost& least, int whose, const std::function<void()>& work)
{
    const auto begun = std::chrono::steady_clock::now();
    const auto before = processor_seconds(whose);
    work();
    least.processor = std::min(least.processor, processor_seconds(whose) - before);
    least.clock =
        std::min(least.clock, std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
}

// Rows of many columns, numbers and names out of small tables: packs to about a third, as real ones do.
std::string sample()
{
    constexpr const char* kNames[] = {"見本", "試験", "架空", "例示", "仮名", "太郎", "花子", "次郎", "一子", "三郎"};
    Rng rng(20261124);
    std::string text;
    text.reserve(kSampleBytes + 1000);
    while (text.size() < kSampleBytes) {
        text += fmt::format("{:08},{} {},見本市架空町{}丁目{}番{}号,", rng.below(100'000'000), kNames[rng.below(10)],
                            kNames[rng.below(10)], rng.below(8) + 1, rng.below(30) + 1, rng.below(20) + 1);
        for (int i = 0; i < 40; ++i)
            text += rng.below(3) == 0 ? "," : fmt::format("{}.{},", rng.below(200), rng.below(10));
        text += "\r\n";
    }
    return text;
}

void write_ours(const std::string& content, const std::string& path, int level)
{
    SystemEntropy entropy;
    ZipWriter writer(SecretText(kPassword), entropy, Instant{1'795'000'000'000'000}, level);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    std::string out;
    const auto flush = [&] {
        file.write(out.data(), static_cast<std::streamsize>(out.size()));
        out.clear();
    };
    writer.begin(out, "sample.csv");
    for (std::size_t at = 0; at < content.size(); at += kPiece) {
        writer.write(out, std::string_view(content).substr(at, kPiece));
        flush();
    }
    writer.end(out);
    writer.finish(out);
    flush();
}

bool reads_back(const std::string& path, const std::string& content)
{
    const FileArchive archive(path);
    const auto reader = ZipReader::open(archive);
    const SecretText password{std::string(kPassword)};
    std::size_t at = 0;
    bool same = true;
    const auto read = reader && reader->read(reader->members().front(), &password, [&](std::string_view piece) {
        same = same && content.compare(at, piece.size(), piece) == 0;
        at += piece.size();
    });
    return read && same && at == content.size();
}

bool shell(const std::string& command)
{
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

} // namespace

int main(int argc, char** argv)
{
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("azukari-zip-bench-{}", getpid());
    std::filesystem::create_directories(folder);
    const auto source = (folder / "sample.csv").string(), ours = (folder / "a.zip").string(),
               theirs = (folder / "7.zip").string();
    std::string content;
    if (argc > 1) {
        std::ifstream file(argv[1], std::ios::binary);
        content.assign(std::istreambuf_iterator<char>(file), {});
    } else {
        content = sample();
    }
    std::ofstream(source, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
    const double megabytes = static_cast<double>(content.size()) / 1e6;
    const std::string password(kPassword);
    bool good = true;
    for (const int level : {1, 5}) {
        Cost mine, seven, reading;
        for (int run = 0; run < kRuns; ++run) {
            measure(mine, RUSAGE_SELF, [&] { write_ours(content, ours, level); });
            std::filesystem::remove(theirs);
            measure(seven, RUSAGE_CHILDREN, [&] {
                good &= shell(fmt::format("7z a -tzip -mem=AES256 -p{} -mx={} {} {}", password, level, theirs, source));
            });
        }
        good &= shell(fmt::format("7z t -p{} {}", password, ours));
        measure(reading, RUSAGE_SELF, [&] { good &= reads_back(ours, content); });
        const auto ratio = [&](const std::string& path) {
            return static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(content.size());
        };
        std::printf("zip_aes256_level_%d %.0f MB/s (7-Zip %.1f MB/s)\n", level, megabytes / mine.clock,
                    megabytes / seven.clock);
        std::printf("zip_aes256_level_%d_against_7zip %.1f times by the clock (at least 4), %.1f by processor time\n",
                    level, seven.clock / mine.clock, seven.processor / mine.processor);
        std::printf("zip_aes256_level_%d_size %.3f of the content (7-Zip %.3f)\n", level, ratio(ours), ratio(theirs));
        std::printf("zip_aes256_level_%d_read %.0f MB/s\n", level, megabytes / reading.clock);
    }
    std::filesystem::remove_all(folder);
    return good ? 0 : 1;
}
