#include "infra/easel/drawing/raster.h"

#include "base/check.h"
#include "infra/easel/reply.h"

#include <algorithm>
#include <cmath>

namespace azukari::easel {
namespace {

// Where the part `at` of `from` stands among `to`.
std::uint32_t share(std::uint32_t at, std::uint32_t from, std::uint32_t to)
{
    return static_cast<std::uint32_t>(std::uint64_t{at} * to / from);
}

} // namespace

Extent fitted(Extent page, double tall)
{
    tall = std::isfinite(tall) ? std::clamp(tall, 0.25, 4.0) : 1.0;
    const double width = page.width, height = page.height * tall;
    const double scale = std::min({1.0, kWidest / width, kTallest / height});
    const auto size = [&](double length, std::uint32_t most) {
        return std::clamp(static_cast<std::uint32_t>(std::lround(length * scale)), 1U, most);
    };
    return {size(width, kWidest), size(height, kTallest)};
}

Shrinker::Shrinker(Extent from, Extent to, unsigned channels)
    : from_(from), raster_{to.width, to.height, channels, Bytes(std::size_t{to.width} * to.height * channels)}
{
    AZK_CHECK(from.width > 0 && from.height > 0 && to.width > 0 && to.height > 0);
    for (std::uint32_t x = 0; x <= from.width; ++x) column_.push_back(share(x, from.width, to.width));
    sums_.resize(std::size_t{to.width} * channels);
    counts_.resize(to.width);
}

void Shrinker::row(const std::uint8_t* points)
{
    AZK_CHECK(row_ < from_.height);
    const auto channels = raster_.channels;
    for (std::uint32_t x = 0; x < from_.width; ++x, points += channels) {
        const auto first = std::min(column_[x], raster_.width - 1);
        const auto last = std::max(first + 1, column_[x + 1]);
        for (auto at = first; at < last; ++at) {
            ++counts_[at];
            for (unsigned c = 0; c < channels; ++c) sums_[std::size_t{at} * channels + c] += points[c];
        }
    }
    ++row_;
    const auto upto = share(row_, from_.height, raster_.height);
    if (upto > done_) put_row(upto);
}

void Shrinker::put_row(std::uint32_t upto)
{
    const auto channels = raster_.channels;
    const auto length = std::size_t{raster_.width} * channels;
    const auto first = raster_.pixels.begin() + static_cast<std::ptrdiff_t>(done_ * length);
    for (std::size_t i = 0; i < length; ++i)
        first[static_cast<std::ptrdiff_t>(i)] =
            static_cast<std::uint8_t>(sums_[i] / std::max(1U, counts_[i / channels]));
    for (auto more = done_ + 1; more < upto; ++more)
        std::copy_n(first, length, raster_.pixels.begin() + static_cast<std::ptrdiff_t>(more * length));
    done_ = upto;
    std::fill(sums_.begin(), sums_.end(), 0);
    std::fill(counts_.begin(), counts_.end(), 0);
}

Raster Shrinker::finish() &&
{
    AZK_CHECK(row_ == from_.height);
    return std::move(raster_);
}

} // namespace azukari::easel
