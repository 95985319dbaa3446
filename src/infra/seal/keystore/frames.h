// How the keystore's file is laid out, as bytes only: a header, then one frame per durable change,
// each followed by a stamp that is written once the frame is known to be on the disk.
//
//   "AZKKEYS1"  frame₀ stamp  frame₁ stamp  frame₂ stamp …
//   frame = "FRAM" ‖ length (4) ‖ checksum of both (8) ‖ body ‖ tag (32)
//   stamp = "STMP" ‖ its own offset (8) ‖ checksum of both (8)
//
// The tag of frame₀, which can be read without any key, is a SHA-256; every later tag is an HMAC
// over the tag before it and the body, so that frames can neither be changed, left out nor moved.
// The stamps tell a power cut from damage: a last frame that is not whole and has no stamp was
// never acknowledged and is dropped; anything else that is not whole is damage.
#pragma once

#include "base/secret.h"
#include "infra/seal/digest.h"

#include <functional>

namespace azukari::seal {

inline constexpr std::size_t kStampSize = 4 + 8 + 8;

// Preamble and first frame. `tag` becomes the tag of that frame.
Bytes first_frame(ByteView header, Digest& tag);
// The frame that follows the one with `tag`, which becomes its own.
Bytes next_frame(ByteView body, const Key256& chain_key, Digest& tag);
Bytes stamp_at(std::uint64_t offset);

class FrameReader {
public:
    explicit FrameReader(ByteView file);

    enum class State {
        whole,   // every byte accounted for
        torn,    // whole up to end(); what follows was never acknowledged
        damaged, // at end()
        foreign, // not a keystore of this version
    };
    // The body of the first frame; nothing when foreign or damaged.
    std::optional<ByteView> header();
    // The bodies of the following frames, in order. After header().
    State read(const Key256& chain_key, const std::function<void(ByteView body)>& visit);

    State state() const { return state_; }
    std::size_t end() const { return at_; }
    // False when the last frame has not got its stamp.
    bool stamped() const { return stamped_; }
    const Digest& tag() const { return tag_; }

private:
    bool stamp_holds(std::size_t offset) const;
    bool stamped_later() const;
    std::optional<ByteView> body_at(std::size_t offset) const;
    bool pass(std::size_t frame_size);
    State fail();

    ByteView file_;
    std::size_t at_ = 0;
    Digest tag_{};
    bool stamped_ = false;
    State state_ = State::whole;
};

} // namespace azukari::seal
