// 個人情報の流れ for a page: the figure as SVG, and the same in words for those who do not see it.
#pragma once

#include "entrustment/entrustment.h"
#include "infra/html/html.h"

namespace azukari::entrustment {

html::Html flow_svg(const InformationFlow& flow);

} // namespace azukari::entrustment
