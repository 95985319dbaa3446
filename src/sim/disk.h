// A disk made of memory, for the simulated town: it forgets what was never synced when the power goes, tears writes in
// two, fills up and fails, all decided by a seed.
#pragma once

#include "base/bytes.h"
#include "base/random.h"

#include <map>
#include <optional>
#include <string>

namespace azukari::sim {

enum class DiskAnswer { done, full, failed };

class Disk {
public:
    explicit Disk(std::uint64_t seed) : rng_(seed) {}

    DiskAnswer write(const std::string& file, std::size_t at, ByteView bytes);
    DiskAnswer truncate(const std::string& file, std::size_t size);
    // A sync that fails forgets what it should have saved, and the next one succeeds as if nothing had been: that is
    // how Linux behaves, and why a failed sync must never be tried again and believed.
    DiskAnswer sync(const std::string& file);
    DiskAnswer remove(const std::string& file);
    // Reads what is there as long as there is power; the number of bytes read.
    std::optional<std::size_t> read(const std::string& file, std::size_t at, std::span<std::uint8_t> out) const;
    std::size_t size(const std::string& file) const;
    bool exists(const std::string& file) const { return files_.contains(file); }
    void create(const std::string& file) { files_[file]; }

    // What may go wrong from now on. Counts are operations that change the disk.
    void cut_power_after(std::uint64_t operations) { power_until_ = operations_ + operations; }
    void fail_one_in(std::uint64_t operations) { fail_one_in_ = operations; }
    void set_free_space(std::size_t bytes) { capacity_ = used() + bytes; }
    void ignore_syncs_of(std::string suffix) { ignored_suffix_ = std::move(suffix); }
    // No more mishaps are planned; what has happened has happened.
    void calm();

    bool has_power() const { return operations_ < power_until_; }
    bool has_failed() const { return failed_; }
    // The power is back. Of what was not synced, some has survived, some has not, and some was torn.
    void restore_power();

    // Of everything that is on the disk: two runs of one seed end with the same.
    std::uint64_t fingerprint() const;
    Rng& rng() { return rng_; } // for whoever shares the disk's fate

private:
    struct Change {
        std::size_t at;
        Bytes bytes;
        bool truncates;
    };
    struct File {
        Bytes safe;    // survives anything
        Bytes visible; // what a reader sees
        std::vector<Change> unsynced;
    };

    static void apply(Bytes& content, const Change& change);
    std::optional<DiskAnswer> mishap();
    std::size_t used() const;

    Rng rng_;
    std::map<std::string, File> files_;
    std::uint64_t operations_ = 0;
    std::uint64_t power_until_ = ~std::uint64_t{0};
    std::uint64_t fail_one_in_ = 0;
    std::size_t capacity_ = ~std::size_t{0};
    std::string ignored_suffix_;
    bool failed_ = false;
};

} // namespace azukari::sim
