// 保存期間の定め: how long each kind of document is kept after which events, and what becomes of it then. Read from
// definitions/retention/, which a ward edits without an engineer. [K63]
#pragma once

#include "base/result.h"
#include "retention/period.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace azukari::retention {

struct Keep {          // 支援の終了まで; 申請から1年間
    std::string event; // code
    std::string name;  // of the event, for people: 申請
    Period period;
    bool operator==(const Keep&) const = default;
};

enum class Disposition : std::uint8_t { erase, destroy, give_back };
std::string_view japanese(Disposition disposition);

struct Rule {
    std::string entrustment; // code of the entrustment it belongs to
    std::string kind;        // code: "application_copy"
    std::string name;        // 申請書の写し
    std::string basis;       // where the ward wrote it
    std::vector<Keep> keep;  // all of them: the latest day counts
    int within_days = 14;    // 速やかに: days after the last one within which it must be done
    Disposition disposition = Disposition::destroy;
    bool by_hand = false; // kept outside this system: recorded by hand
};

// 「申請から1年間、かつ支援の終了まで」
std::string spoken(const Rule& rule);

class Rules {
public:
    Rules() = default;
    explicit Rules(std::vector<Rule> rules) : rules_(std::move(rules)) {}
    // Refuses what is wrong with the file, with its line.
    static Result<Rules> read(const std::string& path);
    static Result<Rules> parse(std::string_view text, const std::string& name);

    const Rule* find(std::string_view entrustment, std::string_view kind) const;
    std::vector<const Rule*> of(std::string_view entrustment) const;

private:
    std::vector<Rule> rules_;
};

using Events = std::map<std::string, CivilDate>; // what has happened so far, by code

// The last day of keeping; nothing while one of the events has not happened.
std::optional<CivilDate> last_day_of(const Rule& rule, const Events& events);
// The first event of the rule that has not happened; nullptr when all have.
const Keep* awaited(const Rule& rule, const Events& events);

} // namespace azukari::retention
