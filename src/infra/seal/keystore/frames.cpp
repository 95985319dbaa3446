#include "infra/seal/keystore/frames.h"

#include "infra/seal/encoding.h"

namespace azukari::seal {
namespace {

constexpr std::string_view kPreamble = "AZKKEYS1";
constexpr std::string_view kFrame = "FRAM";
constexpr std::string_view kStamp = "STMP";
constexpr std::size_t kHeadSize = 4 + 4 + 8;
constexpr std::size_t kTagBytes = 32;

void finish_with_checksum(Encoder& encoder)
{
    const auto digest = sha256(encoder.bytes());
    encoder.raw(ByteView(digest).first(8));
}

Bytes frame(ByteView body, const Digest& tag)
{
    AZK_CHECK(body.size() <= 0xFFFFFFFFU);
    Encoder head;
    head.raw(as_bytes(kFrame)).number(static_cast<std::uint32_t>(body.size()));
    finish_with_checksum(head);
    head.raw(body).raw(tag);
    return head.bytes();
}

} // namespace

Bytes first_frame(ByteView header, Digest& tag)
{
    tag = sha256({as_bytes(kPreamble), header});
    Encoder out;
    out.raw(as_bytes(kPreamble)).raw(frame(header, tag));
    return out.bytes();
}

Bytes next_frame(ByteView body, const Key256& chain_key, Digest& tag)
{
    tag = hmac_sha256(chain_key.reveal(), {tag, body});
    return frame(body, tag);
}

Bytes stamp_at(std::uint64_t offset)
{
    Encoder stamp;
    stamp.raw(as_bytes(kStamp)).number64(offset);
    finish_with_checksum(stamp);
    return stamp.bytes();
}

FrameReader::FrameReader(ByteView file) : file_(file) {}

bool FrameReader::stamp_holds(std::size_t offset) const
{
    if (file_.size() < kStampSize || offset > file_.size() - kStampSize) return false;
    const auto found = file_.subspan(offset, kStampSize);
    return as_text(found.first(4)) == kStamp && std::ranges::equal(found, stamp_at(offset));
}

bool FrameReader::stamped_later() const
{
    for (auto offset = at_; offset + kStampSize <= file_.size(); ++offset)
        if (stamp_holds(offset)) return true;
    return false;
}

std::optional<ByteView> FrameReader::body_at(std::size_t offset) const
{
    if (file_.size() - offset < kHeadSize + kTagBytes) return std::nullopt;
    const auto head = file_.subspan(offset, kHeadSize);
    if (as_text(head.first(4)) != kFrame) return std::nullopt;
    const auto checksum = sha256(head.first(8));
    if (!std::ranges::equal(head.subspan(8), ByteView(checksum).first(8))) return std::nullopt;
    const std::size_t length = Decoder(head.subspan(4)).number();
    if (length > file_.size() - offset - kHeadSize - kTagBytes) return std::nullopt;
    return file_.subspan(offset + kHeadSize, length);
}

// Steps over a frame that holds, and its stamp. False when the stamp is damaged.
bool FrameReader::pass(std::size_t frame_size)
{
    at_ += frame_size;
    stamped_ = stamp_holds(at_);
    if (stamped_) {
        at_ += kStampSize;
        return true;
    }
    // Only the last stamp may be missing, half written or spoilt: the frame before it holds by
    // itself.
    return file_.size() - at_ <= kStampSize;
}

FrameReader::State FrameReader::fail()
{
    return state_ = stamped_later() ? State::damaged : State::torn;
}

std::optional<ByteView> FrameReader::header()
{
    if (!as_text(file_).starts_with(kPreamble)) {
        state_ = State::foreign;
        return std::nullopt;
    }
    at_ = kPreamble.size();
    const auto body = body_at(at_);
    state_ = State::damaged; // a first frame is never torn: the file appears under its name only when it is whole
    if (!body) return std::nullopt;
    tag_ = sha256({as_bytes(kPreamble), *body});
    if (!std::ranges::equal(file_.subspan(at_ + kHeadSize + body->size(), kTagBytes), tag_)) return std::nullopt;
    if (!pass(kHeadSize + body->size() + kTagBytes)) return std::nullopt;
    state_ = State::whole;
    return body;
}

FrameReader::State FrameReader::read(const Key256& chain_key, const std::function<void(ByteView)>& visit)
{
    if (state_ != State::whole) return state_;
    while (stamped_ && at_ < file_.size()) {
        const auto body = body_at(at_);
        if (!body) return fail();
        const auto tag = hmac_sha256(chain_key.reveal(), {tag_, *body});
        if (!equal_in_constant_time(file_.subspan(at_ + kHeadSize + body->size(), kTagBytes), tag)) return fail();
        tag_ = tag;
        visit(*body);
        if (!pass(kHeadSize + body->size() + kTagBytes)) return state_ = State::damaged;
    }
    return state_ = at_ == file_.size() ? State::whole : State::torn;
}

} // namespace azukari::seal
