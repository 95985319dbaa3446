#include "programmes/guidance/sealing/pages/sealing_waiting.h"

#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/sealing/balance.h"

#include <fmt/format.h>

namespace azukari::guidance::sealing_pages {
namespace {

using access::grants;
using office::Tone;
using namespace access::actions;

void tell_batch(const office::Asked& asked, const access::Scope& scope, const Batch& batch)
{
    if (closed_at(asked.snapshot, scope, batch.id)) return;
    const auto letters = letters_of(asked.snapshot, scope, batch.id);
    const auto role = asked.session.role;
    const auto below = "/guidance/batches/" + batch.id.text() + "/sealing";
    std::array<std::int64_t, kPlaces> at{};
    for (const auto& letter : letters) ++at[static_cast<std::size_t>(place_of(letter.envelope, letter.standing))];
    const auto count = [&](Place place) { return at[static_cast<std::size_t>(place)]; };
    if (count(Place::to_take_out) > 0 && grants(kSealLetters, role))
        asked.tell(Tone::caution, fmt::format("引抜きの指示がある通知が {} 通あります", count(Place::to_take_out)),
                   below + "/pull");
    if (count(Place::missing) > 0 && grants(kAgreeReprint, role))
        asked.tell(Tone::caution, fmt::format("紙が見つからない通知が {} 通あります", count(Place::missing)),
                   below + "/missing");
    if (batch.takings.empty()) return;
    const auto to_seal = count(Place::waiting) + count(Place::matched);
    if (to_seal > 0 && grants(kSealLetters, role))
        asked.tell(Tone::info, fmt::format("突合・封緘を待つ通知が {} 通あります", to_seal), below + "/line");
    const auto to_pack = count(Place::sealed) + count(Place::bundled);
    if (to_seal == 0 && to_pack > 0 && grants(kSealLetters, role))
        asked.tell(Tone::info, fmt::format("束ねる・箱に詰める通知が {} 通あります", to_pack), below + "/packing");
    if (grants(kCloseGuidance, role) && !letters.empty() && still_open(balance_of(letters)).empty())
        asked.tell(Tone::info, "封入封緘の数が合い、締められます", below);
}

} // namespace

void tell_waiting(const office::Asked& asked)
{
    if (asked.code != "guidance") return;
    const auto scope = asked.may(kSeeGuidance);
    if (!scope) return;
    // Before the letters are composed nobody stands at the line, and nothing is read for it.
    for (const auto& batch : batches(asked.snapshot, *scope))
        if (batch.composition) tell_batch(asked, *scope, batch);
}

} // namespace azukari::guidance::sealing_pages
