// The reading room: a few connections, each lent to one reader at a time.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace azukari::storage {

template <class Connection>
class ReaderPool {
public:
    class Lease {
    public:
        Lease(ReaderPool& pool, std::unique_ptr<Connection> connection)
            : pool_(pool), connection_(std::move(connection))
        {
        }
        ~Lease() { pool_.give_back(std::move(connection_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Connection* operator->() const { return connection_.get(); }
        Connection& operator*() const { return *connection_; }

    private:
        ReaderPool& pool_;
        std::unique_ptr<Connection> connection_;
    };

    void add(std::unique_ptr<Connection> connection) { give_back(std::move(connection)); }

    // Waits until a connection is free. The one used last comes first: its caches are warm.
    Lease lend()
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return !free_.empty(); });
        auto connection = std::move(free_.back());
        free_.pop_back();
        return Lease(*this, std::move(connection));
    }

private:
    void give_back(std::unique_ptr<Connection> connection)
    {
        {
            const std::lock_guard lock(mutex_);
            free_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> free_;
};

} // namespace azukari::storage
