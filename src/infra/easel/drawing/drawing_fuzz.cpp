// The decoders as a stranger's file finds them: whatever it is, it is drawn within limits or refused.
#include "base/check.h"
#include "infra/easel/drawing/drawing.h"
#include "infra/easel/drawing/orientation.h"
#include "infra/easel/reply.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const ByteView file(data, size);
    const auto turn = easel::orientation_of(file);
    AZK_CHECK(turn >= 1 && turn <= 8);
    const auto looked = easel::pages_of_reply(as_text(easel::reply_to("look", 0, file)));
    if (looked) AZK_CHECK(easel::picture_of_reply(std::string(as_text(easel::reply_to("draw", 1, file)))).has_value());
    return 0;
}
