// The spooler over IPP by Debian's libcups. Connects to the host that the printer's address names and to no other: no
// printer is looked for, no password is asked for, no proxy is used.
#pragma once

#include "base/instant.h"
#include "infra/wire/spooler.h"

namespace azukari::wire {

struct SpoolerPatience {
    Duration connect = Duration::seconds(5);
    Duration answer = Duration::seconds(20); // without a byte in either direction
};

class CupsSpooler final : public Spooler {
public:
    explicit CupsSpooler(SpoolerPatience patience = {}) : patience_(patience) {}
    Result<PrinterReport> ask_printer(const std::string& uri) override;
    Result<std::int64_t> open_job(const std::string& uri, const SpoolOrder& order) override;
    Result<void> send_document(const std::string& uri, std::int64_t job, std::string_view name,
                               std::string_view pdf) override;
    Result<SpooledJob> ask_job(const std::string& uri, std::int64_t job) override;
    Result<void> cancel_job(const std::string& uri, std::int64_t job) override;

private:
    SpoolerPatience patience_;
};

// True for "ipp://host[:port]/printers/name" and the same with ipps.
bool is_printer_address(const std::string& uri);

} // namespace azukari::wire
