// A hard life for the real storage layer: writes alone and in groups, refusals, a full or failing disk and power cuts,
// over several lives of the process, all from one seed. After each power cut everything that was acknowledged must be
// there, nothing that was refused, and nothing by halves.
#pragma once

#include "sim/disk.h"

#include <set>
#include <string>
#include <vector>

namespace azukari::storage {
class Db;
class GroupedDb;
} // namespace azukari::storage

namespace azukari::sim {

struct TrialOutcome {
    int power_cuts = 0;
    int acknowledged = 0; // writes
    int faults = 0;       // writes that met a full or failing disk
    std::uint64_t fingerprint = 0;
    std::vector<std::string> complaints; // broken promises; empty when all is well
};

class StorageTrial {
public:
    explicit StorageTrial(std::uint64_t seed) : disk_(seed) {}
    // A disk that says "saved" of the log without saving: what synchronous=NORMAL would amount to.
    void let_the_disk_lie() { disk_.ignore_syncs_of("-wal"); }
    TrialOutcome run(int lives);

private:
    using Number = std::int64_t;
    void live();
    void write_group(storage::GroupedDb& db);
    void inspect();
    void inspect(storage::Db& db);
    void complain(const std::string& what);

    Disk disk_;
    Number last_ = 0;
    std::set<Number> acknowledged_;
    std::vector<std::vector<Number>> in_doubt_; // groups whose commit met a fault: wholly there, or not at all
    TrialOutcome outcome_;
};

} // namespace azukari::sim
