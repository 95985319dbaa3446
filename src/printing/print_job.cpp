#include "printing/print_job.h"

#include "infra/seal/digest.h"

#include <fmt/format.h>

namespace azukari::printing {

std::string_view japanese(NextStep step)
{
    switch (step) {
    case NextStep::hand_over:
        return "区に納品する";
    case NextStep::enclose:
        return "封入・封緘する";
    case NextStep::inspect:
        return "突合・点検する";
    case NextStep::keep:
        return "鍵付きキャビネットに保管する";
    }
    return {};
}

std::string_view code_of(NextStep step)
{
    switch (step) {
    case NextStep::hand_over:
        return "hand_over";
    case NextStep::enclose:
        return "enclose";
    case NextStep::inspect:
        return "inspect";
    case NextStep::keep:
        return "keep";
    }
    return {};
}

std::optional<NextStep> next_step_of(std::string_view code)
{
    for (const auto step : kNextSteps)
        if (code_of(step) == code) return step;
    return std::nullopt;
}

std::string log_line_digest(const PrintJob& job)
{
    const auto line =
        fmt::format("computer={}\nprinted_at={}\nfile={}\nprinter={}\nsheets={}\n", job.sent ? job.sent->computer : "",
                    job.sent ? to_iso(job.sent->at) : "", job.document.file_name, job.wish.printer, job.sheets());
    return hex(seal::sha256(as_bytes(line)));
}

State state_of(const PrintJob& job, const approval::Request& request, Instant now)
{
    if (job.accounted) return State::settled;
    if (job.collected) return State::fetched;
    switch (job.delivery) {
    case Delivery::none:
        break;
    case Delivery::claimed:
    case Delivery::opened:
        return State::unsent;
    case Delivery::accepted:
        return State::printing;
    case Delivery::printed:
        return State::to_fetch;
    case Delivery::failed:
        return State::broken;
    case Delivery::unknown:
        return State::uncertain;
    }
    switch (approval::state_of(request, now)) {
    case approval::State::waiting:
        return State::waiting;
    case approval::State::granted:
        return State::approved;
    default:
        return State::given_up;
    }
}

std::string_view japanese(State state)
{
    switch (state) {
    case State::waiting:
        return "承認待ち";
    case State::approved:
        return "印刷できます";
    case State::given_up:
        return "印刷しませんでした";
    case State::unsent:
        return "プリンターに届いていません";
    case State::printing:
        return "印刷中";
    case State::to_fetch:
        return "取りに行ってください";
    case State::broken:
        return "途中で止まりました";
    case State::uncertain:
        return "結果が不明";
    case State::fetched:
        return "受け取り済み";
    case State::settled:
        return "行き先を記録済み";
    }
    return {};
}

std::optional<Instant> due(const PrintJob& job)
{
    if (job.accounted || !job.finished_at) return std::nullopt;
    if (job.collected) return job.collected->at + Duration::hours(job.settle_hours);
    return *job.finished_at + Duration::minutes(job.take_up_minutes);
}

} // namespace azukari::printing
