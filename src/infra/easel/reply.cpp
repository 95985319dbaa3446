#include "infra/easel/reply.h"

#include <charconv>

namespace azukari::easel {
namespace {

tl::unexpected<Refusal> objection(std::string_view reply)
{
    const auto says = [&](std::string_view word) {
        return reply.starts_with("no ") && reply.ends_with('\n') && reply.substr(3, reply.size() - 4) == word;
    };
    if (says(kWordLocked)) return refuse(kLocked);
    if (says(kWordTooLarge)) return refuse(kTooLarge, std::to_string(kMostPixels / 10'000));
    if (says(kWordManyPages)) return refuse(kTooManyPages, std::to_string(kMostPages));
    if (says(kWordNoPage)) return refuse(kNoSuchPage);
    return refuse(kUnreadable);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return number;
}

} // namespace

Result<int> pages_of_reply(std::string_view reply)
{
    if (!reply.starts_with("ok ") || !reply.ends_with('\n')) return objection(reply);
    const auto digits = reply.substr(3, reply.size() - 4);
    int pages = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), pages);
    if (error != std::errc() || end != digits.data() + digits.size() || pages < 1 || pages > kMostPages)
        return refuse(kUnreadable);
    return pages;
}

Result<std::string> picture_of_reply(std::string reply)
{
    using namespace std::string_view_literals;
    constexpr auto kBegin = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"sv;
    constexpr auto kEnd = "\0\0\0\0IEND\xAE\x42\x60\x82"sv;
    if (!reply.starts_with("ok\n")) return objection(reply);
    reply.erase(0, 3);
    if (reply.size() < 45 || !reply.starts_with(kBegin) || !reply.ends_with(kEnd)) return refuse(kUnreadable);
    const auto width = number_at(reply, 16), height = number_at(reply, 20);
    if (width == 0 || width > kWidest || height == 0 || height > kTallest) return refuse(kUnreadable);
    return reply;
}

} // namespace azukari::easel
