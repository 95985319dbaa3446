#include "programmes/guidance/sealing/envelope.h"

#include "programmes/guidance/letters/addressee.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <algorithm>

namespace azukari::guidance {
namespace {

std::string_view reason_of(const Pull& pull)
{
    const auto reasons = pull_reasons();
    const auto found = std::ranges::find(reasons, pull.reason, &PullReason::code);
    return found == reasons.end() ? std::string_view() : found->japanese;
}

} // namespace

std::string_view japanese(Place place)
{
    constexpr std::array<std::string_view, kPlaces> kWords{
        "引抜き（印刷前）", "印字できず", "印刷待ち",     "突合待ち",         "封緘待ち",     "封緘済み",
        "結束済み",         "箱詰め済み", "刷り直し待ち", "紙が見つからない", "抜き取り待ち", "引抜き（印刷後）"};
    return kWords[static_cast<std::size_t>(place)];
}

Place place_of(const Envelope& envelope, const Standing& standing)
{
    if (standing.left_out) return Place::left_out;
    if (!standing.composed) return Place::held_back;
    if (standing.pull) return standing.pull->taken_out ? Place::taken_out : Place::to_take_out;
    switch (envelope.state) {
    case EnvelopeState::waiting:
        return standing.printed ? Place::waiting : Place::to_print;
    case EnvelopeState::matched:
        return Place::matched;
    case EnvelopeState::sealed:
        return envelope.bundle == 0 ? Place::sealed : standing.box == 0 ? Place::bundled : Place::boxed;
    case EnvelopeState::spoiled:
        return Place::spoiled;
    case EnvelopeState::missing:
        return Place::missing;
    }
    return Place::missing;
}

std::string label_of(const Envelope& envelope)
{
    return serial_text(*category_with_slug(envelope.category), static_cast<std::uint32_t>(envelope.serial));
}

Result<void> match(Envelope& envelope, const Standing& standing)
{
    const auto label = label_of(envelope);
    if (standing.pull) return refuse(kPulledLetter, label, reason_of(*standing.pull));
    switch (envelope.state) {
    case EnvelopeState::matched:
        return refuse(kAlreadyMatched, label);
    case EnvelopeState::sealed:
        return refuse(kAlreadySealed, label);
    case EnvelopeState::spoiled:
    case EnvelopeState::missing:
        return refuse(kSpoiledPaper, label);
    case EnvelopeState::waiting:
        break;
    }
    if (!standing.printed) return refuse(kNotPrintedLetter, label);
    envelope.state = EnvelopeState::matched;
    return {};
}

Result<void> seal(Envelope& envelope, const Standing& standing)
{
    if (standing.pull) return refuse(kPulledLetter, label_of(envelope), reason_of(*standing.pull));
    if (envelope.state == EnvelopeState::sealed) return refuse(kAlreadySealed, label_of(envelope));
    if (envelope.state != EnvelopeState::matched) return refuse(kNotMatched, label_of(envelope));
    envelope.state = EnvelopeState::sealed;
    return {};
}

Result<void> release(Envelope& envelope)
{
    if (envelope.state != EnvelopeState::matched) return refuse(kNotMatched, label_of(envelope));
    envelope.state = EnvelopeState::waiting;
    return {};
}

Result<void> reopen(Envelope& envelope, const Standing& standing)
{
    if (envelope.state != EnvelopeState::sealed) return refuse(kNotSealed, label_of(envelope));
    if (standing.box != 0)
        return refuse(kInBox, label_of(envelope), std::to_string(standing.box), std::to_string(envelope.bundle));
    envelope.state = EnvelopeState::waiting;
    envelope.bundle = 0;
    return {};
}

Result<void> spoil(Envelope& envelope, const Standing& standing, bool at_hand)
{
    const auto place = place_of(envelope, standing);
    const bool found_again = place == Place::missing && at_hand;
    if (place != Place::waiting && place != Place::matched && !found_again)
        return refuse(kNotSpoilable, label_of(envelope), japanese(place));
    envelope.state = at_hand ? EnvelopeState::spoiled : EnvelopeState::missing;
    return {};
}

Result<void> agree_missing(Envelope& envelope, StaffId reported_by, StaffId agrees)
{
    if (envelope.state != EnvelopeState::missing) return refuse(kNotMissing, label_of(envelope));
    if (reported_by == agrees) return refuse(kMissingBySelf);
    envelope.state = EnvelopeState::spoiled;
    return {};
}

Result<void> reprint(Envelope& envelope)
{
    if (envelope.state != EnvelopeState::spoiled) return refuse(kNothingToReprint);
    ++envelope.edition;
    envelope.state = EnvelopeState::waiting;
    return {};
}

} // namespace azukari::guidance
