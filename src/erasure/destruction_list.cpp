#include "erasure/destruction_list.h"

#include "base/fault.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace azukari::erasure {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file)
{
    throw Fault(fmt::format("消去の一覧 {} を書き込めません: {}。", file.string(), std::strerror(errno)));
}

void append_durably(const std::filesystem::path& file, std::string_view text)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) fail(file);
    bool good = true;
    while (good && !text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        good = written >= 0;
        if (good) text.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!good) fail(file);
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || ::fsync(folder) != 0) fail(file);
    ::close(folder);
}

} // namespace

void DestructionList::add(EntrustmentId entrustment, bool whole, std::span<const SubjectId> persons) const
{
    if (file_.empty()) return;
    // A line that was cut off before is ended first, so that it does not swallow the next.
    std::string text;
    std::ifstream in(file_, std::ios::binary | std::ios::ate);
    if (in && in.tellg() > 0) {
        in.seekg(-1, std::ios::end);
        if (in.get() != '\n') text = "\n";
    }
    if (whole) text += entrustment.text() + " *\n";
    for (const auto& person : persons) text += entrustment.text() + " " + person.text() + "\n";
    append_durably(file_, text);
}

std::map<EntrustmentId, DestructionList::Destroyed> DestructionList::read() const
{
    std::map<EntrustmentId, Destroyed> found;
    if (file_.empty()) return found;
    std::ifstream in(file_, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::string_view rest = text;
    while (true) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) return found;
        const auto line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        const auto entrustment = EntrustmentId::parse(line.substr(0, 36));
        const auto person = line.size() == 73 ? SubjectId::parse(line.substr(37)) : std::nullopt;
        if (entrustment && line.substr(36) == " *")
            found[*entrustment].whole = true;
        else if (entrustment && line.size() > 36 && line[36] == ' ' && person)
            found[*entrustment].persons.insert(*person);
        else if (line.size() >= 73) // a shorter one was cut off by a power failure and written again after it
            throw Fault(fmt::format("消去の一覧 {} が壊れています。復元の前に点検してください。", file_.string()));
    }
}

} // namespace azukari::erasure
