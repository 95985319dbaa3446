// Whatever stands where the keystore's file should be, reading it gives the keys or says what is wrong.
#include "base/check.h"
#include "infra/seal/keystore/frames.h"
#include "infra/seal/keystore/key_tree.h"

using namespace azukari;
using namespace azukari::seal;

namespace {

FrameReader::State read(ByteView file)
{
    FrameReader reader(file);
    const auto header = reader.header();
    if (!header) {
        AZK_CHECK(reader.state() == FrameReader::State::foreign || reader.state() == FrameReader::State::damaged);
        return reader.state();
    }
    if (const auto decoded = KeystoreHeader::decode(*header)) AZK_CHECK(std::ranges::equal(decoded->encode(), *header));
    KeyTree tree;
    std::uint64_t generation = 0;
    const auto state = reader.read(Key256{}, [&](ByteView body) { tree.apply(body, generation); });
    AZK_CHECK(reader.end() <= file.size());
    return state;
}

// The input in frames that hold: what the layers behind the checksums make of it.
void read_framed(ByteView input)
{
    const auto half = input.size() / 2;
    Digest tag{};
    auto file = first_frame(input.first(half), tag);
    const auto add = [&](const Bytes& bytes) { file.insert(file.end(), bytes.begin(), bytes.end()); };
    add(stamp_at(file.size()));
    add(next_frame(input.subspan(half), Key256{}, tag));
    add(stamp_at(file.size()));
    AZK_CHECK(read(file) == FrameReader::State::whole);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    read(input);
    read_framed(input);
    KeystoreHeader::decode(input);
    KeyTree tree;
    std::uint64_t generation = 0;
    if (tree.apply(input, generation)) {
        // What was understood is written and understood again as the same.
        const auto written = tree.encode(generation);
        KeyTree again;
        AZK_CHECK(again.apply(written, generation) && again.encode(generation) == written);
    }
    return 0;
}
