// Whatever path is asked for, with whatever patterns stand (the lines of the input but the last): a route that is found
// is the pattern with its parameters put in.
#include "base/check.h"
#include "office/shell/router.h"

#include <set>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    using namespace azukari::office;
    auto rest = as_text({data, size});
    std::vector<Route> routes;
    std::set<std::string> seen;
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        // A segment "*" stands for a parameter; empty segments and braces would be bugs of ours, not inputs.
        const auto line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        std::string pattern;
        bool proper = line.starts_with('/') && line.find_first_of("{}") == std::string_view::npos;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const bool last = i + 1 == line.size() || line[i + 1] == '/';
            if (line[i] == '*') proper = proper && i > 0 && line[i - 1] == '/' && last;
            if (line[i] == '/') proper = proper && (!last || line == "/");
            pattern += line[i] == '*' ? "{p}" : std::string(1, line[i]);
        }
        if (!proper || !seen.insert(pattern).second) continue;
        routes.push_back(public_get(pattern, [](const Visit&) { return http::Response{}; }));
    }
    const Router router(std::move(routes));
    const auto found = router.find(http::Method::get, rest);
    if (found.route == nullptr) return 0;
    auto filled = found.route->pattern;
    // Parameters are told innermost first; several of one name fill from the end.
    for (const auto value : found.params.all("p")) {
        const auto at = filled.rfind("{p}");
        AZK_CHECK(at != std::string::npos);
        filled.replace(at, 3, value);
    }
    AZK_CHECK(filled == rest);
    return 0;
}
