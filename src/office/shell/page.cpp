#include "office/shell/page.h"

#include "office/shell/asset.h"
#include "office/shell/components/status.h"
#include "office/shell/status_words.h"
#include "shell_assets.h"

#include <fmt/format.h>

namespace azukari::office {
namespace {

using namespace html;

constexpr std::string_view kServiceName = "預かり";
constexpr std::string_view kServiceNote = "委託業務の個人情報管理";

// What stands on every page alike is made once.
const Html& our_styles()
{
    static const Html made = join(
        void_el("link", {{"rel", "stylesheet"}, href(asset_url(assets_of_shell(), "azukari.css"))}),
        void_el("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, href(asset_url(assets_of_shell(), "mark.svg"))}),
        el("script", {{"src", asset_url(assets_of_shell(), "azukari.js")}, flag("defer", true)}));
    return made;
}

const Html& brand()
{
    static const Html made =
        a({cls("brand"), href(Url("/"))},
          img({{"src", asset_url(assets_of_shell(), "mark.svg")}, {"alt", ""}, {"width", 32}, {"height", 32}}),
          span({cls("brand-name")}, kServiceName), span({cls("brand-note")}, kServiceNote));
    return made;
}

Html head(const Page& page)
{
    const auto scripts = each(page.scripts, [](const Url& url) {
        return el("script", {{"src", url}, flag("defer", true)});
    });
    return el("head", {}, void_el("meta", {{"charset", "utf-8"}}),
              void_el("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
              title_element(fmt::format("{} | {}", page.title, kServiceName)), our_styles(), scripts);
}

Html who(const Visit& visit)
{
    if (visit.session == nullptr) return {};
    const auto& person = *visit.session;
    return div({cls("who")},
               a({cls("who-person"), href(Url("/account"))}, span({cls("who-name")}, person.name),
                 span({cls("who-role")}, fmt::format("{}　{}", person.employer, access::japanese(person.role)))),
               html::form({cls("who-leave"), {"method", "post"}, {"action", Url("/sign-out")}},
                          input({{"type", "hidden"}, {"name", "csrf"}, {"value", visit.csrf}}),
                          html::button({cls("button button-plain"), {"type", "submit"}}, "ログアウト")));
}

Html top(const Visit& visit)
{
    return html::header({cls("site-head")}, brand(), who(visit));
}

bool stands_under(std::string_view path, std::string_view entry)
{
    if (entry == "/") return path == "/";
    return path.starts_with(entry) && (path.size() == entry.size() || path[entry.size()] == '/');
}

Html menu(const Visit& visit)
{
    if (visit.session == nullptr) return {};
    const auto items = each(visit.menu, [&](const MenuEntry& entry) {
        if (entry.guard != nullptr && !access::grants(*entry.guard, visit.session->role)) return Html();
        return li(a({href(Url(entry.path)), {"aria-current", "page", stands_under(visit.request.path, entry.path)}},
                    entry.label));
    });
    if (items.empty()) return {};
    return nav({cls("menu"), {"aria-label", "主なメニュー"}}, ul(items));
}

Html crumbs(const Page& page)
{
    if (page.crumbs.empty()) return {};
    const auto items = each(page.crumbs, [](const Crumb& crumb) { return li(a({href(crumb.address)}, crumb.label)); });
    return nav({cls("crumbs"), {"aria-label", "現在の位置"}},
               ol(li(a({href(Url("/"))}, "ホーム")), items, li({{"aria-current", "page"}}, page.title)));
}

Html content(const Visit& visit, const Page& page)
{
    Html banner;
    if (!visit.notice.empty())
        banner = div({cls("banner"), {"role", "status"}}, chip(Tone::info, "お知らせ"), p(visit.notice));
    return main_element(
        {{"id", "main"}, {"tabindex", "-1"}, cls(page.width == Width::text ? "main main-text" : "main")}, crumbs(page),
        banner,
        div({cls("page-head")}, h1(page.title), when(!page.actions.empty(), div({cls("page-actions")}, page.actions))),
        when(!page.lead.empty(), div({cls("lead")}, page.lead)), page.body);
}

Html foot(const Visit& visit)
{
    return footer({cls("site-foot")}, p(fmt::format("{} ― {}", kServiceName, kServiceNote)),
                  p({cls("site-foot-when")}, fmt::format("表示した日時 {}", to_japanese(visit.moment.at))));
}

} // namespace

http::Response show(const Visit& visit, const Page& page)
{
    const auto side = menu(visit);
    http::Response response;
    response.status = page.status;
    response.body = "<!DOCTYPE html>";
    response.body += el("html", {{"lang", "ja"}}, head(page),
                        el("body", {cls(side.empty() ? "frame frame-alone" : "frame")},
                           a({cls("skip-link"), href(Url("#main"))}, "本文へ移動"), top(visit), side,
                           content(visit, page), foot(visit)))
                         .markup();
    return response;
}

http::Response show_refusal(const Visit& visit, const Refusal& refusal, int status)
{
    return show_status(visit, status, refusal.sentence());
}

http::Response show_status(const Visit& visit, int status, std::string_view reason, std::string_view incident)
{
    const auto& words = words_of_status(status);
    Page page{std::string(words.title), {}};
    page.status = status;
    page.width = Width::text;
    Html number;
    if (!incident.empty())
        number = p("お問い合わせの際は、次の番号をお伝えください: ", strong({cls("incident")}, incident));
    page.body =
        join(notice(words.tone, reason.empty() ? words.why : reason),
             section({cls("what-to-do")}, h2("次にできること"),
                     ul({cls("plain-list")},
                        each(words.what_to_do, [](std::string_view line) { return line.empty() ? Html() : li(line); })),
                     number, p(a({href(Url("/"))}, "ホームへ戻る"))));
    return show(visit, page);
}

} // namespace azukari::office
