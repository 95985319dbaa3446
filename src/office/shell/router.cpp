#include "office/shell/router.h"

#include "base/check.h"

namespace azukari::office {

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed{};
    std::unique_ptr<Node> parameter{};
    std::string parameter_name{};
    const Route* get = nullptr;
    const Route* post = nullptr;

    bool ends_here() const { return get != nullptr || post != nullptr; }
    std::string_view allowed() const
    {
        if (get != nullptr) return post != nullptr ? "GET, HEAD, POST" : "GET, HEAD";
        return post != nullptr ? "POST" : "";
    }
    Node& child(std::string_view segment);
    // The node at the end of `rest` that holds a route; fills `params` on its way back.
    const Node* descend(std::string_view rest, http::Fields& params) const;
};

Router::Node& Router::Node::child(std::string_view segment)
{
    const bool is_parameter = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
    auto& next = is_parameter ? parameter : fixed[std::string(segment)];
    if (!next) next = std::make_unique<Node>();
    if (is_parameter) {
        const auto name = segment.substr(1, segment.size() - 2);
        AZK_CHECK(next->parameter_name.empty() || next->parameter_name == name);
        next->parameter_name = name;
    }
    return *next;
}

const Router::Node* Router::Node::descend(std::string_view rest, http::Fields& params) const
{
    if (rest.empty()) return ends_here() ? this : nullptr;
    rest.remove_prefix(1); // the slash
    const auto slash = rest.find('/');
    const auto segment = rest.substr(0, slash);
    const auto after = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    if (segment.empty()) return nullptr;
    if (const auto found = fixed.find(segment); found != fixed.end())
        if (const auto* node = found->second->descend(after, params)) return node;
    if (!parameter) return nullptr;
    const auto* node = parameter->descend(after, params);
    if (node != nullptr) params.add(parameter->parameter_name, std::string(segment));
    return node;
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)), root_(std::make_unique<Node>())
{
    for (const auto& route : routes_) {
        AZK_CHECK(route.pattern.starts_with('/'));
        AZK_CHECK(route.guard != nullptr ? bool(route.handle) : bool(route.handle_public));
        Node* node = root_.get();
        std::string_view rest = route.pattern == "/" ? std::string_view() : std::string_view(route.pattern);
        while (!rest.empty()) {
            rest.remove_prefix(1);
            const auto slash = std::min(rest.find('/'), rest.size());
            node = &node->child(rest.substr(0, slash));
            rest.remove_prefix(slash);
        }
        auto& place = route.method == http::Method::post ? node->post : node->get;
        AZK_CHECK(place == nullptr);
        place = &route;
    }
}

Router::~Router() = default;

Router::Found Router::find(http::Method method, std::string_view path) const
{
    Found found;
    if (!path.starts_with('/')) return found;
    const auto* node = root_->descend(path == "/" ? std::string_view() : path, found.params);
    if (node == nullptr) return found;
    found.allowed = node->allowed();
    if (method == http::Method::post)
        found.route = node->post;
    else if (method != http::Method::other)
        found.route = node->get;
    return found;
}

} // namespace azukari::office
