// Recording a class: people who were taught together and took the test on paper.
#include "access/pages/people/people_frame.h"
#include "access/roster/roster_store.h"
#include "access/roster/training_store.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::access::people_pages {
namespace {

using namespace html;

struct Class { // what the form is about
    Course course;
    std::vector<RosterEntry> people; // who may be recorded by this person
};

Result<Class> class_of(const Rooms& rooms, const Scope& scope)
{
    return rooms.db.read([&](const storage::Snapshot& snapshot) -> Result<Class> {
        auto course = current_course(snapshot, *scope.entrustment());
        if (!course) return refuse(kNoCourse);
        Class found{*std::move(course), {}};
        for (auto& entry : roster_of(snapshot, *scope.entrustment()))
            if (!entry.withdrawn && entry.staff != scope.staff()) found.people.push_back(std::move(entry));
        return found;
    });
}

http::Response class_page(const Rooms& rooms, const office::Visit& visit, const Scope& scope,
                          const office::FormState& state)
{
    const auto entrusted = rooms.entrusted(scope);
    if (!entrusted) return office::show_refusal(visit, entrusted.error(), 404);
    const auto found = class_of(rooms, scope);
    if (!found) return office::show_refusal(visit, found.error(), 409);
    std::vector<office::Choice> people{{"", "選んでください"}};
    for (const auto& entry : found->people)
        people.push_back({entry.staff.text(), fmt::format("{}（{}）", entry.name, japanese(entry.kind))});
    const auto& content = found->course.content;
    const auto hint =
        fmt::format("{}問中の正解の数です。{}以上で合格になります。", content.questions.size(), content.pass_mark);
    office::Page page{"集合研修を記録する", {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p(fmt::format("「{}」の教材で集合研修を行い、紙の確認テストを採点したときに、お一人ずつ記録します。"
                              "記録した方の名前は記録台帳に残ります。",
                              content.title));
    stand_below(page, scope, *entrusted, Part::training);
    page.body = office::post_form(
        visit, address_of(scope, "training/class"), office::error_summary(state),
        office::select_field(state,
                             {.name = "staff",
                              .label = "受講した方",
                              .hint = "名簿に載っている方から選びます。ご自分は選べません。",
                              .required = true,
                              .size = office::Field::Size::medium},
                             people),
        office::date_field(
            state, {.name = "day", .label = "研修の日", .hint = "有効期限は、この日から数えます。", .required = true}),
        office::text_field(state, {.name = "score",
                                   .label = "点数",
                                   .hint = hint,
                                   .required = true,
                                   .inputmode = "numeric",
                                   .max_length = 3,
                                   .size = office::Field::Size::small}),
        office::button_row(
            join(office::submit_button("記録する"), office::link_button("やめて戻る", address_of(scope, "training")))));
    return office::show(visit, page);
}

} // namespace

http::Response ask_class(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    return class_page(rooms, visit, scope, office::filled({{"day", visit.moment.today.iso()}}));
}

http::Response record_class(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
{
    const auto& form = visit.request.form;
    const auto found = class_of(rooms, scope);
    if (!found) return office::show_refusal(visit, found.error(), 409);
    const auto staff = StaffId::parse(form.get("staff"));
    const auto day = CivilDate::parse(form.get("day"));
    const auto text = form.get("score");
    int points = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), points);
    std::vector<Refusal> refusals;
    if (!staff) refusals.emplace_back(kNotNamed, std::vector<std::string>{}, "staff");
    if (!day) refusals.emplace_back(kDayExpected, std::vector<std::string>{}, "day");
    if (error != std::errc{} || end != text.data() + text.size())
        refusals.emplace_back(
            kScoreExpected, std::vector<std::string>{std::to_string(found->course.content.questions.size())}, "score");
    if (!refusals.empty()) return class_page(rooms, visit, scope, office::refused(form, std::move(refusals)));
    IdSource ids(scope.moment().at, rooms.entropy);
    const auto recorded =
        rooms.db.write([&](storage::Tx& tx) { return record_training(tx, ids, scope, *staff, *day, points); });
    if (!recorded) return class_page(rooms, visit, scope, office::refused(form, {recorded.error()}));
    return http::Response::see_other(path_of(scope, "training"), recorded->passed
                                                                     ? "研修の合格を記録しました。"
                                                                     : "研修の結果（不合格）を記録しました。");
}

} // namespace azukari::access::people_pages
