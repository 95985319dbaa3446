#include "vault/finder/person_finder.h"

#include "base/check.h"
#include "ledger/ledger.h"
#include "vault/finder/identifying.h"
#include "vault/merge/distinction_store.h"
#include "vault/vault_refusals.h"

#include <algorithm>
#include <set>
#include <shared_mutex>

namespace azukari::finder {

namespace {

EntrustmentId entrustment_of(const access::Scope& scope)
{
    AZK_CHECK(access::touches_residents(scope.action().kind) && scope.entrustment().has_value());
    return *scope.entrustment();
}

void note(const vault::Vault& vault, ledger::Entry entry)
{
    vault.db().write([&](storage::Tx& tx) { ledger::append(tx, entry); });
}

using TwoIds = std::pair<SubjectId, SubjectId>;

TwoIds in_order(SubjectId a, SubjectId b)
{
    return {std::min(a, b), std::max(a, b)};
}

} // namespace

struct PersonFinder::Drawer {
    Instant used{}; // guarded by the finder's mutex

    std::shared_mutex index_mutex;
    std::unique_ptr<search::PersonIndex> index;

    std::mutex pairs_mutex;
    struct Compared {
        std::uint64_t news;
        std::vector<duplicates::Pair> pairs; // ids and what agrees, no values
    };
    std::optional<Compared> compared;

    std::mutex news_mutex; // held for moments only, taken last
    std::uint64_t news = 0;
    std::set<SubjectId> changed; // since the index was made or renewed
    std::uint64_t heard()
    {
        const std::lock_guard lock(news_mutex);
        return news;
    }
    bool has_changed()
    {
        const std::lock_guard lock(news_mutex);
        return !changed.empty();
    }
    std::vector<SubjectId> take_changed()
    {
        const std::lock_guard lock(news_mutex);
        std::vector<SubjectId> taken(changed.begin(), changed.end());
        changed.clear();
        return taken;
    }
};

PersonFinder::PersonFinder(const vault::Vault& vault, text::NameFolding folding, Duration idle)
    : vault_(vault), folding_(std::move(folding)), idle_(idle)
{
}

PersonFinder::~PersonFinder() = default;

PersonFinder::Drawer& PersonFinder::drawer_of(EntrustmentId entrustment, Instant now)
{
    const std::lock_guard lock(mutex_);
    auto& drawer = drawers_[entrustment];
    if (!drawer) drawer = std::make_unique<Drawer>();
    drawer->used = std::max(drawer->used, now);
    return *drawer;
}

PersonFinder::Drawer* PersonFinder::known_drawer(EntrustmentId entrustment) const
{
    const std::lock_guard lock(mutex_);
    const auto found = drawers_.find(entrustment);
    return found == drawers_.end() ? nullptr : found->second.get();
}

Result<void> PersonFinder::fill(const access::Scope& scope, Drawer& drawer) const
{
    auto index = std::make_unique<search::PersonIndex>(folding_);
    const auto filled = vault_.db().read([&](const storage::Snapshot& snapshot) {
        return vault_.each_person(snapshot, scope,
                                  [&](const vault::Vault::Seen& seen) { index->add(particulars_of(seen)); });
    });
    AZK_REQUIRE(filled);
    index->settle();
    drawer.index = std::move(index);
    return {};
}

Result<void> PersonFinder::renew(const access::Scope& scope, search::PersonIndex& index,
                                 const std::vector<SubjectId>& changed) const
{
    return vault_.db().read([&](const storage::Snapshot& snapshot) -> Result<void> {
        for (const auto& subject : changed) {
            const auto seen = vault_.see(snapshot, scope, subject);
            if (!seen && !seen.error().is(vault::kNoSuchPerson)) return tl::unexpected(seen.error());
            if (seen && !seen->person.merged_into)
                index.put(particulars_of(*seen));
            else
                index.remove(subject);
        }
        return {};
    });
}

// Whoever changed since the last search is read again; the first search, and one after much has changed, reads
// everybody. When it does not come to an end, there is no index.
Result<void> PersonFinder::bring_up_to_date(const access::Scope& scope, Drawer& drawer) const
{
    auto index = std::move(drawer.index);
    const auto changed = drawer.take_changed();
    if (!index || changed.size() > index->size() / 4 + 1) {
        index.reset();
        return fill(scope, drawer);
    }
    AZK_REQUIRE(renew(scope, *index, changed));
    drawer.index = std::move(index);
    return {};
}

Result<search::Finding> PersonFinder::look(const access::Scope& scope, Drawer& drawer, const search::Query& query,
                                           search::Page page) const
{
    {
        const std::shared_lock lock(drawer.index_mutex);
        if (drawer.index && !drawer.has_changed()) return drawer.index->find(query, page);
    }
    const std::unique_lock lock(drawer.index_mutex);
    AZK_REQUIRE(bring_up_to_date(scope, drawer));
    return drawer.index->find(query, page);
}

Result<Findings> PersonFinder::find(const access::Scope& scope, std::string_view words, search::Page page)
{
    const auto entrustment = entrustment_of(scope);
    AZK_TRY(const auto query, search::read_query(words, folding_));
    AZK_TRY(auto finding, look(scope, drawer_of(entrustment, scope.moment().at), query, page));
    Findings findings{{}, finding.total, finding.near};
    const auto opened = vault_.db().read([&](const storage::Snapshot& snapshot) -> Result<void> {
        for (auto& hit : finding.hits) {
            auto seen = vault_.see(snapshot, scope, hit.person);
            if (!seen && !seen.error().is(vault::kNoSuchPerson)) return tl::unexpected(seen.error());
            if (!seen || seen->person.merged_into) continue; // since a moment ago
            findings.found.push_back({*std::move(seen), std::move(hit.matches)});
        }
        return {};
    });
    AZK_REQUIRE(opened);
    auto entry = scope.entry("person.searched");
    entry.counts = {{"words", static_cast<std::int64_t>(query.terms.size())},
                    {"found", static_cast<std::int64_t>(findings.total)},
                    {"persons", static_cast<std::int64_t>(findings.found.size())}};
    entry.references = {{"items", kinds_of(query)}};
    note(vault_, std::move(entry));
    return findings;
}

// Compared anew when anything was told since.
Result<std::vector<duplicates::Pair>> PersonFinder::pairs(const access::Scope& scope, Drawer& drawer) const
{
    const std::lock_guard lock(drawer.pairs_mutex);
    const auto news = drawer.heard();
    if (!drawer.compared || drawer.compared->news != news) {
        drawer.compared.reset();
        std::vector<duplicates::Identity> identities;
        const auto read = vault_.db().read([&](const storage::Snapshot& snapshot) {
            return vault_.each_person(snapshot, scope,
                                      [&](const vault::Vault::Seen& seen) { identities.push_back(identity_of(seen)); });
        });
        AZK_REQUIRE(read);
        drawer.compared = {news, duplicates::possible_duplicates(identities, folding_)};
    }
    return drawer.compared->pairs;
}

Result<Candidates> PersonFinder::possible_duplicates(const access::Scope& scope, search::Page page)
{
    const auto entrustment = entrustment_of(scope);
    AZK_CHECK(page.count > 0);
    AZK_TRY(auto all, pairs(scope, drawer_of(entrustment, scope.moment().at)));
    Candidates candidates;
    const auto opened = vault_.db().read([&](const storage::Snapshot& snapshot) -> Result<void> {
        std::set<TwoIds> apart;
        for (const auto& told : vault::distinctions_in_force(snapshot, entrustment))
            apart.insert({told.one, told.other});
        std::erase_if(all, [&](const auto& pair) { return apart.contains(in_order(pair.a, pair.b)); });
        candidates.total = all.size();
        candidates.first = page.first;
        if (page.first >= all.size()) candidates.first = all.empty() ? 0 : (all.size() - 1) / page.count * page.count;
        for (auto at = candidates.first; at < std::min(candidates.first + page.count, all.size()); ++at) {
            auto one = vault_.see(snapshot, scope, all[at].a), other = vault_.see(snapshot, scope, all[at].b);
            for (const auto* seen : {&one, &other})
                if (!*seen && !seen->error().is(vault::kNoSuchPerson)) return tl::unexpected(seen->error());
            if (!one || !other || one->person.merged_into || other->person.merged_into) continue;
            candidates.shown.push_back(
                {*std::move(one), *std::move(other), all[at].probability, duplicates::reasons_of(all[at].comparison)});
        }
        return {};
    });
    AZK_REQUIRE(opened);
    auto entry = scope.entry("person.compared");
    entry.counts = {{"candidates", static_cast<std::int64_t>(candidates.total)},
                    {"pairs_shown", static_cast<std::int64_t>(candidates.shown.size())}};
    note(vault_, std::move(entry));
    return candidates;
}

void PersonFinder::hear(vault::News news, EntrustmentId entrustment, SubjectId subject)
{
    auto* const drawer = known_drawer(entrustment);
    if (drawer == nullptr) return; // whoever reads from now on reads what is now
    {
        const std::lock_guard lock(drawer->news_mutex);
        ++drawer->news;
        drawer->changed.insert(subject);
    }
    if (news != vault::News::erased) return;
    { // Waits for what is being made from what was there before.
        const std::unique_lock lock(drawer->index_mutex);
        drawer->index.reset();
    }
    const std::lock_guard lock(drawer->pairs_mutex);
    drawer->compared.reset();
}

std::size_t PersonFinder::drop_idle(Instant now)
{
    const std::lock_guard finder(mutex_);
    std::size_t dropped = 0;
    for (const auto& [entrustment, drawer] : drawers_) {
        if (now - drawer->used < idle_) continue;
        // What is locked is in use.
        const std::unique_lock index(drawer->index_mutex, std::try_to_lock);
        const std::unique_lock pairs(drawer->pairs_mutex, std::try_to_lock);
        if (!index || !pairs || (!drawer->index && !drawer->compared)) continue;
        drawer->index.reset();
        drawer->compared.reset();
        drawer->take_changed();
        ++dropped;
    }
    return dropped;
}

std::size_t PersonFinder::indexed(EntrustmentId entrustment) const
{
    auto* const drawer = known_drawer(entrustment);
    if (drawer == nullptr) return 0;
    const std::shared_lock lock(drawer->index_mutex);
    return drawer->index ? drawer->index->size() : 0;
}

} // namespace azukari::finder
