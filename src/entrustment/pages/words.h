// The text of a document on a page: a paragraph a line, numbers and signs hanging as on paper.
#pragma once

#include "infra/html/html.h"

namespace azukari::entrustment {

html::Html words(std::string_view text);

} // namespace azukari::entrustment
