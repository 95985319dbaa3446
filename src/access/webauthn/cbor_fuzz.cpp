#include "access/webauthn/cbor.h"
#include "access/webauthn/cose.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const ByteView all(data, size);
    ByteView rest = all;
    const auto first = webauthn::take_cbor(rest);
    AZK_CHECK(rest.size() <= all.size());
    const auto whole = webauthn::parse_cbor(all);
    AZK_CHECK(whole.has_value() == (first.has_value() && rest.empty()));
    if (webauthn::check_cose_key(all)) AZK_CHECK(whole && whole->as<webauthn::CborMap>());
    return 0;
}
