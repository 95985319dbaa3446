#include "infra/seal/key_arena.h"

#include "base/fault.h"
#include "infra/seal/sealed_value.h"

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace azukari;
using namespace azukari::seal;

namespace {

// A sanitizer's shadow of the memory is terabytes wide and keeps what was let go.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

// Runs `act` in a process of its own, which may be spoilt, and returns how that process ended.
template <class F>
int in_child(F&& act)
{
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        for (const int signal : {SIGSEGV, SIGABRT}) ::signal(signal, SIG_DFL);
        ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
        _exit([&]() noexcept { return act(); }()); // what it throws ends it
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

void refuse_randomness()
{
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EIO),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{std::size(program), program};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) _exit(77);
}

// How often a key, given with every bit turned so that the asking itself leaves no trace, stands in writable memory.
int count_in_memory(const std::array<std::uint8_t, 32>& turned)
{
    std::ifstream maps("/proc/self/maps");
    const int memory = ::open("/proc/self/mem", O_RDONLY);
    REQUIRE(memory >= 0);
    static Bytes page(1 << 16);
    int found = 0;
    for (std::string line; std::getline(maps, line);) {
        std::uint64_t from = 0, to = 0;
        char dash = 0;
        std::string rights;
        std::istringstream(line) >> std::hex >> from >> dash >> to >> rights;
        if (rights.substr(0, 2) != "rw") continue;
        for (auto at = from; at < to; at += page.size() - 32) {
            const auto size = std::min<std::uint64_t>(page.size(), to - at);
            const auto got = ::pread(memory, page.data(), size, static_cast<off_t>(at));
            for (ssize_t i = 0; i + 32 <= got; ++i) {
                const auto* const here = page.data() + i;
                if (at + static_cast<std::uint64_t>(i) >= reinterpret_cast<std::uint64_t>(page.data()) &&
                    at + static_cast<std::uint64_t>(i) < reinterpret_cast<std::uint64_t>(page.data() + page.size()))
                    break; // our own reading glass
                std::size_t same = 0;
                while (same < 32 && here[same] == static_cast<std::uint8_t>(~turned[same])) ++same;
                if (same == 32) ++found;
            }
            std::ranges::fill(page, std::uint8_t{0});
        }
    }
    ::close(memory);
    return found;
}

std::array<std::uint8_t, 32> turned(const SealKey& key)
{
    std::array<std::uint8_t, 32> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(~key.reveal().reveal()[i]);
    return out;
}

} // namespace

TEST_CASE("keys leave the arena when their last holder goes, and a full arena says so")
{
    SystemEntropy entropy;
    KeyArena arena(3);
    {
        const auto a = arena.create(entropy);
        const auto b = a;
        const auto c = arena.create(entropy);
        CHECK(arena.free_places() == 1);
        const auto d = arena.create(entropy);
        CHECK_THROWS_AS(arena.create(entropy), Fault);
    }
    CHECK(arena.free_places() == 3);
}

TEST_CASE("a key in use stands in one place only, and in none once its holder is gone")
{
    if (kSanitized) return;
    SystemEntropy entropy;
    KeyArena arena(3);
    std::array<std::uint8_t, 32> looked_for{};
    {
        const auto key = arena.create(entropy);
        looked_for = turned(key);
        const Context place{"person", {}, "name", EntrustmentId(IdBytes{})};
        const auto sealed = seal_value(key, place, as_bytes("試験 花子"), entropy);
        REQUIRE(open_value(key, place, sealed));
        CHECK(count_in_memory(looked_for) == 1);
    }
    CHECK(count_in_memory(looked_for) == 0);
}

TEST_CASE("keys are not inherited by a child process")
{
    SystemEntropy entropy;
    KeyArena arena(3);
    const auto key = arena.create(entropy);
    CHECK(WIFSIGNALED(in_child([&] { return key.reveal().reveal()[0] == 0 ? 1 : 0; })));
}

TEST_CASE("without randomness nothing is sealed: the process stops")
{
    const int status = in_child([] {
        SystemEntropy entropy;
        KeyArena arena(3);
        const auto key = arena.create(entropy);
        refuse_randomness();
        return seal_value(key, {"person", {}, "name", EntrustmentId(IdBytes{})}, {}, entropy).empty() ? 1 : 0;
    });
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
}

TEST_CASE("where memory cannot be locked, no key is taken in")
{
    if (kSanitized) return; // sanitizers leave mlock out
    const int status = in_child([] {
        const rlimit none{0, 0};
        setrlimit(RLIMIT_MEMLOCK, &none);
        if (geteuid() == 0 && setuid(65534) != 0) return 2;
        KeyArena arena(3); // the fault is caught by nobody
        return 0;
    });
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
}

TEST_CASE("a hardened process leaves no core behind")
{
    const int status = in_child([] {
        harden_process();
        rlimit core{1, 1};
        getrlimit(RLIMIT_CORE, &core);
        return prctl(PR_GET_DUMPABLE) == 0 && core.rlim_max == 0 ? 0 : 1;
    });
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
