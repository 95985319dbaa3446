// A file to save is no page: the browser goes on showing the form that asked for it, filled in as it was. Told where
// the work goes on, the script leads there as soon as the file is being saved; without scripts the sentence stands on
// whichever page is opened next.
#pragma once

#include "office/shell/visit.h"

#include <string>
#include <string_view>

namespace azukari::office {

// `file`: a download. `next`: a path of this house, 「/entrustments/…」. `sentence`: what happened, and what comes next.
http::Response saved_then(const Visit& visit, http::Response file, std::string_view next, std::string sentence);

} // namespace azukari::office
