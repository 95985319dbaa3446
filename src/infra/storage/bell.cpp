#include "infra/storage/bell.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace azukari::storage {
namespace {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

// Whether the thread slept and was woken.
bool sleep_while(std::atomic<std::uint32_t>& word, std::uint32_t value)
{
    return syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, nullptr, nullptr, 0) == 0;
}

void wake(std::atomic<std::uint32_t>& word, int sleepers)
{
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, sleepers, nullptr, nullptr, 0);
}

} // namespace

void Bell::ring()
{
    state_.store(rung, std::memory_order_release);
    wake(state_, 1);
}

// Whoever sleeps was asleep before the ring, so the one who is woken wakes them all; the kernel lets nobody fall asleep
// after it.
void Bell::wait()
{
    bool slept = false;
    while (state_.load(std::memory_order_acquire) == silent) slept |= sleep_while(state_, silent);
    if (slept && state_.exchange(passed_on, std::memory_order_acq_rel) == rung) wake(state_, INT_MAX);
}

} // namespace azukari::storage
