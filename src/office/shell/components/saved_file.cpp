#include "office/shell/components/saved_file.h"

#include "base/check.h"

#include <fmt/format.h>

namespace azukari::office {

http::Response saved_then(const Visit& visit, http::Response file, std::string_view next, std::string sentence)
{
    AZK_CHECK(next.starts_with('/') && next.find_first_of("; \r\n") == std::string_view::npos);
    file.notice = std::move(sentence);
    // The one cookie that a script reads (script/azukari.js); it holds an address of this house and nothing else.
    file.set("Set-Cookie", fmt::format("azukari-next={}; Path=/; SameSite=Strict; Max-Age=60{}", next,
                                       visit.request.secure ? "; Secure" : ""));
    return file;
}

} // namespace azukari::office
