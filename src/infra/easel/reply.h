// What the drawing process says, read with distrust: it has read a file that somebody sent.
//
//   look      "ok 12\n"                  that many pages
//   draw      "ok\n" and one PNG
//   either    "no locked\n"              a word of Objection
#pragma once

#include "infra/easel/easel_refusals.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace azukari::easel {

inline constexpr int kMostPages = 200;
inline constexpr std::uint64_t kMostPixels = 200'000'000; // of one page, before it is decoded: A3 at 600 dpi passes
inline constexpr std::uint32_t kWidest = 1600;            // of what is drawn
inline constexpr std::uint32_t kTallest = 3200;
inline constexpr std::size_t kLongestReply = 24U << 20; // bytes

// Why it says no, each with the word on the wire.
inline constexpr std::string_view kWordLocked = "locked", kWordTooLarge = "too_large", kWordManyPages = "many_pages",
                                  kWordNoPage = "no_page", kWordUnreadable = "unreadable";

// 1 to kMostPages. Whatever is not said in the way above is kUnreadable.
Result<int> pages_of_reply(std::string_view reply);
// A PNG no larger than what may be drawn.
Result<std::string> picture_of_reply(std::string reply);

} // namespace azukari::easel
