// Documents kept outside the system: recorded, dated, and gone.
#include "erasure/pages/ending_frame.h"
#include "retention/document_store.h"
#include "retention/retention_refusals.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using namespace html;
using retention::Rule;

constexpr RefusalKind kKindExpected{"retention.kind_expected", "書類の種類を選んでください。"};
constexpr RefusalKind kDayExpected{"retention.day_expected", "日付を入力してください。"};

// The days the form tells for the rule's events; those left empty have not happened.
Result<retention::Events> events_of(const http::Fields& form, const Rule& rule)
{
    retention::Events events;
    for (const auto& keep : rule.keep) {
        const auto field = rule.kind + "-" + keep.event;
        const auto text = form.get(field);
        if (text.empty()) continue;
        const auto day = CivilDate::parse(text);
        if (!day) return refuse_field(field, kDayExpected);
        events.emplace(keep.event, *day);
    }
    return events;
}

std::vector<const Rule*> by_hand(const Rooms& rooms, const Told& told)
{
    auto rules = rooms.rules.of(told.code);
    std::erase_if(rules, [](const Rule* rule) { return !rule->by_hand; });
    return rules;
}

http::Response document_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                             const Told& told, const office::FormState& state)
{
    std::vector<office::Choice> kinds;
    Html days;
    for (const auto* rule : by_hand(rooms, told)) {
        kinds.push_back({rule->kind, rule->name, retention::spoken(*rule) + "保存"});
        Html fields;
        for (const auto& keep : rule->keep) {
            const auto name = rule->kind + "-" + keep.event;
            const auto label = keep.name + "の日";
            fields += office::date_field(state, {.name = name, .label = label});
        }
        days += office::field_group(rule->name + "の日付", fields, "まだのものは空けておき、決まったら記録します。");
    }
    office::Page page{"書類を登録する", {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p("施錠して保管している紙など、このシステムの外にあるものを登録し、保存期間が終わる日を知らせます。");
    stand_below(page, scope, told);
    page.body =
        office::post_form(visit, address_of(scope, "/documents/new"), office::error_summary(state),
                          office::radio_group(state, {.name = "kind", .label = "書類の種類", .required = true}, kinds),
                          office::text_field(state, {.name = "label",
                                                     .label = "管理番号",
                                                     .hint = "例: 令8-0012。氏名は入れないでください。",
                                                     .required = true,
                                                     .max_length = 60,
                                                     .size = office::Field::Size::medium}),
                          days,
                          office::button_row(join(office::submit_button("登録する"),
                                                  office::link_button("やめて戻る", address_of(scope, "")))));
    return office::show(visit, page);
}

struct Found {
    Told told;
    retention::Document document;
    const Rule* rule;
    retention::DocumentId id;
};

Result<Found> found(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    AZK_TRY(auto told, rooms.told(scope));
    const auto id = retention::DocumentId::parse(visit.request.path_params.get("document"));
    for (auto& document : rooms.means.db.read([&](const storage::Snapshot& snapshot) {
             return retention::documents_by_hand(snapshot, *scope.entrustment());
         })) {
        const auto* rule = rooms.rules.find(told.code, document.kind);
        if (id && document.object == id->text() && rule != nullptr)
            return Found{std::move(told), std::move(document), rule, *id};
    }
    return refuse(retention::kNoSuchDocument);
}

http::Response document_page(const office::Visit& visit, const access::Scope& scope, const Found& it,
                             const office::FormState& state)
{
    const auto last = retention::last_day_of(*it.rule, it.document.events);
    const auto here = address_of(scope, "/documents/" + it.document.object);
    Html events;
    for (const auto& keep : it.rule->keep) {
        const auto known = it.document.events.find(keep.event);
        const auto label = keep.name + "の日";
        auto days = state;
        if (days.value(keep.event).empty() && known != it.document.events.end())
            days.values.add(keep.event, known->second.iso());
        events += office::post_form(
            visit, here, office::hidden_field("event", keep.event),
            office::date_field(days, {.name = keep.event,
                                      .label = label,
                                      .hint = "空にして記録すると「まだ」に戻ります（支援の再開など）。"}),
            office::submit_button(keep.name + "の日を記録する", office::Weight::secondary));
    }
    const auto gone = it.document.disposed_at
                          ? p(office::when_at(*it.document.disposed_at), "に廃棄または返還が記録されています。")
                          : office::post_form(visit, here, office::hidden_field("event", "disposed"),
                                              office::text_field(state, {.name = "how",
                                                                         .label = "廃棄・返還の方法",
                                                                         .hint = "例: 裁断、溶解、区へ返還",
                                                                         .required = true,
                                                                         .max_length = 100}),
                                              office::submit_button("廃棄・返還を記録する"));
    office::Page page{fmt::format("{} {}", it.rule->name, it.document.label), {}};
    page.width = office::Width::text;
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    stand_below(page, scope, it.told);
    page.body =
        join(office::error_summary(state),
             office::description_list({{"保存期間", Html(retention::spoken(*it.rule))},
                                       {"定めたもの", Html(it.rule->basis)},
                                       {"保存する最後の日", last ? office::on_day(*last) : Html("まだ決まりません")}}),
             when(!it.document.disposed_at, section(h2("日付"), events)), section(h2("廃棄・返還"), gone));
    return office::show(visit, page);
}

} // namespace

http::Response ask_document(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    return document_form(rooms, visit, scope, *told, {});
}

http::Response add_document(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    const auto& form = visit.request.form;
    const auto* rule = rooms.rules.find(told->code, form.get("kind"));
    if (rule == nullptr || !rule->by_hand)
        return document_form(rooms, visit, scope, *told, office::refused(form, {Refusal(kKindExpected, {}, "kind")}));
    const auto events = events_of(form, *rule);
    if (!events) return document_form(rooms, visit, scope, *told, office::refused(form, {events.error()}));
    IdSource ids(scope.moment().at, rooms.means.entropy);
    const auto kept = rooms.means.db.write(
        [&](storage::Tx& tx) { return retention::keep_document(tx, ids, scope, *rule, form.get("label"), *events); });
    if (!kept) return document_form(rooms, visit, scope, *told, office::refused(form, {kept.error()}));
    return http::Response::see_other(path_of(scope, ""), "書類を登録しました。");
}

http::Response show_document(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = found(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    return document_page(visit, scope, *it, {});
}

http::Response change_document(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = found(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto& form = visit.request.form;
    const std::string event(form.get("event"));
    const auto answer = [&](const Result<void>& done, std::string sentence) {
        if (done) return http::Response::see_other(path_of(scope, ""), std::move(sentence));
        return document_page(visit, scope, *it, office::refused(form, {done.error()}));
    };
    if (event == "disposed")
        return answer(rooms.means.db.write([&](storage::Tx& tx) {
            return retention::dispose(tx, scope, *it->rule, it->id, form.get("how"));
        }),
                      "廃棄・返還を記録しました。");
    const auto text = form.get(event);
    const auto day = text.empty() ? std::optional<CivilDate>() : [&]() -> std::optional<CivilDate> {
        const auto parsed = CivilDate::parse(text);
        return parsed ? std::optional(*parsed) : std::nullopt;
    }();
    if (!text.empty() && !day)
        return document_page(visit, scope, *it, office::refused(form, {Refusal(kDayExpected, {}, event)}));
    return answer(rooms.means.db.write(
                      [&](storage::Tx& tx) { return retention::note_event(tx, scope, *it->rule, it->id, event, day); }),
                  "日付を記録しました。");
}

} // namespace azukari::erasure::pages
