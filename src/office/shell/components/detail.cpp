#include "office/shell/components/detail.h"

#include <fmt/format.h>

namespace azukari::office {
namespace {

using namespace html;

std::string_view name_of(StepState state)
{
    switch (state) {
    case StepState::done:
        return "done";
    case StepState::current:
        return "current";
    case StepState::to_come:
        return "to-come";
    }
    return "";
}

std::string_view words_of(StepState state)
{
    switch (state) {
    case StepState::done:
        return "済み";
    case StepState::current:
        return "いまここ";
    case StepState::to_come:
        return "これから";
    }
    return "";
}

std::string_view class_of(Tone tone)
{
    switch (tone) {
    case Tone::neutral:
        return "happening";
    case Tone::info:
        return "happening happening-info";
    case Tone::good:
        return "happening happening-good";
    case Tone::caution:
        return "happening happening-caution";
    case Tone::bad:
        return "happening happening-bad";
    }
    return "happening";
}

} // namespace

Html description_list(const std::vector<Term>& terms)
{
    return dl({cls("description")}, each(terms, [](const Term& term) {
                  return div({cls("description-row")}, dt(term.label),
                             dd(term.value.empty() ? span({cls("absent")}, "―") : term.value));
              }));
}

Html card(std::string_view heading, const Html& body)
{
    return section({cls("card")}, h2({cls("card-heading")}, heading), body);
}

Html link_card(std::string_view heading, const Url& to, const Html& body)
{
    return div({cls("card card-link")}, h2({cls("card-heading")}, a({href(to)}, heading)), body);
}

Html card_grid(const Html& cards)
{
    return div({cls("card-grid")}, cards);
}

Html tabs(std::string_view label, const std::vector<Tab>& entries)
{
    const auto items = each(entries, [](const Tab& tab) {
        return li(a({href(tab.address), {"aria-current", "page", tab.current}}, tab.label,
                    when(tab.count >= 0, span({cls("tab-count")}, grouped(tab.count) + "件"))));
    });
    return nav({cls("tabs"), {"aria-label", label}}, ul(items));
}

Html time_line(const std::vector<Happening>& happenings)
{
    return ol({cls("time-line")}, each(happenings, [](const Happening& happening) {
                  return li({cls(class_of(happening.tone))},
                            p({cls("happening-when")}, when_at(happening.at),
                              when(!happening.who.empty(), span({cls("happening-who")}, happening.who))),
                            div({cls("happening-what")}, happening.what));
              }));
}

Html steps(std::string_view label, const std::vector<Step>& entries)
{
    return ol({cls("steps"), {"aria-label", label}}, each(entries, [](const Step& step) {
                  return li({cls(fmt::format("step step-{}", name_of(step.state))),
                             {"aria-current", "step", step.state == StepState::current}},
                            span({cls("step-label")}, step.label), span({cls("step-state")}, words_of(step.state)),
                            step.note);
              }));
}

std::string grouped(std::int64_t number)
{
    auto digits = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (auto at = digits.size(); at > sign + 3;) digits.insert(at -= 3, 1, ',');
    return digits;
}

Html when_at(Instant at)
{
    return time_element({{"datetime", to_iso(at)}}, to_japanese(at));
}

Html on_day(CivilDate day)
{
    return time_element({{"datetime", day.iso()}}, to_era(day));
}

} // namespace azukari::office
