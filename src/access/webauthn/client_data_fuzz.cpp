#include "access/webauthn/client_data.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const ByteView json(data, size);
    const auto challenge = webauthn::challenge_of(json);
    const Bytes ours(3);
    for (const auto ceremony : {webauthn::Ceremony::registration, webauthn::Ceremony::assertion})
        if (webauthn::check_client_data(json, ceremony, ours, "http://localhost"))
            AZK_CHECK(challenge && *challenge == ours);
    return 0;
}
