// Keys that are unwrapped at the moment. Each leaves when its time is over, however often it was
// used, so that a destroyed key cannot live on in a busy process; the oldest leaves first when the
// room is full.
#pragma once

#include "base/id.h"
#include "infra/seal/key_arena.h"

#include <iterator>
#include <list>
#include <map>
#include <optional>

namespace azukari::seal {

class KeyCache {
public:
    KeyCache(std::size_t capacity, Duration forget_after) : capacity_(capacity), forget_after_(forget_after) {}

    std::optional<SealKey> find(EntrustmentId of, SubjectId id, Instant now)
    {
        forget(now);
        const auto found = places_.find({of, id});
        return found == places_.end() ? std::nullopt : std::optional(found->second->key);
    }
    void keep(EntrustmentId of, SubjectId id, const SealKey& key, Instant now)
    {
        drop(of, id);
        if (held_.size() >= capacity_) drop_oldest();
        held_.push_back({{of, id}, key, now});
        places_.emplace(Name{of, id}, std::prev(held_.end()));
    }
    void drop(EntrustmentId of, SubjectId id)
    {
        const auto found = places_.find({of, id});
        if (found == places_.end()) return;
        held_.erase(found->second);
        places_.erase(found);
    }
    void forget(Instant now)
    {
        // A clock set back must not lengthen a key's life.
        while (!held_.empty() && (now - held_.front().since >= forget_after_ || now < held_.front().since))
            drop_oldest();
    }
    void clear()
    {
        places_.clear();
        held_.clear();
    }
    std::size_t size() const { return held_.size(); }

private:
    using Name = std::pair<EntrustmentId, SubjectId>;
    struct Held {
        Name name;
        SealKey key;
        Instant since;
    };
    void drop_oldest()
    {
        places_.erase(held_.front().name);
        held_.pop_front();
    }
    std::size_t capacity_;
    Duration forget_after_;
    std::list<Held> held_; // oldest first
    std::map<Name, std::list<Held>::iterator> places_;
};

} // namespace azukari::seal
