// The frame every page stands in: head with the service's name and who is signed in, navigation by role, breadcrumbs,
// title, content, foot. How to build a page:
//
//     #include "office/shell/shell.h"                                   // page.h and all components
//     http::Response show_roster(const Visit& visit, const access::Scope& scope)
//     {
//         Page page{"名簿", data_table(visit, {.caption = "取扱者", .columns = {{"氏名", "name"}, {"状態"}}, .rows = rows})};
//         page.crumbs = {{"委託の登録", url("/entrustments")}};
//         page.actions = link_button("取扱者を追加", url("/entrustments/", id, "/roster/new"));
//         return show(visit, page);
//     }
//
// A form posts with post_form(visit, …), which carries the CSRF token; after a change answer
// http::Response::see_other(path, "保存しました。"), whose sentence the next page shows.
#pragma once

#include "base/result.h"
#include "infra/html/elements.h"
#include "infra/html/url.h"
#include "office/shell/visit.h"

#include <optional>
#include <vector>

namespace azukari::office {

struct Crumb {
    std::string label;
    html::Url address;
};

enum class Width { wide, text }; // text: forms and prose, at most about 40 characters a line

struct Page {
    std::string title; // <title> and h1
    html::Html body;
    std::vector<Crumb> crumbs{}; // from below home to above this page
    html::Html lead{};           // under the title: what this page is for, in a sentence
    html::Html actions{};        // beside the title: what can be done here
    Width width = Width::wide;
    std::vector<html::Url> scripts{}; // of the page's own room, see asset.h
    int status = 200;
};

http::Response show(const Visit& visit, const Page& page);

// What happened, why, and what to do: for a refusal that concerns the whole page (forms show theirs beside the field).
http::Response show_refusal(const Visit& visit, const Refusal& refusal, int status = 403);

// 403, 404, 405, 409, 413, 429, 500, 503 … in Japanese. `reason` replaces the usual sentence of why.
http::Response show_status(const Visit& visit, int status, std::string_view reason = {},
                           std::string_view incident = {});

} // namespace azukari::office
