#include "custody/label.h"

#include "custody/custody_refusals.h"

#include <algorithm>

namespace azukari::custody {
namespace {

constexpr std::string_view kSigns = "34679ACDEFGHJKMNPRTWXY"; // none is taken for another
constexpr std::size_t kRandom = 9, kWhole = 1 + kRandom + 1, kGroup = 4;
constexpr std::size_t kCount = kSigns.size();

// ISO 7064 hybrid system MOD 23,22. `text` holds signs only.
char check_sign(std::string_view text)
{
    std::size_t product = kCount;
    for (const char c : text) {
        auto sum = (product + kSigns.find(c)) % kCount;
        if (sum == 0) sum = kCount;
        product = sum * 2 % (kCount + 1);
    }
    return kSigns[(kCount + 1 - product) % kCount];
}

} // namespace

LabelOn label_on(ThingKind kind)
{
    switch (kind) {
    case ThingKind::medium:
        return LabelOn::medium;
    case ThingKind::notice:
        return LabelOn::notice;
    case ThingKind::paper:
        return LabelOn::paper;
    }
    return LabelOn::paper;
}

std::string make_label(LabelOn on, Entropy& entropy)
{
    constexpr auto kFair = 256 / kCount * kCount;
    std::string label(1, static_cast<char>(on));
    while (label.size() < 1 + kRandom) {
        const auto byte = entropy.bytes<1>()[0];
        if (byte < kFair) label += kSigns[byte % kCount];
    }
    return label + check_sign(label);
}

Result<std::string> read_label(std::string_view typed)
{
    std::string label;
    for (const char c : typed) {
        if (c == '-' || c == ' ' || c == '\r' || c == '\n' || c == '\t') continue;
        label += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    const bool signs =
        std::all_of(label.begin(), label.end(), [](char c) { return kSigns.find(c) != std::string_view::npos; });
    if (!signs || label.size() != kWhole || check_sign(std::string_view(label).substr(0, kWhole - 1)) != label.back() ||
        std::string_view("MNPC").find(label.front()) == std::string_view::npos)
        return refuse_field("label", kLabelWrong);
    return label;
}

std::string grouped_label(std::string_view label)
{
    std::string grouped;
    for (std::size_t at = 0; at < label.size(); ++at) {
        if (at > 0 && at % kGroup == 0) grouped += '-';
        grouped += label[at];
    }
    return grouped;
}

} // namespace azukari::custody
