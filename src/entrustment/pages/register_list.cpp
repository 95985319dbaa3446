#include "entrustment/pages/register_routes.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

std::string contractors(const Entrustment& content)
{
    std::vector<std::string> names;
    for (const auto& part : content.parts) {
        const auto name = part.contractor.decided() ? part.contractor.name : "未定";
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return fmt::format("{}", fmt::join(names, "、"));
}

bool holds(const Entrustment& content, std::string_view sought)
{
    for (const auto& text : {content.outline.name, content.outline.section, content.paper.title, contractors(content)})
        if (text.find(sought) != std::string::npos) return true;
    return false;
}

} // namespace

http::Response show_register(const Desk& desk, const Visit& visit, const access::Scope& scope)
{
    auto listed = desk.reg.list(scope);
    const auto sought = visit.request.query.get("q");
    const auto state = visit.request.query.get("state");
    std::erase_if(listed, [&](const Register::Listed& each) {
        if (!sought.empty() && !holds(each.version->content, sought)) return true;
        if (state == "draft") return each.version->mark.state != VersionState::draft;
        return state == "undecided" && each.version->content.contractor_decided();
    });
    const auto order = sorting(visit, {"name", "section", "contractor", "end"});
    const auto key_of = [&](const Register::Listed& each) {
        const auto& content = each.version->content;
        if (order.key == "section") return content.outline.section;
        if (order.key == "contractor") return contractors(content);
        return order.key == "end" ? content.end().iso() : content.outline.name;
    };
    std::stable_sort(listed.begin(), listed.end(), [&](const Register::Listed& a, const Register::Listed& b) {
        return order.descending ? key_of(a) > key_of(b) : key_of(a) < key_of(b);
    });

    std::vector<Row> rows;
    for (const auto& each : listed) {
        const auto& content = each.version->content;
        rows.push_back({a({href(url("/entrustments/", each.id))}, content.outline.name), content.outline.section,
                        contractors(content), join(on_day(content.start()), "〜", on_day(content.end())),
                        version_chip(each.version->mark)});
    }
    const auto filter = filled({{"q", std::string(sought)}, {"state", std::string(state)}});
    const Choice states[] = {{"", "すべて"}, {"draft", "編集中の版があるもの"}, {"undecided", "委託先が未定のもの"}};
    Page page{
        "委託の登録",
        join(filter_form(
                 Url("/entrustments"),
                 text_field(filter, {.name = "q", .label = "事業名・担当課・委託先", .size = Field::Size::medium}),
                 select_field(filter, {.name = "state", .label = "状態", .size = Field::Size::medium}, states)),
             data_table(visit, {.caption = "登録されている委託",
                                .columns = {{"事業名", "name"},
                                            {"担当課", "section"},
                                            {"委託先", "contractor"},
                                            {"委託期間", "end"},
                                            {"最新の版"}},
                                .rows = std::move(rows)}))};
    page.lead = p("区が審議会等に報告した委託の内容と、その版の履歴です。");
    return show(visit, page);
}

} // namespace azukari::entrustment
