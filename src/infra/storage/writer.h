// The counter where all writes queue. While one group is being made durable the next one gathers; each group shares one
// transaction and one commit, and nobody is told "done" before the disk has said so.
#pragma once

#include "infra/storage/bell.h"
#include "infra/storage/db.h"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace azukari::storage {

// The one connection that writes. An engine provides it; the Writer drives it from one thread at a time.
class WriterConnection {
public:
    virtual ~WriterConnection() = default;
    virtual Tx& tx() = 0;
    virtual void begin() = 0;
    virtual void commit() = 0; // returns when durable
    virtual void rollback() noexcept = 0;
    virtual void mark() = 0;      // a savepoint to come back to
    virtual void pass_mark() = 0; // keeps what was done since the mark
    virtual void back_to_mark() = 0;
    // The first fault a statement met since the last call.
    virtual std::exception_ptr take_fault() = 0;
    // False once the engine has thrown the open transaction away by itself (disk full, connection lost).
    virtual bool in_transaction() const = 0;
    // False once the disk has failed: what is durable is no longer known, and only a new start may find out.
    virtual bool trusted() const = 0;
    // See scrub.h. Outside of transactions.
    virtual bool scrub(std::span<const std::string_view> tables) = 0;
    // Housekeeping between groups, after everybody has been told. `idle`: nobody has written for a while.
    virtual void rest(bool idle) noexcept = 0;
};

using Work = std::function<bool(Tx&)>; // returns whether to keep what it did

class Writer {
public:
    enum class Thread {
        own,     // a thread of its own collects groups
        callers, // each write is carried out on the thread that asks: reproducible, for the simulation
    };
    Writer(WriterConnection& connection, Thread thread);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void add_hook(std::function<void(Tx&)> hook);
    // Returns when the work is durable or undone; throws what the work threw, or the fault that met its group.
    void write(const Work& work);
    // A transaction of its own, without hooks.
    void write_alone(const std::function<void(Tx&)>& work);
    // Carries the works out as one group on the calling thread; what each of them met, null for none.
    std::vector<std::exception_ptr> write_together(std::span<const Work> works);
    // Between two groups.
    bool scrub(std::span<const std::string_view> tables);
    // Throws once the disk has failed.
    void check_trusted() const;
    // A reader found the disk failing: nothing more is accepted.
    void distrust() { trusted_ = false; }

private:
    struct Write {
        const Work* work;
        bool settled = false; // refused or thrown: nothing of it remains, and a fault of the group is not its own
        std::exception_ptr fault{};
    };
    struct Group {
        std::vector<Write> writes{};
        bool hooks = true;
        Bell told{}; // rung when the group is durable or undone
    };

    void enter(Group& group);
    void carry_out(Group& group);
    bool carry_out(Write& write, bool marked);
    void rest(bool idle);
    void loop();

    WriterConnection& connection_;
    std::vector<std::function<void(Tx&)>> hooks_;
    std::mutex at_work_; // held while a group is carried out
    std::mutex queue_;   // guards gathering_ and closing_
    std::condition_variable arrived_;
    std::shared_ptr<Group> gathering_ = std::make_shared<Group>();
    bool closing_ = false;
    std::atomic<bool> trusted_{true};
    std::atomic<std::thread::id> carrying_{}; // to stop a work that writes within a write
    std::thread thread_;
};

} // namespace azukari::storage
