// The drawing process may have been taken over by the file it read: no reply of it does harm.
#include "base/bytes.h"
#include "base/check.h"
#include "infra/easel/file_kind.h"
#include "infra/easel/reply.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const ByteView bytes(data, size);
    const auto pages = easel::pages_of_reply(as_text(bytes));
    AZK_CHECK(!pages || (*pages >= 1 && *pages <= easel::kMostPages));
    const auto picture = easel::picture_of_reply(std::string(as_text(bytes)));
    AZK_CHECK(!picture || easel::kind_of(as_bytes(*picture)) == easel::FileKind::png);
    AZK_CHECK(!(pages && picture));
    return 0;
}
