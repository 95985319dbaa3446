#include "access/pages/people/people_waiting.h"

#include "access/roster/roster_store.h"
#include "access/roster/training_store.h"

#include <fmt/format.h>

namespace azukari::access::people_pages {
namespace {

using office::Tone;

void tell_roster(const office::Asked& asked)
{
    if (asked.may(actions::kProposeRoster) && roster_has_news(asked.snapshot, asked.entrustment))
        asked.tell(Tone::caution, "名簿に、区へまだ提出していない変更があります", "/roster");
}

void tell_training(const office::Asked& asked)
{
    if (!asked.may(actions::kTakeTraining) || !current_course(asked.snapshot, asked.entrustment)) return;
    std::optional<Instant> until;
    for (const auto& attempt : attempts_of(asked.snapshot, asked.entrustment, asked.session.staff))
        if (attempt.valid_until && (!until || *until < *attempt.valid_until)) until = attempt.valid_until;
    if (!until || *until <= asked.moment.at)
        asked.tell(Tone::bad, "研修を受けてください。受けるまで個人情報を扱えません", "/training");
    else if (is_due(until, asked.moment))
        asked.tell(Tone::caution, fmt::format("研修の有効期限が{}に切れます", to_era(CivilDate::of(*until))),
                   "/training");
}

} // namespace

bool is_due(const std::optional<Instant>& valid_until, const Moment& moment)
{
    return !valid_until || *valid_until <= moment.today.plus_days(kDueDays).midnight();
}

void tell_waiting(const office::Asked& asked)
{
    tell_roster(asked);
    tell_training(asked);
}

} // namespace azukari::access::people_pages
