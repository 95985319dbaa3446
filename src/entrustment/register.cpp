#include "entrustment/register.h"

#include <mutex>

namespace azukari::entrustment {

std::shared_ptr<const Version> Register::remembered(EntrustmentId id) const
{
    std::shared_lock lock(mutex_);
    const auto found = latest_.find(id);
    return found == latest_.end() ? nullptr : found->second;
}

void Register::forget(const access::Scope& scope)
{
    std::unique_lock lock(mutex_);
    ++changes_;
    if (scope.entrustment()) latest_.erase(*scope.entrustment());
}

void Register::remember(EntrustmentId id, std::shared_ptr<const Version> version, std::uint64_t since)
{
    std::unique_lock lock(mutex_);
    if (since == changes_) latest_[id] = std::move(version);
}

Result<std::shared_ptr<const Version>> Register::latest(const access::Scope& scope)
{
    const auto id = *scope.entrustment();
    auto known = remembered(id);
    if (known && db_.engine() == "sqlite") return known;
    std::uint64_t since = 0;
    {
        std::shared_lock lock(mutex_);
        since = changes_;
    }
    auto read = db_.read([&](const storage::Snapshot& snapshot) -> Result<std::shared_ptr<const Version>> {
        if (known) {
            AZK_TRY(const auto mark, latest_mark(snapshot, scope));
            const auto& mine = known->mark;
            if (mark.number == mine.number && mark.revision == mine.revision && mark.state == mine.state) return known;
        }
        AZK_TRY(auto version, latest_version(snapshot, scope));
        return std::make_shared<const Version>(std::move(version));
    });
    if (read && *read != known) remember(id, *read, since);
    return read;
}

std::vector<Register::Listed> Register::list(const access::Scope& scope)
{
    std::uint64_t since = 0;
    {
        std::shared_lock lock(mutex_);
        since = changes_;
    }
    std::vector<Listed> all;
    db_.read([&](const storage::Snapshot& snapshot) {
        for (const auto& listed : registered(snapshot, scope)) {
            const auto known = remembered(listed.id);
            if (known && known->mark.number == listed.latest.number && known->mark.revision == listed.latest.revision &&
                known->mark.state == listed.latest.state) {
                all.push_back({listed.id, known});
            } else if (auto read = listed_version(snapshot, listed)) {
                all.push_back({listed.id, std::make_shared<const Version>(*std::move(read))});
                remember(listed.id, all.back().version, since);
            }
        }
    });
    return all;
}

} // namespace azukari::entrustment
