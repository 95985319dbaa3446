#include "sim/disk.h"

#include <algorithm>

namespace azukari::sim {

void Disk::apply(Bytes& content, const Change& change)
{
    if (change.truncates) {
        content.resize(change.at);
        return;
    }
    content.resize(std::max(content.size(), change.at + change.bytes.size()));
    std::copy(change.bytes.begin(), change.bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(change.at));
}

// Counts one operation; answers when it does not take place.
std::optional<DiskAnswer> Disk::mishap()
{
    if (!has_power()) return DiskAnswer::failed;
    ++operations_;
    if (!has_power()) return DiskAnswer::failed;
    if (fail_one_in_ == 0 || rng_.below(fail_one_in_) != 0) return std::nullopt;
    failed_ = true;
    return DiskAnswer::failed;
}

DiskAnswer Disk::write(const std::string& file, std::size_t at, ByteView bytes)
{
    auto& mine = files_[file];
    const auto end = at + bytes.size();
    const auto growth = end > mine.visible.size() ? end - mine.visible.size() : 0;
    Change change{at, Bytes(bytes.begin(), bytes.end()), false};
    if (const auto answer = mishap()) {
        if (!has_power()) mine.unsynced.push_back(std::move(change)); // it may still have reached the platter
        return *answer;
    }
    if (used() + growth > capacity_) return DiskAnswer::full;
    apply(mine.visible, change);
    mine.unsynced.push_back(std::move(change));
    return DiskAnswer::done;
}

DiskAnswer Disk::truncate(const std::string& file, std::size_t size)
{
    if (const auto answer = mishap()) return *answer;
    auto& mine = files_[file];
    mine.unsynced.push_back({size, {}, true});
    apply(mine.visible, mine.unsynced.back());
    return DiskAnswer::done;
}

DiskAnswer Disk::sync(const std::string& file)
{
    auto& mine = files_[file];
    const bool ignored = !ignored_suffix_.empty() && file.ends_with(ignored_suffix_);
    if (const auto answer = mishap()) {
        if (has_power()) mine.unsynced.clear();
        return *answer;
    }
    if (ignored) return DiskAnswer::done;
    for (const auto& change : mine.unsynced) apply(mine.safe, change);
    mine.unsynced.clear();
    return DiskAnswer::done;
}

DiskAnswer Disk::remove(const std::string& file)
{
    if (const auto answer = mishap()) return *answer;
    files_.erase(file);
    return DiskAnswer::done;
}

std::optional<std::size_t> Disk::read(const std::string& file, std::size_t at, std::span<std::uint8_t> out) const
{
    const auto found = files_.find(file);
    if (!has_power() || found == files_.end()) return std::nullopt;
    const auto& content = found->second.visible;
    if (at >= content.size()) return 0;
    const auto length = std::min(out.size(), content.size() - at);
    std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(at), length, out.begin());
    return length;
}

std::size_t Disk::size(const std::string& file) const
{
    const auto found = files_.find(file);
    return found == files_.end() ? 0 : found->second.visible.size();
}

std::size_t Disk::used() const
{
    std::size_t sum = 0;
    for (const auto& [name, file] : files_) sum += file.visible.size();
    return sum;
}

void Disk::calm()
{
    power_until_ = ~std::uint64_t{0};
    fail_one_in_ = 0;
    capacity_ = ~std::size_t{0};
}

void Disk::restore_power()
{
    // Either the disk kept the order of writes (all up to some moment survive), or it did not (each on its own).
    const bool in_order = rng_.below(2) == 0;
    for (auto& [name, file] : files_) {
        const auto last = rng_.below(file.unsynced.size() + 1);
        for (std::size_t i = 0; i < file.unsynced.size(); ++i) {
            auto& change = file.unsynced[i];
            const bool survives = in_order ? i < last : rng_.below(2) == 0;
            const bool torn = in_order ? i == last : rng_.below(8) == 0;
            if (torn && !change.truncates) change.bytes.resize(rng_.below(change.bytes.size() + 1));
            if (survives || (torn && !change.truncates && !change.bytes.empty())) apply(file.safe, change);
        }
        file.unsynced.clear();
        file.visible = file.safe;
    }
    calm();
    failed_ = false;
}

std::uint64_t Disk::fingerprint() const
{
    std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a
    const auto add = [&](std::uint8_t byte) { hash = (hash ^ byte) * 0x100000001b3; };
    for (const auto& [name, file] : files_) {
        for (const char letter : name) add(static_cast<std::uint8_t>(letter));
        for (const auto byte : file.safe) add(byte);
    }
    return hash;
}

} // namespace azukari::sim
