#include "infra/easel/drawing/cell.h"

#include "base/fault.h"
#include "base/system_cause.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace azukari::easel {
namespace {

constexpr rlim_t kMemory = 1536UL << 20; // address space, the libraries' own included
constexpr rlim_t kSeconds = 20;          // of the processor

[[noreturn]] void cannot(const char* what, int error)
{
    throw Fault(fmt::format("{} ({})", what, cause_of(error)));
}

void limit(int what, rlim_t most)
{
    const rlimit both{most, most};
    if (setrlimit(static_cast<__rlimit_resource_t>(what), &both) != 0) cannot("setrlimit", errno);
}

// Where the system keeps its fonts, and what says which is which.
constexpr std::array kFonts{
    "/usr/share/fonts",      "/usr/local/share/fonts", "/usr/share/fontconfig",          "/etc/fonts",
    "/var/cache/fontconfig", "/usr/share/poppler",     "/usr/lib/x86_64-linux-gnu/gconv"};

bool files_locked()
{
    landlock_ruleset_attr rules{};
    rules.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; // all that the first version knows
    const auto set = static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0));
    if (set < 0) return false;
    for (const auto* folder : kFonts) {
        landlock_path_beneath_attr beneath{};
        beneath.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
        beneath.parent_fd = open(folder, O_PATH | O_CLOEXEC);
        if (beneath.parent_fd < 0) continue; // not on this machine
        if (syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0)
            cannot("landlock_add_rule", errno);
        close(beneath.parent_fd);
    }
    const bool done = syscall(SYS_landlock_restrict_self, set, 0) == 0;
    close(set);
    return done;
}

void lock_calls(bool may_open)
{
    const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
    if (!filter) cannot("seccomp_init", ENOMEM);
    const auto allow = [&](int call) {
        if (const int error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0); error != 0)
            cannot("seccomp_rule_add", -error);
    };
    for (const int call :
         {SCMP_SYS(write), SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect),
          SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn),
          SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime),
          SCMP_SYS(gettimeofday), SCMP_SYS(sched_yield), SCMP_SYS(close), SCMP_SYS(sysinfo)})
        allow(call);
    if (may_open)
        for (const int call : {SCMP_SYS(openat),     SCMP_SYS(read),       SCMP_SYS(pread64),    SCMP_SYS(lseek),
                               SCMP_SYS(fstat),      SCMP_SYS(newfstatat), SCMP_SYS(statx),      SCMP_SYS(statfs),
                               SCMP_SYS(fstatfs),    SCMP_SYS(access),     SCMP_SYS(faccessat),  SCMP_SYS(faccessat2),
                               SCMP_SYS(getdents64), SCMP_SYS(readlink),   SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
                               SCMP_SYS(fcntl),      SCMP_SYS(uname),      SCMP_SYS(getuid),     SCMP_SYS(geteuid),
                               SCMP_SYS(getgid),     SCMP_SYS(getegid),    SCMP_SYS(fadvise64)})
            allow(call);
    if (const int error = seccomp_load(filter.get()); error != 0) cannot("seccomp_load", -error);
}

} // namespace

Locks lock_in()
{
    if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) cannot("prctl", errno);
    Locks locks;
    locks.files = files_locked();
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, kSeconds);
    limit(RLIMIT_AS, kMemory);
    lock_calls(locks.files);
    locks.calls = true;
    return locks;
}

} // namespace azukari::easel
