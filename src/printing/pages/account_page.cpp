// What became of the paper, copy by copy, until every sheet is accounted for.
#include "access/fence.h"
#include "party/party_store.h"
#include "printing/pages/printing_frame.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using namespace html;

// Everybody of both sides but the person who records.
std::vector<office::Choice> witnesses(const storage::Snapshot& snapshot, const access::Scope& scope)
{
    std::vector<office::Choice> choices{{"", "選んでください"}};
    const auto fence = access::find_fence(snapshot, *scope.entrustment());
    if (!fence) return choices;
    for (const auto organisation : {fence->contractor, fence->ward})
        for (const auto& staff : party::staff_of(snapshot, organisation))
            if (staff.id != scope.staff()) choices.push_back({staff.id.text(), staff.name});
    return choices;
}

Html copy_fields(const office::FormState& state, const PrintJob& job)
{
    Html fields;
    for (std::int64_t number = 1; number <= job.wish.copies; ++number) {
        const auto handed_on = fmt::format("handed_on-{}", number), destroyed = fmt::format("destroyed-{}", number);
        const auto handed_label = fmt::format("第{}部のうち、次の工程へ渡した枚数", number);
        const auto destroyed_label = fmt::format("第{}部のうち、廃棄した枚数（損紙など）", number);
        const auto field = [&](const std::string& name, const std::string& label) {
            return office::text_field(state, {.name = name,
                                              .label = label,
                                              .required = true,
                                              .inputmode = "numeric",
                                              .max_length = 6,
                                              .size = office::Field::Size::small});
        };
        fields += office::field_group(fmt::format("第{}部（{}枚）", number, office::grouped(job.document.pages)),
                                      join(field(handed_on, handed_label), field(destroyed, destroyed_label)));
    }
    return fields;
}

http::Response account_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                            const PrintJob& job, const office::FormState& state)
{
    const auto people =
        rooms.means.db.read([&](const storage::Snapshot& snapshot) { return witnesses(snapshot, scope); });
    office::Page page{"紙の行き先を記録する", {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p(fmt::format(
        "{}（{}）。全部で{}枚です。渡した枚数、廃棄した枚数、出てこなかった枚数の合計が、これと合うまで記録できません。",
        named(job), job.document.file_name, office::grouped(job.sheets())));
    stand_below(page, rooms, scope);
    page.crumbs.push_back({named(job), Url(path_of(scope, job.id))});
    page.body = office::post_form(
        visit, Url(path_of(scope, job.id, "/account")), office::error_summary(state),
        office::description_list(
            {{"次の工程", Html(japanese(job.wish.next))}, {"紙の渡し先", Html(job.wish.recipient)}}),
        copy_fields(state, job),
        office::text_field(state, {.name = "missing",
                                   .label = "プリンターから出てこなかった枚数",
                                   .hint = "途中で止まったときなど。なければ 0。",
                                   .required = true,
                                   .inputmode = "numeric",
                                   .max_length = 6,
                                   .size = office::Field::Size::small}),
        office::field_group(
            "廃棄した、または出てこなかった紙があるとき",
            join(office::text_field(
                     state, {.name = "note", .label = "わけ", .hint = "例: 紙づまりで2枚が破れた", .max_length = 100}),
                 office::text_field(
                     state,
                     {.name = "method", .label = "廃棄の方法", .hint = "例: 細断（クロスカット）", .max_length = 100}),
                 office::select_field(
                     state, {.name = "witness", .label = "廃棄に立ち会った方", .size = office::Field::Size::medium},
                     people))),
        office::button_row(
            join(office::submit_button("記録する"), office::link_button("やめて戻る", Url(path_of(scope, job.id))))));
    return office::show(visit, page);
}

// Every sheet handed on: what usually happens.
office::FormState usual(const PrintJob& job)
{
    std::vector<std::pair<std::string, std::string>> values{{"missing", "0"}};
    for (std::int64_t number = 1; number <= job.wish.copies; ++number) {
        values.emplace_back(fmt::format("handed_on-{}", number), std::to_string(job.document.pages));
        values.emplace_back(fmt::format("destroyed-{}", number), "0");
    }
    return office::filled(std::move(values));
}

Result<std::int64_t> sheets_in(const http::Fields& form, const std::string& name, std::int64_t most)
{
    const auto number = number_of(form.get(name));
    if (!number || *number < 0 || *number > most) return refuse_field(name, kNumberExpected, "0", std::to_string(most));
    return *number;
}

struct Told {
    std::vector<CopyEnd> ends;
    Account account;
};

Result<Told> told_in(const http::Fields& form, const PrintJob& job)
{
    Told told;
    for (std::int64_t number = 1; number <= job.wish.copies; ++number) {
        AZK_TRY(const auto handed_on, sheets_in(form, fmt::format("handed_on-{}", number), job.document.pages));
        AZK_TRY(const auto destroyed, sheets_in(form, fmt::format("destroyed-{}", number), job.document.pages));
        told.ends.push_back({handed_on, destroyed});
    }
    AZK_TRY(told.account.missing, sheets_in(form, "missing", job.sheets()));
    told.account.note = form.get("note");
    told.account.method = form.get("method");
    told.account.witness = StaffId::parse(form.get("witness"));
    return told;
}

} // namespace

http::Response ask_account(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto state = it->state(visit.moment.at);
    if (state == State::settled) return office::show_refusal(visit, Refusal(kAlreadySettled), 409);
    if (!it->job.finished_at)
        return office::show_refusal(visit, Refusal(kNotPrintedYet, {std::string(japanese(state))}), 409);
    return account_form(rooms, visit, scope, it->job, usual(it->job));
}

http::Response save_account(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto& form = visit.request.form;
    const auto told = told_in(form, it->job);
    if (!told) return account_form(rooms, visit, scope, it->job, office::refused(form, {told.error()}));
    const auto done =
        rooms.means.db.write([&](storage::Tx& tx) { return settle(tx, scope, it->job.id, told->ends, told->account); });
    if (!done && done.error().field().empty()) return office::show_refusal(visit, done.error(), 409);
    if (!done) return account_form(rooms, visit, scope, it->job, office::refused(form, {done.error()}));
    return http::Response::see_other(path_of(scope, it->job.id),
                                     "紙の行き先を記録しました。枚数はすべて合っています。");
}

} // namespace azukari::printing::pages
