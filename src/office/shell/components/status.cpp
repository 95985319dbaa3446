#include "office/shell/components/status.h"

#include "office/shell/components/detail.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace azukari::office {
namespace {

using namespace html;

std::string_view name_of(Tone tone)
{
    switch (tone) {
    case Tone::neutral:
        return "neutral";
    case Tone::info:
        return "info";
    case Tone::good:
        return "good";
    case Tone::caution:
        return "caution";
    case Tone::bad:
        return "bad";
    }
    return "neutral";
}

// A different outline for each tone, so that the meaning survives without colour.
std::string_view outline_of(Tone tone)
{
    switch (tone) {
    case Tone::neutral:
        return "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3Zm0 1.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8Z";
    case Tone::info:
        return "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-.9 3h1.8v1.8H7.1V4Zm0 3.1h1.8V12H7.1V7.1Z";
    case Tone::good:
        return "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 10.2L3.8 8l1.2-1.2 2 2 4-4L12.2 6 7 11.2Z";
    case Tone::caution:
        return "M8 1 .5 14.5h15L8 1Zm-.9 5h1.8v4.2H7.1V6Zm0 5.2h1.8V13H7.1v-1.8Z";
    case Tone::bad:
        return "M5 1 1 5v6l4 4h6l4-4V5l-4-4H5Zm.9 3.7L8 6.8l2.1-2.1 1.2 1.2L9.2 8l2.1 2.1-1.2 1.2L8 9.2l-2.1 "
               "2.1-1.2-1.2L6.8 "
               "8 4.7 5.9l1.2-1.2Z";
    }
    return {};
}

Html drawn(Tone tone)
{
    return svg({cls("icon"), {"viewBox", "0 0 16 16"}, {"width", "16"}, {"height", "16"}, {"aria-hidden", "true"}},
               path({{"d", outline_of(tone)}, {"fill", "currentColor"}, {"fill-rule", "evenodd"}}));
}

const Html& icon(Tone tone)
{
    static const std::array<Html, 5> icons = {drawn(Tone::neutral), drawn(Tone::info), drawn(Tone::good),
                                              drawn(Tone::caution), drawn(Tone::bad)};
    return icons[static_cast<std::size_t>(tone)];
}

void json_text(std::string& out, std::string_view text)
{
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            out += c;
    }
    out += '"';
}

std::string words(const Progress& progress)
{
    if (progress.total <= 0) return fmt::format("{}{}まで済みました", grouped(progress.done), progress.unit);
    const auto percent = std::clamp<std::int64_t>(progress.done * 100 / progress.total, 0, 100);
    return fmt::format("{} / {}{}（{}%）", grouped(progress.done), grouped(progress.total), progress.unit, percent);
}

} // namespace

Html chip(Tone tone, std::string_view text)
{
    return span({cls(fmt::format("chip chip-{}", name_of(tone)))}, icon(tone), span(text));
}

Html notice(Tone tone, std::string_view heading, const Html& body)
{
    return div({cls(fmt::format("notice notice-{}", name_of(tone))), {"role", "note"}}, icon(tone),
               div({cls("notice-words")}, p({cls("notice-heading")}, heading), body));
}

Html progress_bar(const Progress& progress)
{
    // Without a total the bar has no value, which browsers show as "still at work".
    const bool known = progress.total > 0;
    Html after;
    if (progress.watch != nullptr) after = p({cls("progress-after")}, a({href(Url("?"))}, "最新の状態を見る"));
    return div(
        {cls("progress"), {"data-watch", progress.watch ? progress.watch->text() : "", progress.watch != nullptr}},
        p({cls("progress-label")}, progress.label),
        html::progress({{"aria-label", progress.label},
                        {"max", std::to_string(progress.total), known},
                        {"value", std::to_string(progress.done), known}},
                       words(progress)),
        p({cls("progress-words"), {"role", "status"}}, words(progress)), after);
}

std::string progress_json(const Progress& progress, bool finished)
{
    auto json =
        fmt::format("{{\"done\":{},\"total\":{},\"finished\":{},\"text\":", progress.done, progress.total, finished);
    json_text(json, words(progress));
    return json + "}";
}

} // namespace azukari::office
