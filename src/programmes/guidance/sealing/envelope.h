// 封書: one person's letter on its way into the envelope. Whose papers lie where is known letter by letter, so that the
// sums at every step are counted, never typed.
#pragma once

#include "base/result.h"
#include "programmes/guidance/sealing/pull_store.h"

namespace azukari::guidance {

enum class EnvelopeState : std::uint8_t {
    waiting = 1, // printed, to be matched
    matched = 2, // its papers agreed: they may go into the envelope, and nothing else
    sealed = 3,
    spoiled = 4, // 損紙: the old paper is accounted for, a new edition may be printed
    missing = 5, // a paper is not found: nothing is printed until a second person says so
};

struct Envelope {
    std::string category;
    std::int64_t serial;
    unsigned edition = 1; // of the papers that count now
    EnvelopeState state = EnvelopeState::waiting;
    Instant at{};
    std::optional<StaffId> by{}; // none before anything happened
    std::int64_t bundle = 0;     // 束, from 1; 0: in none
};

// What the other rooms know of the letter.
struct Standing {
    bool composed = false; // drawn, and not held back
    bool printed = false;  // its lot or its file left
    std::optional<Pull> pull{};
    bool left_out = false; // pulled before the letters were composed: there is no paper
    std::int64_t box = 0;  // of its bundle
};

// Where every letter is, each in exactly one place.
enum class Place : std::uint8_t {
    left_out,    // 引抜き（印刷前）
    held_back,   // 印字できず
    to_print,    // 印刷待ち
    waiting,     // 突合待ち
    matched,     // 封緘待ち
    sealed,      // 封緘済み
    bundled,     // 結束済み
    boxed,       // 箱詰め済み
    spoiled,     // 刷り直し待ち
    missing,     // 紙が見つからない
    to_take_out, // 抜き取り待ち
    taken_out,   // 引抜き（印刷後）
};
inline constexpr std::size_t kPlaces = 12;
std::string_view japanese(Place place);
Place place_of(const Envelope& envelope, const Standing& standing);

// The words for people: "A-00012".
std::string label_of(const Envelope& envelope);

// Each changes the envelope, or refuses with the reason in the line's words.
Result<void> match(Envelope& envelope, const Standing& standing);
Result<void> seal(Envelope& envelope, const Standing& standing);
Result<void> release(Envelope& envelope); // matched, but not to be sealed now
// 開封やり直し: the envelope was opened again; its papers are matched anew. Not while it lies in a box.
Result<void> reopen(Envelope& envelope, const Standing& standing);
// The paper is at hand and destroyed (spoiled), or not found (missing).
Result<void> spoil(Envelope& envelope, const Standing& standing, bool at_hand);
Result<void> agree_missing(Envelope& envelope, StaffId reported_by, StaffId agrees);
Result<void> reprint(Envelope& envelope); // the new edition left the house

} // namespace azukari::guidance
