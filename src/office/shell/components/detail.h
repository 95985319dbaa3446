// One thing in full: description list, card, tabs, time line, steps, figures.
#pragma once

#include "base/instant.h"
#include "infra/html/elements.h"
#include "infra/html/url.h"
#include "office/shell/components/status.h"

#include <string>
#include <vector>

namespace azukari::office {

struct Term {
    std::string label;
    html::Html value; // an empty one shows 「―」
};
html::Html description_list(const std::vector<Term>& terms);

html::Html card(std::string_view heading, const html::Html& body);
// A card that is a link as a whole: 「今日すること」.
html::Html link_card(std::string_view heading, const html::Url& to, const html::Html& body);
html::Html card_grid(const html::Html& cards);

struct Tab {
    std::string label;
    html::Url address;
    bool current = false;
    std::int64_t count = -1; // shown behind the label when ≥ 0
};
html::Html tabs(std::string_view label, const std::vector<Tab>& entries);

// What happened, newest first or last as given; each with when, what, who.
struct Happening {
    Instant at;
    html::Html what;
    std::string who{};
    Tone tone = Tone::neutral;
};
html::Html time_line(const std::vector<Happening>& happenings);

// The way through a procedure: done, current, to come.
enum class StepState { done, current, to_come };
struct Step {
    std::string label;
    StepState state;
    html::Html note{};
};
html::Html steps(std::string_view label, const std::vector<Step>& entries);

// 4,413
std::string grouped(std::int64_t number);

// A moment or a day for people, with the machine's form in <time>.
html::Html when_at(Instant at);
html::Html on_day(CivilDate day); // 令和8年4月1日

} // namespace azukari::office
