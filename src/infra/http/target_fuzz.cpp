// Whatever is asked for: a path that is accepted begins with a slash, holds no dot segments and no control characters;
// the whole request assembles or is refused.
#include "base/check.h"
#include "infra/http/assembly.h"
#include "infra/http/decoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const std::string target(as_text({data, size}));
    const auto path = http::decode_path(target);
    if (path) {
        AZK_CHECK(path->starts_with('/') && http::field_text(*path) == *path);
        AZK_CHECK((*path + "/").find("/../") == std::string::npos && (*path + "/").find("/./") == std::string::npos);
        AZK_CHECK(path->find_first_of("\\\r\n") == std::string::npos);
    }
    http::RawRequest raw;
    raw.method = "GET";
    raw.target = target;
    raw.peer = "10.0.0.1";
    raw.headers = {{"X-Forwarded-For", target}, {"X-Forwarded-Proto", target}, {"Cookie", target}};
    const auto request = http::assemble(std::move(raw), {"10.0.0.1"});
    AZK_CHECK(!request || path);
    AZK_CHECK(!request || request->path == *path);
    return 0;
}
