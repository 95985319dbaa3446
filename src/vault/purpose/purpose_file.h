// With which purposes and texts the entrustments of the demonstration begin, as written in
// definitions/purposes/purposes.toml. [K26]
#pragma once

#include "vault/purpose/purpose_store.h"

namespace azukari::vault {

class FirstPurposes {
public:
    // Refuse what is wrong with the file, with its line.
    static Result<FirstPurposes> read(const std::string& path);
    static Result<FirstPurposes> parse(std::string_view text, const std::string& name);

    // Declares and publishes what the file has for the entrustment of that code; for one it does not know, nothing.
    // Refuses what declare_purpose and publish_text refuse.
    Result<void> declare(storage::Tx& tx, const access::Scope& scope, std::string_view entrustment_code) const;

private:
    struct Named {
        std::string entrustment, code, name;
    };
    struct Told {
        std::string entrustment;
        TextKind kind;
        std::string title, text;
    };
    std::vector<Named> purposes_;
    std::vector<Told> texts_;

    friend struct PurposeFileReader;
};

} // namespace azukari::vault
