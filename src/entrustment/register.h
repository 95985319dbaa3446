// The register as pages read it: the latest version of each entrustment stays parsed in memory until somebody changes
// it. Reads go past the store on an embedded one; with several servers, each read asks for the version's mark first.
#pragma once

#include "entrustment/version_store.h"

#include <map>
#include <memory>
#include <shared_mutex>

namespace azukari::entrustment {

class Register {
public:
    Register(storage::Db& db, Catalogues catalogues, matters::Matters matters)
        : db_(db), catalogues_(std::move(catalogues)), matters_(std::move(matters))
    {
    }

    storage::Db& db() const { return db_; }
    const Catalogues& catalogues() const { return catalogues_; }
    const matters::Matters& matters() const { return matters_; }

    // The latest version of the Scope's entrustment.
    Result<std::shared_ptr<const Version>> latest(const access::Scope& scope);
    struct Listed {
        EntrustmentId id;
        std::shared_ptr<const Version> version;
    };
    // Those this person may see, by code.
    std::vector<Listed> list(const access::Scope& scope);

    // Runs a change of the register on the store's writer and forgets what it made stale.
    template <class F>
    auto change(const access::Scope& scope, F&& work)
    {
        auto result = db_.write([&](storage::Tx& tx) { return work(tx); });
        forget(scope);
        return result;
    }

private:
    std::shared_ptr<const Version> remembered(EntrustmentId id) const;
    void forget(const access::Scope& scope);
    void remember(EntrustmentId id, std::shared_ptr<const Version> version, std::uint64_t since);

    storage::Db& db_;
    const Catalogues catalogues_;
    const matters::Matters matters_;
    mutable std::shared_mutex mutex_;
    std::map<EntrustmentId, std::shared_ptr<const Version>> latest_;
    std::uint64_t changes_ = 0; // a read that began before a change may not be remembered after it
};

} // namespace azukari::entrustment
