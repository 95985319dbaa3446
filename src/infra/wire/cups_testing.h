// For tests that print: a real CUPS of their own on one port of this machine, and what its printer printed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace azukari::wire::testing {

class Cups {
public:
    Cups(); // throws when it does not start
    ~Cups();
    Cups(const Cups&) = delete;
    Cups& operator=(const Cups&) = delete;

    const std::string& printer() const { return printer_; } // ipp://127.0.0.1:…/printers/mihon
    // The bytes that came out for that job, once they are all there; waits some seconds.
    std::optional<std::string> printed(std::int64_t job) const;
    std::size_t count_printed() const;

    void out_of_paper(bool is);
    void broken(bool is);
    void halt();
    void start();

private:
    std::filesystem::path folder_;
    std::string printer_;
};

} // namespace azukari::wire::testing
