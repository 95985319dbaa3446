#include "printing/pages/printing_waiting.h"

#include "printing/pages/printing_frame.h"

#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using office::Tone;

constexpr Duration kTold = Duration::hours(24 * 3); // a request that nobody took up is told this long

void tell_of_request(const office::Asked& asked, const Seen& it, State state, const std::string& below)
{
    using namespace access::actions;
    const auto self = asked.session.staff;
    if (state == State::approved && asked.may(kPrint)) {
        asked.tell(Tone::caution, fmt::format("{}が承認されています。印刷できます", named(it.job)), below);
        return;
    }
    bool took_part = it.request.made_by == self;
    for (const auto& decision : it.request.decisions) took_part = took_part || decision.by == self;
    if (state != State::waiting || took_part) return;
    const auto scope = asked.may(kAgreePrint);
    const auto stage = it.request.stages.at(it.request.decisions.size());
    if (scope && (stage.roles >> static_cast<unsigned>(scope->role()) & 1U) != 0)
        asked.tell(Tone::caution, fmt::format("{}が{}を待っています", named(it.job), stage.name), below);
}

void tell_of_paper(const office::Asked& asked, const Seen& it, State state, bool works, const std::string& below)
{
    const auto name = named(it.job);
    if (overdue(it.job, asked.moment.at)) {
        asked.tell(Tone::bad,
                   fmt::format("{}の紙が、期限（{}）を過ぎても{}", name, to_japanese(*due(it.job)),
                               state == State::fetched ? "行き先が記録されていません" : "受け取られていません"),
                   below);
        return;
    }
    if (!works) return;
    if (state == State::fetched)
        asked.tell(Tone::info, fmt::format("{}の紙の行き先を記録してください", name), below);
    else if (state == State::to_fetch)
        asked.tell(Tone::caution, fmt::format("{}が終わりました。紙を取りに行ってください", name), below);
    else
        asked.tell(Tone::bad, fmt::format("{}を確かめてください（{}）", name, japanese(state)), below);
}

} // namespace

void tell_waiting(const office::Asked& asked)
{
    using namespace access::actions;
    if (!asked.may(kSeePrinting)) return;
    const bool works = asked.may(kAccountPrint).has_value();
    for (const auto& job : open_jobs(asked.snapshot, asked.entrustment, {asked.moment.at.micros - kTold.micros})) {
        const auto it = seen(asked.snapshot, job.entrustment, job.id);
        if (!it) continue;
        const auto below = "/printing/jobs/" + job.id.text();
        const auto state = it->state(asked.moment.at);
        switch (state) {
        case State::waiting:
        case State::approved:
            tell_of_request(asked, *it, state, below);
            break;
        case State::unsent:
            if (works) asked.tell(Tone::bad, named(job) + "が、プリンターに届いていません", below);
            break;
        case State::printing:
            if (works && !job.trouble.empty())
                asked.tell(Tone::bad, fmt::format("{}が止まっています（{}）", named(job), job.trouble), below);
            break;
        case State::to_fetch:
        case State::broken:
        case State::uncertain:
        case State::fetched:
            tell_of_paper(asked, *it, state, works, below);
            break;
        case State::given_up:
        case State::settled:
            break;
        }
    }
}

} // namespace azukari::printing::pages
