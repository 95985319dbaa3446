// What both engines have in common: a Db whose writes go through one Writer.
#pragma once

#include "infra/storage/writer.h"

namespace azukari::storage {

class GroupedDb : public Db {
public:
    GroupedDb(std::unique_ptr<WriterConnection> connection, Writer::Thread thread)
        : connection_(std::move(connection)), writer_(*connection_, thread)
    {
    }
    void before_commit(std::function<void(Tx&)> hook) final { writer_.add_hook(std::move(hook)); }

    bool scrub(std::span<const std::string_view> tables) { return writer_.scrub(tables); } // see scrub.h

    // Several works as one group, as if they had met in the queue: for the simulation, where nothing is left to chance.
    std::vector<std::exception_ptr> write_together(std::span<const Work> works)
    {
        return writer_.write_together(works);
    }

protected:
    void run_write(const Work& work) final { writer_.write(work); }
    void run_migration(const std::function<void(Tx&)>& work) final { writer_.write_alone(work); }
    void run_read(const std::function<void(const Snapshot&)>& work) final
    {
        writer_.check_trusted();
        read_snapshot(work);
    }
    // When the lent connection finds the disk failing or the data damaged, it says so with distrust().
    virtual void read_snapshot(const std::function<void(const Snapshot&)>& work) = 0;
    void distrust() { writer_.distrust(); }

private:
    std::unique_ptr<WriterConnection> connection_;
    Writer writer_;
};

} // namespace azukari::storage
