// For tests: a scanner that speaks clamd's protocol on a socket in the file system, and finds what a test tells it to.
#pragma once

#include "base/bytes.h"

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace azukari::wire::testing {

class FakeClamd {
public:
    explicit FakeClamd(std::filesystem::path place);
    ~FakeClamd();
    FakeClamd(const FakeClamd&) = delete;
    FakeClamd& operator=(const FakeClamd&) = delete;

    const std::filesystem::path& place() const { return place_; }
    // What it answers to VERSION; by default signatures of the day of the tests' town.
    void set_version(std::string words);
    // What it answers to a stream instead of a verdict: "INSTREAM size limit exceeded. ERROR".
    void set_trouble(std::string words);
    std::size_t scanned() const { return scanned_; }
    Bytes last() const; // what was streamed last

private:
    void serve();
    void answer(int connection);
    std::string verdict(int connection);

    const std::filesystem::path place_;
    mutable std::mutex mutex_;
    std::string version_ = "ClamAV 1.4.6/27123/Mon Jun  1 00:05:00 2026";
    std::string trouble_;
    Bytes last_;
    std::atomic<std::size_t> scanned_{0};
    int listening_ = -1;
    std::thread thread_;
};

} // namespace azukari::wire::testing
