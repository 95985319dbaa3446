#include "infra/wire/cups_testing.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <stdlib.h>
#include <thread>

namespace azukari::wire::testing {
namespace {

std::string run(const std::string& arguments)
{
    const auto command = std::string(AZK_SOURCE_DIR "/script/cups-for-tests ") + arguments;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
    std::string said;
    char piece[256];
    while (pipe && std::fgets(piece, sizeof piece, pipe.get()) != nullptr) said += piece;
    while (!said.empty() && said.back() == '\n') said.pop_back();
    return said;
}

std::string folder_for_cups()
{
    auto name = (std::filesystem::temp_directory_path() / "azukari-cups-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder: " + name);
    return name;
}

void set_mark(const std::filesystem::path& mark, bool is)
{
    if (is)
        std::ofstream(mark).put('\n');
    else
        std::filesystem::remove(mark);
}

} // namespace

Cups::Cups() : folder_(folder_for_cups())
{
    start();
}

Cups::~Cups()
{
    run("stop " + folder_.string());
}

void Cups::start()
{
    printer_ = run("start " + folder_.string());
    if (!printer_.starts_with("ipp://")) throw std::runtime_error("CUPS does not start: run script/bootstrap");
}

void Cups::halt()
{
    run("halt " + folder_.string());
}

void Cups::out_of_paper(bool is)
{
    set_mark(folder_ / "out-of-paper", is);
}

void Cups::broken(bool is)
{
    set_mark(folder_ / "broken", is);
}

std::optional<std::string> Cups::printed(std::int64_t job) const
{
    const auto file = folder_ / "printed" / (std::to_string(job) + ".pdf");
    for (int patience = 0; patience < 200; ++patience) {
        if (std::ifstream in(file, std::ios::binary); in)
            return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return std::nullopt;
}

std::size_t Cups::count_printed() const
{
    std::size_t count = 0;
    for (const auto& each : std::filesystem::directory_iterator(folder_ / "printed"))
        count += each.path().extension() == ".pdf" ? 1 : 0;
    return count;
}

} // namespace azukari::wire::testing
