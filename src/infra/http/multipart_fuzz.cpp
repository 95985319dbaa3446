// Whatever is uploaded: it is refused, or fields are clean text, file names carry no path, and nothing is larger than
// what came in. The first line of the input is the Content-Type.
#include "base/check.h"
#include "infra/http/decoding.h"
#include "infra/http/multipart.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const auto all = as_text({data, size});
    const auto line = std::min(all.find('\n'), all.size());
    const auto type = all.substr(0, line), body = all.substr(std::min(line + 1, all.size()));
    // However it is cut off, the fields before the files are those of the whole.
    const auto before = http::decode_fields_before_files(type, body).pairs();
    const auto cut = http::decode_fields_before_files(type, body.substr(0, body.size() / 2)).pairs();
    AZK_CHECK(cut.size() <= before.size() && std::equal(cut.begin(), cut.end(), before.begin()));
    const auto upload = http::decode_multipart(type, body);
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
    const auto& whole = upload->fields.pairs();
    AZK_CHECK(before.size() <= whole.size() && std::equal(before.begin(), before.end(), whole.begin()));
    return 0;
}
