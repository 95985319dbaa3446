// Whatever is uploaded: it is refused, or fields are clean text, file names carry no path, and nothing is larger than
// what came in. The first line of the input is the Content-Type.
#include "base/check.h"
#include "infra/http/decoding.h"
#include "infra/http/multipart.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const auto all = as_text({data, size});
    const auto line = std::min(all.find('\n'), all.size());
    const auto upload = http::decode_multipart(all.substr(0, line), all.substr(std::min(line + 1, all.size())));
    if (!upload) return 0;
    std::size_t total = 0;
    for (const auto& [name, value] : upload->fields.pairs()) {
        AZK_CHECK(http::field_text(name) == name && http::field_text(value) == value);
        total += value.size();
    }
    for (const auto& file : upload->files) {
        AZK_CHECK(http::field_text(file.name) == file.name);
        AZK_CHECK(file.name.find_first_of("/\\\n") == std::string::npos);
        total += file.content.size();
    }
    AZK_CHECK(total <= size);
    return 0;
}
