#include "sim/storage_trial.h"

#include "infra/storage/sqlite/sqlite_db.h"
#include "sim/disk_vfs.h"

#include <algorithm>

namespace azukari::sim {

namespace {

using storage::Row;
using storage::Snapshot;
using storage::Tx;

constexpr storage::Migration kTables[] = {
    {"trial", 1, "entry",
     "create table entry (number integer primary key, body blob not null);"
     "create table copy (number integer primary key references entry (number));"
     "create table tally (entries integer not null); insert into tally (entries) values (0);"}};

// Refused works are those that must leave nothing.
enum class Fate { kept, refused, thrown };

class Mishap : public std::runtime_error {
public:
    Mishap() : std::runtime_error("a work that fails by itself") {}
};

storage::SqliteOptions options(bool check)
{
    return {.readers = 1,
            .writer = storage::Writer::Thread::callers,
            .checkpoint_pages = 12,
            .check_on_open = check,
            .vfs = DiskVfs::name()};
}

Bytes body_of(std::int64_t number)
{
    return Bytes(static_cast<std::size_t>(number * 37 % 700), static_cast<std::uint8_t>(number));
}

storage::Work write_entry(std::int64_t number, Fate fate)
{
    return [=](Tx& tx) {
        tx.execute("insert into entry (number, body) values (?, ?)", {number, body_of(number)});
        tx.execute("insert into copy (number) values (?)", {number});
        if (fate == Fate::thrown) throw Mishap();
        return fate == Fate::kept;
    };
}

void count_entries(Tx& tx)
{
    tx.execute("update tally set entries = (select count(*) from entry)");
}

} // namespace

TrialOutcome StorageTrial::run(int lives)
{
    const DiskVfs vfs(disk_);
    for (int life = 0; life < lives && outcome_.complaints.empty(); ++life) {
        live();
        disk_.restore_power();
        ++outcome_.power_cuts;
        inspect();
    }
    outcome_.fingerprint = disk_.fingerprint();
    return outcome_;
}

void StorageTrial::complain(const std::string& what)
{
    outcome_.complaints.push_back(what);
}

// From the start of the process to the cut.
void StorageTrial::live()
{
    auto& chance = disk_.rng();
    disk_.cut_power_after(5 + chance.below(400));
    if (chance.below(4) == 0) disk_.fail_one_in(150);
    if (chance.below(4) == 0) disk_.set_free_space(chance.below(100'000));
    try {
        const auto db = storage::open_sqlite("azukari.db", options(false));
        db->migrate(kTables);
        db->before_commit(count_entries);
        const int most = outcome_.faults + 20; // a process that only meets faults is ended, as an operator would
        while (disk_.has_power() && outcome_.faults < most && outcome_.complaints.empty()) write_group(*db);
    } catch (const storage::StorageFault&) { // it could not even start; the next life will
        ++outcome_.faults;
    }
}

void StorageTrial::write_group(storage::GroupedDb& db)
{
    auto& chance = disk_.rng();
    const bool failed_before = disk_.has_failed();
    std::vector<Number> numbers;
    std::vector<Fate> fates;
    std::vector<storage::Work> works;
    for (auto left = 1 + chance.below(5); left > 0; --left) {
        const auto roll = chance.below(8);
        fates.push_back(roll == 0 ? Fate::refused : roll == 1 ? Fate::thrown : Fate::kept);
        numbers.push_back(++last_);
        works.push_back(write_entry(last_, fates.back()));
    }
    const auto faults = db.write_together(works);

    std::vector<Number> in_doubt;
    for (std::size_t i = 0; i < works.size(); ++i) {
        if (fates[i] != Fate::kept) continue;
        if (faults[i]) {
            in_doubt.push_back(numbers[i]);
            ++outcome_.faults;
            continue;
        }
        acknowledged_.insert(numbers[i]);
        ++outcome_.acknowledged;
        if (failed_before) complain("acknowledged after the disk had failed");
    }
    if (!in_doubt.empty()) in_doubt_.push_back(std::move(in_doubt));
}

// What the next process finds.
void StorageTrial::inspect()
{
    try {
        const auto db = storage::open_sqlite("azukari.db", options(true));
        db->migrate(kTables);
        inspect(*db);
    } catch (const storage::StorageFault& fault) {
        complain(std::string("cannot open after the power cut: ") + fault.what());
    }
}

void StorageTrial::inspect(storage::Db& db)
{
    std::set<Number> there;
    db.read([&](const Snapshot& data) {
        data.each("select number, body from entry order by number", {}, [&](const Row& row) {
            there.insert(row.integer(0));
            if (row.bytes(1) != body_of(row.integer(0))) complain("an entry is garbled");
        });
        if (data.integer("select count(*) from copy") != static_cast<Number>(there.size()))
            complain("a work is there by halves");
        if (data.integer("select entries from tally") != static_cast<Number>(there.size()))
            complain("a group is there without its hook's work");
    });
    for (const auto& group : in_doubt_) {
        const auto found = std::count_if(group.begin(), group.end(), [&](Number n) { return there.contains(n); });
        if (found != 0 && found != static_cast<std::ptrdiff_t>(group.size())) complain("a group is there by halves");
        if (found != 0) acknowledged_.insert(group.begin(), group.end()); // from now on it has to stay
    }
    in_doubt_.clear();
    for (const auto number : acknowledged_)
        if (!there.contains(number)) complain("acknowledged and lost: " + std::to_string(number));
    for (const auto number : there)
        if (!acknowledged_.contains(number)) complain("there, but never acknowledged: " + std::to_string(number));
}

} // namespace azukari::sim
