#include "office/desk/waiting.h"

#include "ledger/witness/witness_exchange.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::desk {
namespace {

using office::Tone;
using office::Waiting;

constexpr std::int64_t kUnwitnessedNotice = 1000; // entries; a day of ordinary work stays below

// What concerns the house as a whole: jobs that do not succeed, entries that nobody has witnessed.
void ask_the_house(const Rooms& rooms, const storage::Snapshot& snapshot, const access::Session& session,
                   std::vector<Waiting>& found)
{
    const bool oversees = access::grants(access::actions::kSeeLedger, session.role);
    bool unanswered = false; // the witness is asked by the hour, and does not cosign
    for (const auto& failing : rooms.rhythm.failing()) {
        if (failing.name == ledger::kWitnessJob) unanswered = true;
        if (oversees)
            found.push_back(
                {Tone::bad, fmt::format("定時の処理「{}」ができていません", failing.japanese), {}, html::url("/jobs")});
    }
    const auto unwitnessed = static_cast<std::int64_t>(rooms.publisher.witnessing(snapshot).unwitnessed);
    if ((unwitnessed >= kUnwitnessedNotice && access::grants(access::actions::kWitness, session.role)) ||
        (unanswered && unwitnessed > 0 && oversees))
        found.push_back(
            {Tone::caution, fmt::format("区の連署がまだの記録が{}件あります", unwitnessed), {}, html::url("/ledger")});
}

int urgency(Tone tone)
{
    switch (tone) {
    case Tone::bad:
        return 0;
    case Tone::caution:
        return 1;
    case Tone::info:
        return 2;
    case Tone::neutral:
    case Tone::good:
        return 3;
    }
    return 3;
}

} // namespace

std::vector<Waiting> waiting_for(const Rooms& rooms, const access::Session& session, const access::Scope& scope,
                                 const std::vector<entrustment::Register::Listed>& entrustments)
{
    std::vector<Waiting> found;
    rooms.db.read([&](const storage::Snapshot& snapshot) {
        for (const auto& listed : entrustments) {
            const auto& content = listed.version->content;
            const office::Asked asked{snapshot, session, scope.moment(), listed.id, content.code, content.outline.name,
                                      found};
            for (const auto& ask : rooms.asks) ask(asked);
        }
        ask_the_house(rooms, snapshot, session, found);
    });
    std::stable_sort(found.begin(), found.end(),
                     [](const Waiting& a, const Waiting& b) { return urgency(a.tone) < urgency(b.tone); });
    return found;
}

} // namespace azukari::desk
