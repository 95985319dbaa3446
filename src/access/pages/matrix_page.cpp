#include "access/pages/matrix_page.h"

#include "access/decision.h"
#include "office/shell/shell.h"

namespace azukari::access::pages {
namespace {

using namespace html;
using namespace office;

std::string_view condition(Kind kind)
{
    switch (kind) {
    case Kind::open:
        return "ログイン";
    case Kind::about:
        return "委託ごと";
    case Kind::personal:
        return "個人情報";
    case Kind::ending:
        return "返還・消去";
    }
    return {};
}

Html cell(bool granted)
{
    return granted ? join(span({{"aria-hidden", "true"}}, "○"), span({cls("visually-hidden")}, "できる"))
                   : join(span({{"aria-hidden", "true"}}, "―"), span({cls("visually-hidden")}, "できない"));
}

Html matrix(const Visit& visit)
{
    Table table{"操作と役割", {{"操作"}, {"条件"}}, {}};
    for (int role = 0; role < kRoles; ++role) table.columns.push_back({std::string(japanese(static_cast<Role>(role)))});
    for (const auto& action : kActions) {
        office::Row row{action.japanese, join(condition(action.kind), when(action.grave, Html("・再認証")))};
        for (int role = 0; role < kRoles; ++role) row.push_back(cell(grants(action, static_cast<Role>(role))));
        table.rows.push_back(std::move(row));
    }
    return data_table(visit, table);
}

Html legend_of_conditions()
{
    return description_list({
        {"○ / ―", "○の役割の方だけが行えます。―の役割の方の操作は、画面からも直接の送信でも拒まれます。"},
        {"ログイン", "ログインしていれば行えます。"},
        {"委託ごと",
         "所属する組織の委託についてだけ行えます。取扱者は、名簿に載っている(載せる予定の)委託に限ります。"},
        {"個人情報", "区に提出した名簿に載っていて外されておらず、研修が有効で、委託の期間内である間だけ行えます。"
                     "名簿での区分が、その操作のできる役割と合っている必要があります。"},
        {"返還・消去", "「個人情報」と同じですが、委託の期間が終わった後も行えます。"},
        {"再認証", "ログインまたはご本人の確認から5分以内に限ります。"},
    });
}

http::Response show_matrix(const Visit& visit)
{
    Page page{"権限表", matrix(visit)};
    page.lead = p("だれが何を行えるかの表です。この表にないことは、だれも行えません。システムは操作のたびに、この表と下"
                  "の条件を確かめます。");
    page.body += h2("凡例");
    page.body += legend_of_conditions();
    return show(visit, page);
}

} // namespace

std::vector<Route> matrix_routes()
{
    return {get("/matrix", actions::kSeeMatrix, [](const Visit& visit, const Scope&) { return show_matrix(visit); })};
}

} // namespace azukari::access::pages
