// Whatever a browser sends as cookies: what is read can be written back as a header and reads the same.
#include "base/check.h"
#include "infra/http/decoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const auto cookies = http::decode_cookies(as_text({data, size}));
    std::string header;
    for (const auto& [name, value] : cookies.pairs()) header += name + "=" + value + "; ";
    AZK_CHECK(http::decode_cookies(header).pairs() == cookies.pairs());
    return 0;
}
