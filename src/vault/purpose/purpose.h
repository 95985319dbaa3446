// 利用目的: for what declared items may be used, and the texts in which that is told to people, each with its versions.
// Every use states one of the declared purposes; anything else is refused (特21-7, 特31-8). [K22] [K26]
#pragma once

#include "base/id.h"
#include "base/instant.h"

#include <optional>
#include <string>

namespace azukari::vault {

struct Purpose {
    std::string code; // "course_operation"
    std::string name; // 講座・研修の運営
    Instant declared_at{};
    std::string declared_by; // name
    std::optional<Instant> ended{};
};

enum class TextKind : std::uint8_t {
    purpose, // 利用目的の文: shown where information is collected
    consent, // 同意の説明文: read with the person before they consent
};
std::string_view japanese(TextKind kind);

struct PublishedText {
    std::int64_t number = 0; // within the entrustment
    TextKind kind = TextKind::purpose;
    std::string title;
    std::int64_t version = 1; // of the texts of that title
    std::string text;
    std::string digest; // hex SHA-256 of the text: what a paper names
    Instant at{};
    std::string by;      // name
    bool current = true; // no newer version of that title
};

using AgencyId = Id<struct AgencyNoun>;
struct Agency { // 関係機関: to whom information may go, when the person agrees
    AgencyId id;
    std::string name;
    std::string what_for; // 住まいの確保の支援
    Instant recorded_at{};
    std::optional<Instant> ended{};
};

// 間接収集の承諾: the ward's recorded consent to collecting from somebody else than the person. [K22]
using IndirectId = Id<struct IndirectNoun>;
struct Indirect {
    IndirectId id;
    std::string item;   // code
    std::string source; // code of a Source: "ward", "agency"
    std::string ground;
    Instant at{};
    std::string by;
    std::optional<Instant> ended{};
};

} // namespace azukari::vault
