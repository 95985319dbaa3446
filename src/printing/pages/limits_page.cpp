// 指定枚数と期限: what the ward designates.
#include "printing/pages/printing_frame.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using namespace html;

http::Response limits_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                           const office::FormState& state, const Limits& limits)
{
    const auto known = office::description_list(
        {{"1回の指定枚数", Html(fmt::format("{}枚以上は理由を記録", office::grouped(limits.sheets_per_job)))},
         {"1人1日の指定枚数", Html(fmt::format("{}枚以上は理由を記録", office::grouped(limits.sheets_per_day)))},
         {"紙を受け取るまで", Html(fmt::format("印刷が終わってから{}分以内", limits.take_up_minutes))},
         {"行き先を記録するまで", Html(fmt::format("受け取ってから{}時間以内", limits.settle_hours))}});
    const auto field = [&](std::string_view name, std::string_view label) {
        return office::text_field(state, {.name = name,
                                          .label = label,
                                          .required = true,
                                          .inputmode = "numeric",
                                          .max_length = 7,
                                          .size = office::Field::Size::small});
    };
    const auto form = office::post_form(visit, address_of(scope, "/limits"), office::error_summary(state),
                                        field("sheets_per_job", "1回の指定枚数（枚）"),
                                        field("sheets_per_day", "1人1日の指定枚数（枚）"),
                                        field("take_up_minutes", "印刷が終わってから、紙を受け取るまで（分）"),
                                        field("settle_hours", "受け取ってから、行き先を記録するまで（時間）"),
                                        office::button_row(office::submit_button("定める")));
    const bool sets = may(scope, access::actions::kSetPrintLimits);
    auto page = framed(rooms, scope, "指定枚数と期限", Part::limits, sets ? form : known);
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead =
        p("指定枚数以上の印刷には理由が要り、承認する人が1人ふえます。期限を過ぎた紙は、双方のホームに知らせます。"
          "区が定めます。すでに申請された印刷には及びません。");
    return office::show(visit, page);
}

office::FormState filled_with(const Limits& limits)
{
    return office::filled({{"sheets_per_job", std::to_string(limits.sheets_per_job)},
                           {"sheets_per_day", std::to_string(limits.sheets_per_day)},
                           {"take_up_minutes", std::to_string(limits.take_up_minutes)},
                           {"settle_hours", std::to_string(limits.settle_hours)}});
}

} // namespace

http::Response ask_limits(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto limits = rooms.means.db.read(
        [&](const storage::Snapshot& snapshot) { return find_limits(snapshot, *scope.entrustment()); });
    return limits_page(rooms, visit, scope, filled_with(limits), limits);
}

http::Response save_limits(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto number = [&](std::string_view name) { return number_of(form.get(name)).value_or(0); };
    const Limits limits{number("sheets_per_job"), number("sheets_per_day"), number("take_up_minutes"),
                        number("settle_hours")};
    if (const auto right = check_limits(limits); !right)
        return limits_page(rooms, visit, scope, office::refused(form, {right.error()}), limits);
    rooms.means.db.write([&](storage::Tx& tx) { write_limits(tx, scope, limits); });
    return http::Response::see_other(path_of(scope, "/limits"), "指定枚数と期限を定めました。");
}

} // namespace azukari::printing::pages
