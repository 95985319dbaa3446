#include "office/shell/asset.h"

#include "base/check.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::office {
namespace {

http::Response serve(const Asset& asset, const http::Request& request)
{
    http::Response response;
    const auto tag = fmt::format("\"{}\"", asset.digest);
    response.type = asset.type;
    response.set("Cache-Control", "public, max-age=31536000, immutable");
    response.set("ETag", tag);
    if (request.headers.get("if-none-match") == tag)
        response.status = 304;
    else
        response.body = asset.content;
    return response;
}

} // namespace

html::Url asset_url(const Asset& asset)
{
    const auto dot = asset.name.rfind('.');
    return html::Url(fmt::format("/assets/{}.{}{}", asset.name.substr(0, dot), asset.digest, asset.name.substr(dot)));
}

html::Url asset_url(std::span<const Asset> assets, std::string_view name)
{
    const auto found =
        std::find_if(assets.begin(), assets.end(), [&](const auto& asset) { return asset.name == name; });
    AZK_CHECK(found != assets.end());
    return asset_url(*found);
}

std::vector<Route> asset_routes(std::span<const Asset> assets)
{
    std::vector<Route> routes;
    for (const auto& asset : assets)
        routes.push_back(
            public_get(asset_url(asset).text(), [asset](const Visit& visit) { return serve(asset, visit.request); }));
    return routes;
}

} // namespace azukari::office
