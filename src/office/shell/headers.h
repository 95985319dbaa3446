// What every answer tells the browser to refuse on our behalf, and how we tell our own forms from forged ones.
#pragma once

#include "infra/http/message.h"

namespace azukari::office {

// Content-Security-Policy without inline anything, no framing, no sniffing, no caching of pages, and over TLS only TLS.
void protect(http::Response& response, bool secure);

// A post from our own pages: Sec-Fetch-Site and Origin, where the browser sends them, must name this very site.
bool comes_from_here(const http::Request& request);

} // namespace azukari::office
