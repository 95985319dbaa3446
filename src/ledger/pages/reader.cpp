#include "ledger/pages/reader.h"

#include "access/fence.h"
#include "access/signin/account_store.h"
#include "ledger/known_act.h"
#include "office/shell/components/status.h"
#include "party/party_store.h"

#include <fmt/format.h>

namespace azukari::ledger::pages {

Reader::Reader(const storage::Snapshot& snapshot, const access::Scope& scope, const Rooms& rooms)
{
    const auto own = party::find_staff(snapshot, scope.staff());
    const bool everything = access::is_ward(scope.role());
    for (const auto& organisation : party::organisations(snapshot)) {
        if (!everything && !(own && own->organisation == organisation.id)) continue;
        for (const auto& account : access::accounts_of(snapshot, organisation.id)) {
            auto name = fmt::format("{}（{}）", account.name, access::japanese(account.role));
            names_[account.id.text()] = name;
            people_.emplace_back(account.id.text(), std::move(name));
        }
    }
    const auto visible = access::visible_entrustments(snapshot, scope);
    if (rooms.entrustments)
        entrustments_ = rooms.entrustments(snapshot, scope);
    else
        for (const auto& id : visible) entrustments_.emplace_back(id, id.text());
    if (everything) return;
    reach_.emplace();
    reach_->entrustments = visible;
    for (const auto& [id, name] : people_) reach_->actors.push_back(id);
}

std::string Reader::actor(const Entry& entry) const
{
    if (entry.actor == "system") return "システム";
    const auto found = names_.find(entry.actor);
    // Accounts of other organisations are nobody's business but the ward's, which sees all of them by name.
    return found == names_.end() ? "ほかの組織の方" : found->second;
}

std::string Reader::entrustment(const Entry& entry) const
{
    if (!entry.entrustment) return {};
    for (const auto& [id, name] : entrustments_)
        if (id == *entry.entrustment) return name;
    return entry.entrustment->text();
}

std::string Reader::act(const Entry& entry)
{
    const auto* known = find_act(entry.act);
    return known == nullptr ? entry.act : std::string(known->japanese);
}

html::Html Reader::outcome(const Entry& entry)
{
    if (entry.outcome == "done") return office::chip(office::Tone::good, "完了");
    if (entry.outcome.starts_with("refused")) return office::chip(office::Tone::caution, "拒否");
    return office::chip(office::Tone::neutral, entry.outcome);
}

std::string counted(std::uint64_t number)
{
    auto text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text + "件";
}

} // namespace azukari::ledger::pages
