// Whoever answers where the scanner should be: no reply does harm, and only a verdict is one.
#include "base/bytes.h"
#include "base/check.h"
#include "infra/wire/clamd_reply.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const auto reply = as_text(ByteView(data, size));
    const auto verdict = wire::verdict_in(reply);
    AZK_CHECK(!verdict || verdict->found != verdict->signature.empty());
    AZK_CHECK(!verdict || verdict->found == reply.ends_with(std::string_view(" FOUND\0", 7)));
    const auto signatures = wire::signatures_in(reply);
    AZK_CHECK(!signatures || signatures->database.empty() != signatures->made_at.has_value());
    return 0;
}
