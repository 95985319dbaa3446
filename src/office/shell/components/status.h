// How things stand: chips, notices, progress. Colour never speaks alone: each has an icon and words.
#pragma once

#include "infra/html/elements.h"
#include "infra/html/url.h"

#include <cstdint>
#include <string_view>

namespace azukari::office {

enum class Tone { neutral, info, good, caution, bad };

// 「提出済み」 with an icon of its tone.
html::Html chip(Tone tone, std::string_view text);

// A framed notice within a page: heading and what follows.
html::Html notice(Tone tone, std::string_view heading, const html::Html& body = {});

// <progress> with its words. While `watch` is given, the page asks that address every second (JSON: done, total, text,
// finished) and reloads when finished; without scripts a link 「最新の状態を見る」 does it.
struct Progress {
    std::string_view label; // 「通知の組み上げ」
    std::int64_t done = 0;
    std::int64_t total = 0; // 0: not known yet
    std::string_view unit = "件";
    const html::Url* watch = nullptr;
};
html::Html progress_bar(const Progress& progress);
// The answer to `watch`, ready to send.
std::string progress_json(const Progress& progress, bool finished);

} // namespace azukari::office
