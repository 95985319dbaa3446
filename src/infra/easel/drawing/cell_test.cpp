#include "infra/easel/drawing/cell.h"

#include "base/fault.h"
#include "infra/easel/easel.h"
#include "infra/easel/reply.h"
#include "infra/easel/testing.h"

#include <chrono>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace azukari;
using namespace azukari::easel;

namespace {

const Easel& the_easel()
{
    static const Easel easel({.program = AZUKARI_EASEL});
    return easel;
}

// Runs in a process that has locked itself in; true when it ended with `work` being true.
bool locked_in(const std::function<bool()>& work)
{
    const auto pid = fork();
    if (pid == 0) {
        lock_in();
        _exit(work() ? 0 : 1);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

TEST_CASE("a process that has locked itself in opens no file of ours, no connection and no process")
{
    CHECK(locked_in([] { return open("/etc/passwd", O_RDONLY) < 0; }));
    CHECK(locked_in([] { return open(AZUKARI_EASEL, O_RDONLY) < 0; }));
    CHECK(locked_in([] { return open("/tmp/azukari-cell", O_WRONLY | O_CREAT, 0600) < 0; }));
    CHECK(locked_in([] { return socket(AF_INET, SOCK_STREAM, 0) < 0; }));
    CHECK(locked_in([] { return socket(AF_UNIX, SOCK_STREAM, 0) < 0; }));
    CHECK(locked_in([] { return fork() < 0; }));
    CHECK(locked_in([] { return kill(getppid(), 0) < 0; }));
    CHECK(locked_in([] { return execl("/bin/true", "true", nullptr) < 0; }));
    CHECK_FALSE(locked_in([] { return false; })); // the test itself can fail
}

TEST_CASE("what is drawn in the process of its own is what is drawn here")
{
    for (const auto& file : {testing::sample_png(300, 400), testing::sample_jpeg(300, 400), testing::sample_fax(2),
                             testing::sample_pdf(2)}) {
        REQUIRE(the_easel().look(source_of(file)).has_value());
        const auto picture = the_easel().draw(source_of(file), 1);
        REQUIRE(picture);
        CHECK(picture->size() > 500);
    }
    CHECK(the_easel().look(source_of(testing::sample_fax(3))).value() == 3);
    CHECK(the_easel().draw(source_of(testing::sample_fax(1)), 2).error().is(kNoSuchPage));
    CHECK(the_easel().look(source_of(testing::sample_locked_pdf())).error().is(kLocked));
    CHECK(the_easel().look(source_of(as_bytes("no file of any kind"))).error().is(kUnreadable));
}

TEST_CASE("what the source refuses is refused, and a source that ends early is a torn file")
{
    const RefusalKind gone{"test.gone", "消えました。"};
    const auto file = testing::sample_jpeg(2000, 2000);
    int pieces = 0;
    const auto answer = the_easel().look([&](Bytes& piece) -> Result<bool> {
        if (++pieces == 3) return refuse(gone);
        piece.assign(file.begin(), file.begin() + 1000);
        return true;
    });
    CHECK(answer.error().is(gone));
    CHECK(the_easel().look(source_of(ByteView(file).first(file.size() / 2))).error().is(kUnreadable));
}

TEST_CASE("a process that takes too long is ended, and one that cannot be started is a fault")
{
    // A program that never answers stands for a decoder in an endless loop.
    const auto idle = std::filesystem::temp_directory_path() / ("azukari-idle-" + std::to_string(getpid()));
    std::ofstream(idle) << "#!/bin/sh\nexec sleep 60\n";
    std::filesystem::permissions(idle, std::filesystem::perms::owner_all);
    const Easel slow({.program = idle, .at_once = 1, .within = Duration::seconds(1)});
    const auto began = std::chrono::steady_clock::now();
    CHECK(slow.look(source_of(testing::sample_png(30, 30))).error().is(kTooLong));
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(20));
    std::filesystem::remove(idle);
    CHECK_THROWS_AS((void)Easel({.program = "/nowhere/azukari-easel"}).look(source_of({})), Fault);
}
