// A ZIP archive that is written as it is sent: members go out one after the other, the directory at the end. The same
// members give the same bytes, on every day and every machine with the same zlib.
#pragma once

#include "base/bytes.h"

#include <string>
#include <vector>

namespace azukari::ledger::evidence {

class ZipStream {
public:
    enum class Method { store, deflate };

    // Appends the member to `out`. The name is ASCII with "/" between folders; content below 2 GiB.
    void add(std::string& out, const std::string& name, std::string_view content, Method method);
    // Appends the directory. Nothing may follow.
    void finish(std::string& out);

private:
    struct Member {
        std::string name;
        std::uint16_t method;
        std::uint32_t crc;
        std::uint32_t packed_size;
        std::uint32_t size;
        std::uint64_t offset;
    };
    std::vector<Member> members_;
    std::uint64_t written_ = 0;
};

} // namespace azukari::ledger::evidence
