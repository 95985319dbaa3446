// A QR code as a figure in the page.
#pragma once

#include "infra/html/elements.h"

#include <string_view>

namespace azukari::access::pages {

// `text` up to some 2,000 bytes; `label` says what it is to people who cannot see it.
html::Html qr_figure(std::string_view text, std::string_view label);

} // namespace azukari::access::pages
