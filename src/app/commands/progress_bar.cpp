#include "app/commands/progress_bar.h"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace azukari {

ProgressBar::ProgressBar(std::string label, std::size_t total, std::string unit)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(std::max<std::size_t>(total, 1)),
      visible_(::isatty(2) == 1)
{
}

ProgressBar::~ProgressBar()
{
    if (visible_) fmt::print(stderr, "\r\x1b[K");
}

void ProgressBar::show(std::size_t done)
{
    constexpr std::size_t kWidth = 40;
    const auto percent = std::min<std::size_t>(done * 100 / total_, 100);
    if (!visible_ || percent == shown_) return;
    shown_ = percent;
    const auto full = percent * kWidth / 100;
    fmt::print(stderr, "\r{} [{:█<{}}{:·<{}}] {:3}%  {} / {} {}", label_, "", full, "", kWidth - full, percent, done,
               total_, unit_);
    std::fflush(stderr);
}

} // namespace azukari
