// Lets the real SQLite work on a simulated disk: its files, its locks, its shared memory, its chance and its clock.
#pragma once

#include "sim/disk.h"

#include <memory>

namespace azukari::sim {

class DiskVfs {
public:
    // Registers itself with SQLite as its default, under name(), until it goes. One at a time, and on one thread.
    explicit DiskVfs(Disk& disk);
    ~DiskVfs();
    DiskVfs(const DiskVfs&) = delete;
    DiskVfs& operator=(const DiskVfs&) = delete;

    static std::string name() { return "simulated"; }

private:
    struct Registration;
    std::unique_ptr<Registration> registration_;
};

} // namespace azukari::sim
