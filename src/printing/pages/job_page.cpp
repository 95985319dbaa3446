// One print job: how it stands, what is to do next, who did what.
#include "approval/approval_rules.h"
#include "printing/pages/printing_frame.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::printing::pages {
namespace {

using namespace html;

constexpr std::int64_t kSteps = 3; // of printing: drawn and sent, printed, out

struct Shown {
    Seen seen;
    std::vector<PrintedCopy> copies;
    std::map<StaffId, std::string> names;

    const PrintJob& job() const { return seen.job; }
    std::string name(StaffId id) const
    {
        const auto found = names.find(id);
        return found == names.end() ? std::string("―") : found->second;
    }
};

Result<Shown> read_all(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    AZK_TRY(auto it, job_in_path(rooms, visit, scope));
    return rooms.means.db.read([&](const storage::Snapshot& snapshot) -> Result<Shown> {
        Shown shown{std::move(it), {}, {}};
        const auto& job = shown.job();
        shown.copies = copies_of(snapshot, job.entrustment, job.id);
        std::vector<StaffId> people{job.asked.by};
        for (const auto& decision : shown.seen.request.decisions) people.push_back(decision.by);
        if (job.sent) people.push_back(job.sent->by);
        for (const auto& done : {job.collected, job.accounted})
            if (done) people.push_back(done->by);
        if (job.account.witness) people.push_back(*job.account.witness);
        for (const auto& person : people) shown.names.try_emplace(person, name_of(snapshot, person));
        return shown;
    });
}

Html way(State state)
{
    using office::StepState;
    constexpr int kReached[] = {0, 1, 1, 2, 2, 3, 3, 3, 4, 5}; // by State
    const auto reached = kReached[static_cast<int>(state)];
    const auto step = [&](std::string label, int at) {
        return office::Step{std::move(label), reached > at    ? StepState::done
                                              : reached == at ? StepState::current
                                                              : StepState::to_come};
    };
    return office::steps("手順", {step("承認を受ける", 0), step("印刷する", 1), step("印刷が終わる", 2),
                                  step("紙を受け取る", 3), step("行き先を記録する", 4)});
}

Html until(const PrintJob& job, Instant now)
{
    const auto due_at = due(job);
    if (!due_at) return {};
    if (overdue(job, now))
        return office::notice(
            office::Tone::bad, "紙が放置されています",
            p("期限（", office::when_at(*due_at), "）を過ぎています。すぐに次の工程に進めてください。"));
    return p("期限: ", office::when_at(*due_at));
}

Html link_to(const access::Scope& scope, const PrintJob& job, std::string_view label, std::string_view below)
{
    return office::button_row(office::link_button(label, Url(path_of(scope, job.id, below)), office::Weight::primary));
}

// Whether it is this person's turn to agree.
bool decides(const office::Visit& visit, const access::Scope& scope, const Shown& it)
{
    const auto& request = it.seen.request;
    return approval::may_decide(request, scope.staff(), scope.role(), request.digest, visit.moment.at).has_value();
}

// What to do about a job that lies before approval.
Html before_printing(const Rooms&, const office::Visit& visit, const access::Scope& scope, const Shown& it, State state)
{
    const auto& job = it.job();
    const bool mine = job.asked.by == scope.staff();
    const auto withdraw =
        when(mine && may(scope, access::actions::kAskPrint),
             office::post_button(visit, "申請を取り下げる", Url(path_of(scope, job.id, "/withdrawal"))));
    if (state == State::given_up) {
        Html why;
        for (const auto& decision : it.seen.request.decisions)
            if (!decision.agreed) why = p("認めない理由: ", decision.reason);
        return join(p(approval::japanese(approval::state_of(it.seen.request, visit.moment.at)),
                      "。印刷するときは、もう一度申請してください。"),
                    why);
    }
    if (state == State::approved)
        return join(p("承認がそろいました。期限は ", office::when_at(it.seen.request.expires_at),
                      " です。プリンターのそばに人がいるときに印刷してください。"),
                    may(scope, access::actions::kPrint) ? link_to(scope, job, "印刷に進む", "/sending") : Html(),
                    withdraw);
    const auto stage = it.seen.request.stages.at(it.seen.request.decisions.size()).name;
    return join(p(fmt::format("申請した人とは別の人の「{}」を待っています。", stage)),
                may(scope, access::actions::kAgreePrint) && decides(visit, scope, it)
                    ? link_to(scope, job, fmt::format("{}に進む", stage), "/agreement")
                    : Html(),
                withdraw);
}

Html at_the_printer(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Shown& it,
                    State state)
{
    const auto& job = it.job();
    const auto watch = Url(path_of(scope, job.id, "/progress"));
    if (state == State::printing && job.trouble.empty())
        return join(office::progress_bar({"印刷しています", 2, kSteps, "段階", &watch}),
                    p("プリンターに届きました。印刷が終わるまでお待ちください。"));
    if (state == State::printing)
        return join(office::notice(office::Tone::bad, "印刷が止まっています", p(job.trouble)),
                    p("プリンターを直すと、続きが印刷されます。送り直す必要はありません。"),
                    office::button_row(office::link_button("最新の状態を見る", Url(path_of(scope, job.id)))));
    const auto failure = rooms.run.failure(job.id);
    return join(
        office::notice(office::Tone::bad, "プリンターに届いていません",
                       p(job.trouble.empty() ? (failure.empty() ? "送る途中で止まりました。" : failure) : job.trouble)),
        p("まだ1枚も印刷されていないことを、送り直す前に、この印刷の番号でプリンターに確かめます。二重には印刷しません。"),
        when(may(scope, access::actions::kPrint),
             office::post_button(visit, "送り直す", Url(path_of(scope, job.id, "/again")), office::Weight::primary)));
}

Html paper_is_out(const office::Visit& visit, const access::Scope& scope, const Shown& it, State state)
{
    const auto& job = it.job();
    Html what;
    if (state == State::broken)
        what = office::notice(
            office::Tone::bad, "印刷が途中で止まりました",
            p("プリンターへ行き、出ている紙を数えてください。足りない分は、行き先を記録したあと、新しく申請します。"));
    else if (state == State::uncertain)
        what = office::notice(
            office::Tone::bad, "印刷されたかどうか分かりません",
            p("プリンターの側に、この印刷の記録がありません。プリンターへ行き、紙が出ているかを確かめて記録してください。"));
    else if (state == State::to_fetch)
        what = p("印刷が終わりました。すぐに紙を取りに行き、置いたままにしないでください。");
    else
        what = p(
            fmt::format("紙は受け取られました。「{}」が済んだら、行き先を記録してください。", japanese(job.wish.next)));
    if (job.sheets_reported > 0 && job.sheets_reported != job.sheets())
        what += office::notice(
            office::Tone::caution, "枚数が違います",
            p(fmt::format("送ったのは{}枚ですが、プリンターは{}枚と数えました。紙を数えて確かめてください。",
                          job.sheets(), job.sheets_reported)));
    if (!may(scope, access::actions::kAccountPrint)) return join(what, until(job, visit.moment.at));
    const auto account = office::link_button("紙の行き先を記録する", Url(path_of(scope, job.id, "/account")),
                                             job.collected ? office::Weight::primary : office::Weight::secondary);
    const auto fetch =
        office::post_button(visit, "紙を受け取った", Url(path_of(scope, job.id, "/paper")), office::Weight::primary);
    return join(what, until(job, visit.moment.at), job.collected ? Html() : fetch, office::button_row(account));
}

Html next_step(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Shown& it, State state)
{
    const auto watch = Url(path_of(scope, it.job().id, "/progress"));
    if (rooms.run.under_way(it.job().id))
        return office::progress_bar({"プリンターに送っています", 1, kSteps, "段階", &watch});
    const auto failure = it.job().sent ? std::string() : rooms.run.failure(it.job().id);
    const auto failed =
        when(!failure.empty(),
             office::notice(office::Tone::bad, "印刷できませんでした。何も印刷されていません", p(failure)));
    switch (state) {
    case State::waiting:
    case State::approved:
    case State::given_up:
        return office::card("次にすること", join(failed, before_printing(rooms, visit, scope, it, state)));
    case State::unsent:
    case State::printing:
        return office::card("次にすること", at_the_printer(rooms, visit, scope, it, state));
    case State::to_fetch:
    case State::broken:
    case State::uncertain:
    case State::fetched:
        return office::card("次にすること", paper_is_out(visit, scope, it, state));
    case State::settled:
        return {};
    }
    return {};
}

Html account_of(const office::Visit& visit, const Shown& it)
{
    const auto& job = it.job();
    if (!job.accounted) return {};
    office::Table table{.caption = "部ごとの行き先",
                        .columns = {{"部"}, {"渡した枚数", {}, true}, {"廃棄した枚数", {}, true}},
                        .rows = {}};
    for (const auto& copy : it.copies)
        table.rows.push_back({Html(fmt::format("第{}部", copy.number)), Html(office::grouped(copy.handed_on)),
                              Html(office::grouped(copy.destroyed))});
    const auto& end = job.account;
    std::vector<office::Term> terms{{"渡した枚数", Html(fmt::format("{}枚（{}: {}）", office::grouped(end.handed_on),
                                                                    japanese(job.wish.next), job.wish.recipient))},
                                    {"廃棄した枚数", Html(office::grouped(end.destroyed) + "枚")},
                                    {"出てこなかった枚数", Html(office::grouped(end.missing) + "枚")}};
    if (!end.method.empty()) terms.push_back({"廃棄の方法", Html(end.method)});
    if (end.witness) terms.push_back({"廃棄に立ち会った方", Html(it.name(*end.witness))});
    if (!end.note.empty()) terms.push_back({"わけ", Html(end.note)});
    return join(h2("紙の行き先"), office::description_list(terms),
                when(!it.copies.empty(), office::data_table(visit, table)));
}

Html history(const Shown& it)
{
    using office::Tone;
    const auto& job = it.job();
    std::vector<office::Happening> all{{job.asked.at, Html("印刷を申請した"), it.name(job.asked.by)}};
    for (std::size_t at = 0; at < it.seen.request.decisions.size(); ++at) {
        const auto& decision = it.seen.request.decisions[at];
        all.push_back({decision.at,
                       Html(it.seen.request.stages.at(at).name + (decision.agreed ? "した" : "を認めなかった")),
                       it.name(decision.by), decision.agreed ? Tone::info : Tone::bad});
    }
    if (job.sent)
        all.push_back({job.sent->at,
                       Html(fmt::format("「{}」から「{}」へ印刷を始めた", job.sent->computer, job.wish.printer)),
                       it.name(job.sent->by), Tone::info});
    if (job.finished_at)
        all.push_back({*job.finished_at,
                       Html(job.delivery == Delivery::printed  ? "プリンターが印刷を終えた"
                            : job.delivery == Delivery::failed ? "プリンターが途中で止めた"
                                                               : "印刷の結果が分からなくなった"),
                       {},
                       job.delivery == Delivery::printed ? Tone::good : Tone::bad});
    if (job.collected)
        all.push_back({job.collected->at, Html("紙を受け取った"), it.name(job.collected->by), Tone::info});
    if (job.accounted)
        all.push_back({job.accounted->at, Html("紙の行き先を記録した"), it.name(job.accounted->by), Tone::good});
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    return join(h2("これまで"), office::time_line(all));
}

} // namespace

http::Response show_job(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = read_all(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const auto& job = it->job();
    const auto state = it->seen.state(visit.moment.at);
    auto terms = terms_of(job);
    if (job.sent) {
        terms.insert(terms.begin(), {"印刷日時", office::when_at(job.sent->at)});
        terms.insert(terms.begin(), {"印刷元コンピューター", Html(job.sent->computer)});
    }
    office::Page page{named(job),
                      join(p(state_chip(state)), way(state), next_step(rooms, visit, scope, *it, state),
                           account_of(visit, *it), h2("内容"), office::description_list(terms), history(*it))};
    stand_below(page, rooms, scope);
    return office::show(visit, page);
}

http::Response show_progress(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto it = job_in_path(rooms, visit, scope);
    if (!it) return office::show_refusal(visit, it.error(), 404);
    const bool sending = rooms.run.under_way(it->job.id);
    const bool going_on = sending || (it->state(visit.moment.at) == State::printing && it->job.trouble.empty());
    auto response =
        http::Response::text(200, office::progress_json({sending ? "プリンターに送っています" : "印刷しています",
                                                         sending ? 1 : 2, kSteps, "段階"},
                                                        !going_on));
    response.type = "application/json";
    return response;
}

} // namespace azukari::printing::pages
