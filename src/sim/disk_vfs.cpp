#include "sim/disk_vfs.h"

#include <algorithm>
#include <array>
#include <set>
#include <sqlite3.h>

namespace azukari::sim {

namespace {

constexpr int kRegionSize = 32768; // what SQLite asks for
using Region = std::array<std::uint8_t, kRegionSize>;

struct OpenFile;

// What the connections to one file share besides its content, and what no power cut preserves.
struct Shared {
    std::set<OpenFile*> open{};
    std::vector<std::unique_ptr<Region>> regions{}; // the index of the write-ahead log
};

struct Office {
    explicit Office(Disk& its_disk) : disk(its_disk) {}
    Disk& disk;
    std::map<std::string, Shared> shared; // by file, while it is open
    std::int64_t now_ms = 1'700'000'000'000;
};

struct OpenFile { // SQLite allocates it; begin with its base
    sqlite3_file base;
    Office* office;
    const std::string* name; // the key in `shared`
    int lock;                // SQLITE_LOCK_…
    unsigned shared_slots;   // bits of the log index's locks
    unsigned exclusive_slots;
    Disk& disk() const { return office->disk; }
    Shared& shared() const { return office->shared[*name]; }
};

OpenFile& opened(sqlite3_file* file)
{
    return *reinterpret_cast<OpenFile*>(file);
}

int code_of(DiskAnswer answer, int failure)
{
    switch (answer) {
    case DiskAnswer::done:
        return SQLITE_OK;
    case DiskAnswer::full:
        return SQLITE_FULL;
    case DiskAnswer::failed:
        break;
    }
    return failure;
}

int close(sqlite3_file* file)
{
    auto& mine = opened(file);
    auto& shared = mine.office->shared;
    mine.shared().open.erase(&mine);
    if (mine.shared().open.empty()) shared.erase(shared.find(*mine.name));
    return SQLITE_OK;
}

int read(sqlite3_file* file, void* out, int length, sqlite3_int64 at)
{
    const std::span<std::uint8_t> space(static_cast<std::uint8_t*>(out), static_cast<std::size_t>(length));
    std::fill(space.begin(), space.end(), std::uint8_t{0});
    const auto got = opened(file).disk().read(*opened(file).name, static_cast<std::size_t>(at), space);
    if (!got) return SQLITE_IOERR_READ;
    return *got == space.size() ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* data, int length, sqlite3_int64 at)
{
    const ByteView bytes(static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(length));
    return code_of(opened(file).disk().write(*opened(file).name, static_cast<std::size_t>(at), bytes),
                   SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    return code_of(opened(file).disk().truncate(*opened(file).name, static_cast<std::size_t>(size)),
                   SQLITE_IOERR_TRUNCATE);
}

int sync(sqlite3_file* file, int)
{
    return code_of(opened(file).disk().sync(*opened(file).name), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* size)
{
    *size = static_cast<sqlite3_int64>(opened(file).disk().size(*opened(file).name));
    return SQLITE_OK;
}

bool others_hold(const OpenFile& mine, int least)
{
    const auto& open = mine.shared().open;
    return std::any_of(open.begin(), open.end(),
                       [&](const OpenFile* other) { return other != &mine && other->lock >= least; });
}

int lock(sqlite3_file* file, int level)
{
    auto& mine = opened(file);
    if (mine.lock >= level) return SQLITE_OK;
    if (level == SQLITE_LOCK_SHARED && others_hold(mine, SQLITE_LOCK_PENDING)) return SQLITE_BUSY;
    if (level >= SQLITE_LOCK_RESERVED && others_hold(mine, SQLITE_LOCK_RESERVED)) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE && others_hold(mine, SQLITE_LOCK_SHARED)) {
        mine.lock = SQLITE_LOCK_PENDING;
        return SQLITE_BUSY;
    }
    mine.lock = level;
    return SQLITE_OK;
}

int unlock(sqlite3_file* file, int level)
{
    opened(file).lock = std::min(opened(file).lock, level);
    return SQLITE_OK;
}

int is_reserved(sqlite3_file* file, int* answer)
{
    *answer = opened(file).lock >= SQLITE_LOCK_RESERVED || others_hold(opened(file), SQLITE_LOCK_RESERVED);
    return SQLITE_OK;
}

int control(sqlite3_file*, int, void*)
{
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*)
{
    return 4096;
}

int characteristics(sqlite3_file*) // as SQLite assumes of real disks: a torn write harms nothing beside itself
{
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_region(sqlite3_file* file, int index, int size, int extend, void volatile** out)
{
    auto& regions = opened(file).shared().regions;
    *out = nullptr;
    if (size != kRegionSize) return SQLITE_IOERR_SHMMAP;
    const auto wanted = static_cast<std::size_t>(index) + 1;
    while (extend && regions.size() < wanted) regions.push_back(std::make_unique<Region>());
    if (regions.size() >= wanted) *out = regions[wanted - 1]->data();
    return SQLITE_OK;
}

int lock_slots(sqlite3_file* file, int first, int count, int flags)
{
    auto& mine = opened(file);
    const unsigned slots = ((1u << count) - 1) << first;
    if (flags & SQLITE_SHM_UNLOCK) {
        mine.shared_slots &= ~slots;
        mine.exclusive_slots &= ~slots;
        return SQLITE_OK;
    }
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (const auto* other : mine.shared().open) {
        const auto taken = other->exclusive_slots | (exclusive ? other->shared_slots : 0);
        if (other != &mine && (taken & slots) != 0) return SQLITE_BUSY;
    }
    (exclusive ? mine.exclusive_slots : mine.shared_slots) |= slots;
    return SQLITE_OK;
}

void barrier(sqlite3_file*) {} // one thread

int unmap_regions(sqlite3_file* file, int remove)
{
    if (remove) opened(file).shared().regions.clear();
    return SQLITE_OK;
}

const sqlite3_io_methods kMethods{
    2,           close,   read,        write,           truncate,   sync,       file_size, lock,          unlock,
    is_reserved, control, sector_size, characteristics, map_region, lock_slots, barrier,   unmap_regions, nullptr,
    nullptr};

Office& office_of(sqlite3_vfs* vfs)
{
    return *static_cast<Office*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags)
{
    auto& office = office_of(vfs);
    auto& mine = opened(file);
    mine.base.pMethods = nullptr;
    const std::string name = path ? path : "temporary";
    if (!office.disk.has_power()) return SQLITE_CANTOPEN;
    if (!office.disk.exists(name)) {
        if (!(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
        office.disk.create(name);
    }
    auto& [key, shared] = *office.shared.try_emplace(name).first;
    mine = {{&kMethods}, &office, &key, SQLITE_LOCK_NONE, 0, 0};
    shared.open.insert(&mine);
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int)
{
    return code_of(office_of(vfs).disk.remove(path), SQLITE_IOERR_DELETE);
}

int access(sqlite3_vfs* vfs, const char* path, int, int* answer)
{
    *answer = office_of(vfs).disk.exists(path);
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out)
{
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int length, char* out)
{
    std::generate_n(out, length, [&] { return static_cast<char>(office_of(vfs).disk.rng().next()); });
    return length;
}

int sleep(sqlite3_vfs* vfs, int micros)
{
    office_of(vfs).now_ms += micros / 1000 + 1;
    return micros;
}

int last_error(sqlite3_vfs*, int, char*)
{
    return 0;
}

int now(sqlite3_vfs* vfs, sqlite3_int64* julian_ms)
{
    constexpr sqlite3_int64 kUnixEpoch = 210'866'760'000'000; // in milliseconds of the Julian day
    *julian_ms = kUnixEpoch + office_of(vfs).now_ms;
    return SQLITE_OK;
}

} // namespace

struct DiskVfs::Registration {
    explicit Registration(Disk& disk) : office(disk)
    {
        vfs.iVersion = 2;
        vfs.szOsFile = sizeof(OpenFile);
        vfs.mxPathname = 256;
        vfs.zName = name.c_str();
        vfs.pAppData = &office;
        vfs.xOpen = open;
        vfs.xDelete = remove;
        vfs.xAccess = access;
        vfs.xFullPathname = full_path;
        vfs.xRandomness = randomness;
        vfs.xSleep = sleep;
        vfs.xGetLastError = last_error;
        vfs.xCurrentTimeInt64 = now;
        sqlite3_vfs_register(&vfs, 1);
        sqlite3_randomness(0, nullptr); // forget the chance of before: ask the disk's seed
    }
    ~Registration()
    {
        sqlite3_vfs_unregister(&vfs);
        sqlite3_randomness(0, nullptr);
    }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;

    Office office;
    std::string name = DiskVfs::name();
    sqlite3_vfs vfs{};
};

DiskVfs::DiskVfs(Disk& disk) : registration_(std::make_unique<Registration>(disk)) {}

DiskVfs::~DiskVfs() = default;

} // namespace azukari::sim
