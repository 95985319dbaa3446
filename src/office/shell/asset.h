// Styles, scripts and figures that are part of the programme. Their address carries a digest of the
// content, so a browser may keep them for ever. A room embeds its own with azk_embed_assets(room SINGLE
// script.js) in its CMakeLists.txt, and names them on its pages: page.scripts =
// {asset_url(assets_of_room(), "script.js")}.
#pragma once

#include "infra/html/url.h"
#include "office/shell/visit.h"

#include <span>
#include <string_view>
#include <vector>

namespace azukari::office {

struct Asset {
    std::string_view name; // "azukari.css"
    std::string_view type;
    std::string_view digest;
    std::string_view content;
};

// "/assets/azukari.4f5e….css"
html::Url asset_url(const Asset& asset);
// The asset of that name; asking for one that was not embedded is a bug.
html::Url asset_url(std::span<const Asset> assets, std::string_view name);

std::vector<Route> asset_routes(std::span<const Asset> assets);

} // namespace azukari::office
