#include "infra/seal/key_arena.h"

#include "base/check.h"
#include "base/fault.h"
#include "infra/seal/digest.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <new>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace azukari::seal {

class ArenaPages {
public:
    explicit ArenaPages(std::size_t keys) : size_(keys * sizeof(Key256))
    {
        void* const mapped = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) throw Fault("鍵を置くメモリを確保できません。");
        if (mlock(mapped, size_) != 0) {
            munmap(mapped, size_);
            throw Fault("鍵を置くメモリを固定できません(mlock)。LimitMEMLOCK を大きくしてください。");
        }
        places_ = static_cast<std::uint8_t*>(mapped);
        if (madvise(mapped, size_, MADV_DONTDUMP) != 0 || madvise(mapped, size_, MADV_DONTFORK) != 0) {
            munmap(mapped, size_);
            throw Fault("鍵を置くメモリを写しの対象から外せません(madvise)。");
        }
        free_.reserve(keys);
        for (std::size_t i = keys; i > 0; --i) free_.push_back(i - 1);
    }
    ArenaPages(const ArenaPages&) = delete;
    ArenaPages& operator=(const ArenaPages&) = delete;
    ~ArenaPages()
    {
        explicit_bzero(places_, size_);
        munmap(places_, size_);
    }

    Key256* take(const Key256& key)
    {
        const std::lock_guard lock(mutex_);
        if (free_.empty()) throw Fault("鍵を置くメモリがいっぱいです。", true);
        const auto place = free_.back();
        free_.pop_back();
        return new (places_ + place * sizeof(Key256)) Key256(key);
    }
    void give_back(const Key256* key)
    {
        const auto* const at = reinterpret_cast<const std::uint8_t*>(key);
        key->~SecretKey();
        const std::lock_guard lock(mutex_);
        free_.push_back(static_cast<std::size_t>(at - places_) / sizeof(Key256));
    }
    std::size_t free_places() const
    {
        const std::lock_guard lock(mutex_);
        return free_.size();
    }

private:
    mutable std::mutex mutex_;
    std::uint8_t* places_ = nullptr;
    std::size_t size_;
    std::vector<std::size_t> free_;
};

Kid kid_of(const Key256& key)
{
    const auto code = hmac_sha256(key.reveal(), as_bytes("kid"));
    Kid kid;
    std::copy_n(code.begin(), kid.size(), kid.begin());
    return kid;
}

Key256 fresh_key(Entropy& entropy)
{
    Key256 key;
    entropy.fill(key.writable()); // straight into its place: a copy would stay behind
    return key;
}

KeyArena::KeyArena(std::size_t keys) : pages_(std::make_shared<ArenaPages>(keys)) {}

SealKey KeyArena::keep(const Key256& key)
{
    auto* const place = pages_->take(key);
    return {std::shared_ptr<const Key256>(place, [pages = pages_](const Key256* gone) { pages->give_back(gone); }),
            kid_of(key)};
}

std::size_t KeyArena::free_places() const
{
    return pages_->free_places();
}

void harden_process()
{
    const rlimit none{0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) throw Fault("異常終了時のメモリの写し(core)を止められません。");
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) throw Fault("ほかのプログラムからの覗き見を止められません(prctl)。");
}

} // namespace azukari::seal
