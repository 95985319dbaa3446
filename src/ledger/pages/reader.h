// Whoever reads the ledger: what they may see of it, and the words in which codes and ids are shown to them.
#pragma once

#include "infra/html/elements.h"
#include "ledger/pages/ledger_pages.h"
#include "ledger/search_store.h"

#include <map>

namespace azukari::ledger::pages {

class Reader {
public:
    Reader(const storage::Snapshot& snapshot, const access::Scope& scope, const Rooms& rooms);

    // Nothing for the ward and the auditors, who see everything; a contractor sees what is theirs.
    const std::optional<Reach>& reach() const { return reach_; }
    bool may_see(const Entry& entry) const { return !reach_ || reach_->holds(entry); }

    // Accounts and entrustments to choose from: code or id, and name.
    const std::vector<std::pair<std::string, std::string>>& people() const { return people_; }
    const std::vector<std::pair<EntrustmentId, std::string>>& entrustments() const { return entrustments_; }

    std::string actor(const Entry& entry) const;       // 見本 太郎（取扱者）
    std::string entrustment(const Entry& entry) const; // empty when it is on none
    static std::string act(const Entry& entry);        // 名簿を区に提出した
    static html::Html outcome(const Entry& entry);

private:
    std::vector<std::pair<std::string, std::string>> people_;
    std::map<std::string, std::string, std::less<>> names_;
    std::vector<std::pair<EntrustmentId, std::string>> entrustments_;
    std::optional<Reach> reach_;
};

// 「1,234件」
std::string counted(std::uint64_t number);

} // namespace azukari::ledger::pages
