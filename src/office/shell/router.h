// Finds the route of a path. Fixed segments win over {parameters}; two routes for the same method and
// pattern are a bug.
#pragma once

#include "office/shell/visit.h"

#include <map>
#include <memory>

namespace azukari::office {

class Router {
public:
    explicit Router(std::vector<Route> routes);
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    struct Found {
        const Route* route = nullptr; // nullptr: no such page, or not by this method
        http::Fields params{};
        std::string_view allowed{}; // the Allow header of a path that exists: "GET, HEAD"
    };
    // `path` is percent-decoded. HEAD finds what GET finds.
    Found find(http::Method method, std::string_view path) const;

    const std::vector<Route>& routes() const { return routes_; }

private:
    struct Node;
    std::vector<Route> routes_;
    std::unique_ptr<Node> root_;
};

} // namespace azukari::office
