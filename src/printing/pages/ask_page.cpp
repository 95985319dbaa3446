// Asking for a print job.
#include "printing/pages/printing_frame.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using namespace html;

std::string size_of(const Printable& document)
{
    if (document.pages == 0) return {};
    return fmt::format("{}ページ、{}人分", office::grouped(document.pages), office::grouped(document.persons));
}

http::Response wish_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const office::FormState& state)
{
    std::vector<office::Choice> documents, printers, steps;
    const auto limits = rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        for (const auto& each : offered(rooms.means, snapshot, scope))
            documents.push_back({each.source + ":" + each.reference, each.label, size_of(each)});
        return find_limits(snapshot, *scope.entrustment());
    });
    for (const auto& each : rooms.means.printers) printers.push_back({each.name, each.name});
    for (const auto step : kNextSteps) steps.push_back({std::string(code_of(step)), std::string(japanese(step))});
    const auto over =
        fmt::format("1回{}枚以上、または1人1日{}枚以上になるときに記入します（区の指定）。承認する人が1人ふえます。",
                    office::grouped(limits.sheets_per_job), office::grouped(limits.sheets_per_day));
    office::Page page{"印刷を申請する", {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p("申請した内容は固定され、別の人の承認のあと、そのままの内容で1回だけ印刷できます。");
    stand_below(page, rooms, scope);
    if (printers.empty()) {
        page.body = no_printer();
        return office::show(visit, page);
    }
    if (documents.empty()) {
        page.body = office::notice(
            office::Tone::info, "いま印刷できるものがありません",
            p("「通知の印字」で組み上げて承認された通知と、双方が署名した確認記録票が、ここに並びます。"));
        return office::show(visit, page);
    }
    page.body = office::post_form(
        visit, address_of(scope, "/new"), office::error_summary(state),
        office::radio_group(state, {.name = "document", .label = "印刷するもの", .required = true}, documents),
        office::radio_group(state, {.name = "printer", .label = "印刷先プリンター", .required = true}, printers),
        office::text_field(state, {.name = "copies",
                                   .label = "部数",
                                   .hint = "片面で印刷します。",
                                   .required = true,
                                   .inputmode = "numeric",
                                   .max_length = 2,
                                   .size = office::Field::Size::small}),
        office::text_field(state, {.name = "purpose",
                                   .label = "印刷の目的",
                                   .hint = "例: 受診勧奨通知の発送。個人の名前は書かないでください。",
                                   .required = true,
                                   .max_length = 100}),
        office::radio_group(state, {.name = "next_step", .label = "印刷したあとの工程", .required = true}, steps),
        office::text_field(state, {.name = "recipient",
                                   .label = "紙の渡し先",
                                   .hint = "部署や係の名前。例: 見本区 健康づくり課",
                                   .required = true,
                                   .max_length = 100}),
        office::text_field(state,
                           {.name = "over_reason", .label = "指定枚数以上になる理由", .hint = over, .max_length = 100}),
        office::button_row(
            join(office::submit_button("申請する"), office::link_button("やめて戻る", address_of(scope, "")))));
    return office::show(visit, page);
}

Result<Wish> wish_of(const http::Fields& form)
{
    const auto document = form.get("document");
    const auto colon = document.find(':');
    if (colon == std::string_view::npos) return refuse_field("document", kNoSuchDocument);
    const auto step = next_step_of(form.get("next_step"));
    if (!step) return refuse_field("next_step", kNextStepExpected);
    const auto copies = number_of(form.get("copies"));
    if (!copies) return refuse_field("copies", kCopiesExpected, std::to_string(kMostCopies));
    return Wish{std::string(document.substr(0, colon)), std::string(document.substr(colon + 1)),
                std::string(form.get("printer")),       *copies,
                std::string(form.get("purpose")),       *step,
                std::string(form.get("recipient")),     std::string(form.get("over_reason"))};
}

} // namespace

http::Response ask_wish(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    std::vector<std::pair<std::string, std::string>> known{
        {"copies", "1"}, {"document", std::string(visit.request.query.get("document"))}};
    if (rooms.means.printers.size() == 1) known.emplace_back("printer", rooms.means.printers.front().name);
    return wish_form(rooms, visit, scope, office::filled(std::move(known)));
}

http::Response save_wish(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto wish = wish_of(form);
    if (!wish) return wish_form(rooms, visit, scope, office::refused(form, {wish.error()}));
    const auto job = ask(rooms.means, scope, *wish);
    if (!job) return wish_form(rooms, visit, scope, office::refused(form, {job.error()}));
    return http::Response::see_other(path_of(scope, job->id),
                                     fmt::format("{}を申請しました。別の人の承認を受けてください。", named(*job)));
}

} // namespace azukari::printing::pages
