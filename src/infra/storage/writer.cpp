#include "infra/storage/writer.h"

#include "base/check.h"

#include <chrono>

namespace azukari::storage {

namespace {
constexpr std::chrono::seconds kIdleAfter{2};
}

Writer::Writer(WriterConnection& connection, Thread thread) : connection_(connection)
{
    if (thread == Thread::own) thread_ = std::thread([this] { loop(); });
}

Writer::~Writer()
{
    {
        const std::lock_guard lock(queue_);
        closing_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Writer::add_hook(std::function<void(Tx&)> hook)
{
    const std::lock_guard lock(at_work_);
    hooks_.push_back(std::move(hook));
}

void Writer::check_trusted() const
{
    if (!trusted_)
        throw StorageFault(
            FaultKind::io,
            "ディスクの読み書きに失敗したため、受付を止めました。ディスクを点検し、azukari を再起動してください。");
}

void Writer::write(const Work& work)
{
    check_trusted();
    AZK_CHECK(carrying_.load() != std::this_thread::get_id());
    if (!thread_.joinable()) {
        if (const auto fault = write_together({&work, 1}).front()) std::rethrow_exception(fault);
        return;
    }
    std::unique_lock lock(queue_);
    const auto group = gathering_;
    const auto mine = group->writes.size();
    group->writes.push_back({&work});
    lock.unlock();
    if (mine == 0) arrived_.notify_one();
    group->told.wait();
    if (const auto& fault = group->writes[mine].fault) std::rethrow_exception(fault);
}

void Writer::write_alone(const std::function<void(Tx&)>& work)
{
    check_trusted();
    const Work kept = [&](Tx& tx) {
        work(tx);
        return true;
    };
    Group group;
    group.hooks = false;
    group.writes.push_back({&kept});
    enter(group);
    if (const auto& fault = group.writes.front().fault) std::rethrow_exception(fault);
}

std::vector<std::exception_ptr> Writer::write_together(std::span<const Work> works)
{
    Group group;
    for (const auto& work : works) group.writes.push_back({&work});
    enter(group);
    rest(false);
    std::vector<std::exception_ptr> faults;
    for (auto& write : group.writes) faults.push_back(write.fault);
    return faults;
}

void Writer::enter(Group& group)
{
    const std::lock_guard lock(at_work_);
    carrying_ = std::this_thread::get_id();
    carry_out(group);
    carrying_ = std::thread::id{};
}

void Writer::carry_out(Group& group)
{
    try {
        check_trusted();
        connection_.begin();
        bool anything = false;
        for (auto& write : group.writes) anything |= carry_out(write, group.writes.size() > 1);
        if (!anything) return connection_.rollback();
        if (group.hooks)
            for (const auto& hook : hooks_) hook(connection_.tx());
        if (const auto fault = connection_.take_fault()) std::rethrow_exception(fault);
        connection_.commit();
    } catch (...) { // carried to those who wait
        connection_.rollback();
        connection_.take_fault();
        for (auto& write : group.writes)
            if (!write.settled) write.fault = std::current_exception();
        if (!connection_.trusted()) trusted_ = false;
    }
}

// Returns whether anything of the write remains in the open transaction.
bool Writer::carry_out(Write& write, bool marked)
{
    if (marked) connection_.mark();
    bool keep = false;
    try {
        keep = (*write.work)(connection_.tx());
    } catch (...) { // carried to the one who waits
        write.fault = std::current_exception();
    }
    const auto statement_fault = connection_.take_fault();
    if (!connection_.in_transaction() || !connection_.trusted()) {
        if (statement_fault) std::rethrow_exception(statement_fault);
        throw StorageFault(FaultKind::other, "書込みの途中で取引が失われました。もう一度お試しください。", true);
    }
    if (keep && !statement_fault) {
        if (marked) connection_.pass_mark();
        return true;
    }
    if (keep) write.fault = statement_fault;
    write.settled = true;
    if (marked) connection_.back_to_mark();
    return false;
}

void Writer::rest(bool idle)
{
    const std::lock_guard lock(at_work_);
    if (!trusted_) return;
    connection_.rest(idle);
    if (!connection_.trusted()) trusted_ = false;
}

bool Writer::scrub(std::span<const std::string_view> tables)
{
    check_trusted();
    AZK_CHECK(carrying_.load() != std::this_thread::get_id());
    const std::lock_guard lock(at_work_);
    const bool done = connection_.scrub(tables);
    if (!connection_.trusted()) trusted_ = false;
    return done;
}

void Writer::loop()
{
    bool rested = true; // nothing has been written since the last idle rest
    std::unique_lock lock(queue_);
    while (true) {
        const auto due = [&] { return closing_ || !gathering_->writes.empty(); };
        if (rested)
            arrived_.wait(lock, due);
        else
            arrived_.wait_for(lock, kIdleAfter, due);
        if (gathering_->writes.empty()) {
            if (closing_) return;
            lock.unlock();
            rest(true);
            rested = true;
            lock.lock();
            continue;
        }
        const auto group = std::exchange(gathering_, std::make_shared<Group>());
        lock.unlock();
        enter(*group);
        group->told.ring();
        rest(false);
        rested = false;
        lock.lock();
    }
}

} // namespace azukari::storage
