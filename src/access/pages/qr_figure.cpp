#include "access/pages/qr_figure.h"

#include "base/check.h"

#include <fmt/format.h>
#include <memory>
#include <qrencode.h>

namespace azukari::access::pages {
namespace {

constexpr int kQuiet = 4;  // modules left white around it, ISO/IEC 18004
constexpr int kModule = 5; // pixels

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

} // namespace

html::Html qr_figure(std::string_view text, std::string_view label)
{
    const std::string copy(text);
    const std::unique_ptr<QRcode, Free> code(QRcode_encodeString8bit(copy.c_str(), 0, QR_ECLEVEL_M));
    AZK_CHECK(code != nullptr);
    std::string dark;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if ((code->data[y * code->width + x] & 1) != 0)
                fmt::format_to(std::back_inserter(dark), "M{} {}h1v1h-1z", x + kQuiet, y + kQuiet);
    const int size = code->width + 2 * kQuiet;
    using namespace html;
    return svg({{"viewBox", fmt::format("0 0 {0} {0}", size)},
                {"width", size * kModule},
                {"height", size * kModule},
                {"role", "img"},
                {"aria-label", label},
                {"shape-rendering", "crispEdges"}},
               rect({{"width", size}, {"height", size}, {"fill", "#fff"}}), path({{"d", dark}, {"fill", "#000"}}));
}

} // namespace azukari::access::pages
