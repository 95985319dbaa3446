// 版の履歴: who changed what and when, any version in full, and what differs between two of them.
#include "entrustment/pages/register_routes.h"
#include "entrustment/pages/words.h"
#include "entrustment/paper/council_paper.h"
#include "entrustment/paper/spoken.h"
#include "ledger/ledger.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

struct History {
    std::vector<VersionMark> marks;
    std::vector<VersionChange> edits;
    std::map<std::string, std::string> names; // of accounts
};

History read_history(const Desk& desk, const access::Scope& scope)
{
    return desk.reg.db().read([&](const storage::Snapshot& snapshot) {
        History read{history(snapshot, scope), changes(snapshot, scope), {}};
        const auto learn = [&](const std::string& account) {
            if (!account.empty() && !read.names.contains(account)) read.names[account] = name_of(snapshot, account);
        };
        for (const auto& mark : read.marks) {
            learn(mark.created_by);
            learn(mark.settled_by);
        }
        for (const auto& each : read.edits) learn(each.by);
        return read;
    });
}

std::string section_title(const Entrustment& content, const std::string& code)
{
    if (code == "paper") return "表紙と根拠";
    if (code == "outline") return "事業の概要";
    if (code == "provisions") return "特記事項";
    if (code == "flows") return "個人情報の流れ";
    const auto dash = code.find('-');
    const auto kind = code.substr(0, dash);
    std::string title = kind == "items" ? "情報項目" : kind == "measures" ? "情報保護対策" : "件名の表";
    for (const auto& part : content.parts)
        if (content.parts.size() > 1 && code.substr(dash + 1) == part.code) title += "（" + part.registered_name + "）";
    return title;
}

Html links_of(const access::Scope& scope, const VersionMark& mark)
{
    const auto number = std::to_string(mark.number);
    Html out = a({href(Url(path_of(scope, "/versions/" + number)))}, "この版を見る");
    out += "　";
    out += a({href(Url(path_of(scope, "/paper.pdf")).with("version", number))}, "審議会資料（PDF）");
    if (mark.made_from) {
        out += "　";
        out += a({href(Url(path_of(scope, "/difference")).with("from", *mark.made_from).with("to", mark.number))},
                 "もとの版との違い");
    }
    return p(out);
}

std::vector<Happening> happenings(const access::Scope& scope, const Entrustment& content, const History& read)
{
    std::vector<Happening> all;
    for (const auto& mark : read.marks) {
        if (mark.settled_at)
            all.push_back({*mark.settled_at, join(p(version_chip(mark), " ", mark.reason), links_of(scope, mark)),
                           read.names.at(mark.settled_by), tone_of(mark.state)});
        else
            all.push_back({mark.changed_at, join(p(version_chip(mark)), links_of(scope, mark)),
                           read.names.at(mark.created_by), tone_of(mark.state)});
        for (const auto& each : read.edits)
            if (each.number == mark.number)
                all.push_back({each.at,
                               p(fmt::format("第{}版の「{}」を変更：{}", each.number,
                                             section_title(content, each.section), each.reason)),
                               read.names.at(each.by)});
    }
    std::stable_sort(all.begin(), all.end(), [](const Happening& a, const Happening& b) { return a.at > b.at; });
    return all;
}

Html compare_form(const Visit&, const access::Scope& scope, const std::vector<VersionMark>& marks)
{
    if (marks.size() < 2) return {};
    std::vector<Choice> choices;
    for (const auto& mark : marks)
        choices.push_back({std::to_string(mark.number), fmt::format("第{}版 {}", mark.number, japanese(mark.state))});
    const auto state = filled({{"from", choices[1].value}, {"to", choices[0].value}});
    return section(
        h2("二つの版を比べる"),
        filter_form(Url(path_of(scope, "/difference")),
                    select_field(state, {.name = "from", .label = "前の版", .size = Field::Size::medium}, choices),
                    select_field(state, {.name = "to", .label = "後の版", .size = Field::Size::medium}, choices)));
}

// The version that ?name= asks for; the latest when nothing is asked.
Result<Version> asked_version(const Desk& desk, const access::Scope& scope, std::string_view asked)
{
    return desk.reg.db().read([&](const storage::Snapshot& snapshot) {
        const auto number = whole_number(asked);
        return number ? find_version(snapshot, scope, *number) : latest_version(snapshot, scope);
    });
}

} // namespace

http::Response show_versions(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = desk.reg.latest(scope);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto read = read_history(desk, scope);
    return show(visit, entrustment_frame(desk, scope, **version, Tab::versions,
                                         join(time_line(happenings(scope, (*version)->content, read)),
                                              compare_form(visit, scope, read.marks))));
}

http::Response show_version(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto number = visit.request.path_params.get("number");
    if (!whole_number(number)) return show_status(visit, 404);
    const auto version = asked_version(desk, scope, number);
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto before = desk.reg.db().read(
        [&](const storage::Snapshot& snapshot) { return reported_before(snapshot, scope, version->mark.number); });
    Html body;
    if (before)
        body += section(h2("前に報告した版からの変更"),
                        difference_table(fmt::format("第{}版からの変更", before->mark.number),
                                         changed_items(before->content, version->content, desk.reg.catalogues())));
    for (const auto& each_section : spoken(version->content, desk.reg.catalogues())) {
        std::vector<office::Term> terms;
        for (const auto& field : each_section.fields) terms.push_back({field.label, words(field.text)});
        body += section(h2(each_section.heading), description_list(terms));
    }
    Page page{fmt::format("第{}版", version->mark.number), std::move(body)};
    page.crumbs = {{"委託の登録", Url("/entrustments")},
                   {version->content.outline.name, address_of(scope)},
                   {"版の履歴", Url(path_of(scope, "/versions"))}};
    page.lead = join(version_chip(version->mark), p(version->mark.reason));
    page.actions =
        link_button("審議会資料（PDF）", Url(path_of(scope, "/paper.pdf")).with("version", version->mark.number));
    return show(visit, page);
}

http::Response show_difference(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto& query = visit.request.query;
    if (!whole_number(query.get("from")) || !whole_number(query.get("to"))) // nothing chosen to compare yet
        return http::Response::see_other(path_of(scope, "/versions"));
    const auto from = asked_version(desk, scope, query.get("from")), to = asked_version(desk, scope, query.get("to"));
    if (!from) return show_refusal(visit, from.error(), 404);
    if (!to) return show_refusal(visit, to.error(), 404);
    const auto title = fmt::format("第{}版と第{}版の違い", from->mark.number, to->mark.number);
    Page page{title, difference_table(title, changed_items(from->content, to->content, desk.reg.catalogues()))};
    page.crumbs = {{"委託の登録", Url("/entrustments")},
                   {to->content.outline.name, address_of(scope)},
                   {"版の履歴", Url(path_of(scope, "/versions"))}};
    page.lead = p("加わった文字は太字と下線、なくなった文字は取消線で示します。");
    return show(visit, page);
}

http::Response take_paper(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    const auto version = asked_version(desk, scope, visit.request.query.get("version"));
    if (!version) return show_refusal(visit, version.error(), 404);
    const auto before = desk.reg.db().read(
        [&](const storage::Snapshot& snapshot) { return reported_before(snapshot, scope, version->mark.number); });
    pdf::TextSink sink;
    const auto pages = write_council_paper(
        {version->content, desk.reg.catalogues(), before ? &before->content : nullptr, scope.moment().at}, sink,
        desk.fonts);
    if (!pages) return show_refusal(visit, pages.error(), 422);
    desk.reg.db().write([&](storage::Tx& tx) {
        auto entry = scope.entry("register.paper_taken");
        entry.outcome = "done";
        entry.counts["pages"] = static_cast<std::int64_t>(*pages);
        entry.references["version"] = std::to_string(version->mark.number);
        ledger::append(tx, entry);
    });
    return http::Response::download(file_name_of(version->content), "application/pdf", std::move(sink).take());
}

} // namespace azukari::entrustment
