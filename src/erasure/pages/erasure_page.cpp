// One erasure: how far it has come, what comes next, what it proves.
#include "approval/approval_store.h"
#include "custody/copies/copy_store.h"
#include "erasure/pages/ending_frame.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using namespace html;

struct Seen {
    Erasure erasure;
    std::optional<approval::Request> request;
    std::vector<retention::Document> documents;
    std::map<StaffId, std::string> names;
    std::vector<OpenCopy> copies;
    std::map<std::string, custody::Copy> left; // the same by their ids, as the copy ledger knows them
    std::vector<BackupSet> backups;
};

Seen see(const Rooms& rooms, const access::Scope& scope, Erasure erasure)
{
    return rooms.means.db.read([&](const storage::Snapshot& snapshot) {
        const auto id = *scope.entrustment();
        Seen seen{std::move(erasure), {}, documents_of(rooms, snapshot, id), {}, {}, {}, {}};
        const auto name = [&](const std::optional<StaffId>& staff) {
            if (staff) seen.names.emplace(*staff, name_of(snapshot, *staff));
        };
        if (const auto request = approval::find_request(snapshot, id, seen.erasure.approval)) {
            seen.request = *request;
            for (const auto& decision : request->decisions) name(decision.by);
        }
        name(seen.erasure.planned_by);
        name(seen.erasure.acknowledged_by);
        for (const auto& done : seen.erasure.done) name(done.by);
        if (rooms.means.open_copies) seen.copies = rooms.means.open_copies(snapshot, id, seen.erasure.target);
        for (const auto& copy : seen.copies)
            if (const auto copy_id = custody::CopyId::parse(copy.id))
                if (auto known = custody::find_copy(snapshot, id, *copy_id))
                    seen.left.emplace(copy.id, *std::move(known));
        if (seen.erasure.find(Step::keys) != nullptr) seen.backups = outstanding_backups(snapshot, seen.erasure);
        return seen;
    });
}

Html way(const Seen& seen)
{
    const auto state = state_of(seen.erasure);
    const auto reached = [&](State least) { return static_cast<int>(state) >= static_cast<int>(least); };
    const auto step = [&](std::string label, bool done, bool current, Html note = {}) {
        return office::Step{std::move(label),
                            done      ? office::StepState::done
                            : current ? office::StepState::current
                                      : office::StepState::to_come,
                            std::move(note)};
    };
    const bool begun = seen.erasure.find(Step::begun) != nullptr;
    const bool granted = begun || (seen.request && seen.request->every_stage_agreed());
    return office::steps("消去の進み具合",
                         {step("計画", true, false), step("確認・承認", granted, !granted),
                          step("消去の実施", reached(State::unchecked) && begun, granted && !reached(State::unchecked)),
                          step("別の人による確認（実施の証明書）", reached(State::carried_out),
                               state == State::unchecked || state == State::failed),
                          step("確定の証明書", state == State::confirmed, state == State::carried_out)});
}

Html outside(const Seen& seen)
{
    if (seen.copies.empty() && seen.backups.empty()) return {};
    Html list;
    for (const auto& copy : seen.copies) {
        const auto known = seen.left.find(copy.id);
        const auto what = known == seen.left.end() ? copy.what
                                                   : fmt::format("{}、渡し先 {}", custody::japanese(known->second.door),
                                                                 known->second.recipient);
        list += li(fmt::format("持ち出した写し（{}）", what), " — ", office::when_at(copy.made_at));
    }
    for (const auto& set : seen.backups)
        list += li(fmt::format("鍵の控え「{}」", set.label), " — ", office::on_day(CivilDate::of(set.made_at)),
                   "作成、", office::on_day(CivilDate::of(set.expires_at)), "まで");
    return office::notice(
        office::Tone::caution, "システムの外に残っているもの",
        join(p("これらが戻るか廃棄されるまで、証明書は「条件付完了」で、消去は確定しません。"), ul(list),
             when(!seen.copies.empty(),
                  p(a({href(Url("/entrustments/" + seen.erasure.entrustment.text() + "/custody/copies"))},
                      "複製台帳で返還・廃棄を記録する")))));
}

Html planned_step(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    using namespace access::actions;
    const auto& erasure = seen.erasure;
    const auto state = seen.request ? approval::state_of(*seen.request, visit.moment.at) : approval::State::expired;
    const auto withdraw =
        when(erasure.planned_by == scope.staff() && may(scope, kPlanErasure),
             office::post_button(visit, "計画を取り下げる", Url(path_of(scope, erasure.id, "/withdrawal"))));
    if (state == approval::State::granted)
        return join(p("別の2人の確認・承認がそろいました。取扱者または取扱責任者が実施できます。"),
                    office::button_row(join(
                        when(may(scope, kCarryOutErasure),
                             office::link_button("消去の実施に進む", Url(path_of(scope, erasure.id, "/destruction")),
                                                 office::Weight::danger)),
                        withdraw)));
    if (state != approval::State::waiting)
        return join(p(fmt::format("申請は「{}」です。もう一度計画してください。", japanese(state))), withdraw);
    const auto& stage = seen.request->stages[seen.request->decisions.size()];
    bool took_part = erasure.planned_by == scope.staff();
    for (const auto& decision : seen.request->decisions) took_part = took_part || decision.by == scope.staff();
    const bool can =
        !took_part && may(scope, kAgreeErasure) && (stage.roles >> static_cast<unsigned>(scope.role()) & 1U) != 0;
    return join(p(fmt::format("次は「{}」です。計画した人、確認する人、承認する人は、別々の3人でなければなりません。",
                              stage.name)),
                office::button_row(join(when(can, office::link_button(fmt::format("{}に進む", stage.name),
                                                                      Url(path_of(scope, erasure.id, "/agreement")),
                                                                      office::Weight::primary)),
                                        withdraw)));
}

Html next(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    using namespace access::actions;
    const auto& erasure = seen.erasure;
    const auto go_on = [&](std::string_view label) {
        return when(may(scope, kCarryOutErasure),
                    office::post_button(visit, label, Url(path_of(scope, erasure.id, "/continuation")),
                                        office::Weight::primary));
    };
    switch (state_of(erasure)) {
    case State::planned:
        return planned_step(visit, scope, seen);
    case State::withdrawn:
        return p("この計画は取り下げられました。何も消去されていません。");
    case State::under_way:
        return join(
            p("消去が途中で止まりました。まだ、消去が済んだとは言えません。続けると、残りの段階から終わりまで進みます"
              "（システムを起動し直したときは、自動的に続きます）。"),
            go_on("続ける"));
    case State::failed:
        return join(p(fmt::format("確認で、残っているものが{}件見つかりました。消去は不完了です。",
                                  erasure.find(Step::checked)->number)),
                    go_on("消去をやり直す"));
    case State::unchecked: {
        const bool own = erasure.find(Step::begun)->by == scope.staff();
        return join(
            p("消去した人とは別の人が、開けなくなったことを確かめます。確かめると、実施の証明書が発行されます。"),
            when(own, p("あなたが実施したため、確認は別の方に依頼してください。")),
            when(!own && may(scope, kCheckErasure),
                 office::button_row(office::link_button("確認に進む", Url(path_of(scope, erasure.id, "/check")),
                                                        office::Weight::primary))));
    }
    case State::carried_out: {
        const bool clear = seen.copies.empty() && seen.backups.empty();
        return join(p(clear ? "写しも鍵の控えも残っていません。消去を確定できます。"
                            : "外に残っているものがなくなると、消去を確定できます。"),
                    when(clear && may(scope, kCheckErasure),
                         office::post_button(visit, "消去を確定する", Url(path_of(scope, erasure.id, "/final")),
                                             office::Weight::primary)));
    }
    case State::confirmed:
        return p("消去は確定しています。写しも、鍵の控えも残っていません。");
    }
    return {};
}

Html certificates(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    const auto& erasure = seen.erasure;
    if (erasure.certificates.empty()) return {};
    office::Table table{.caption = "消去証明書",
                        .columns = {{"段階"}, {"発行"}, {"記録台帳", {}, true}, {"受け取る"}},
                        .rows = {},
                        .caption_hidden = true};
    for (const auto& each : erasure.certificates) {
        const auto stage = fmt::format("/{}", code_of(each.stage));
        const auto hidden = span({cls("visually-hidden")}, fmt::format("（{}）", japanese(each.stage)));
        table.rows.push_back(
            {Html(japanese(each.stage)), office::when_at(each.issued_at),
             a({href(url("/ledger/entries/", each.seq))}, fmt::format("{}番", each.seq)),
             join(a({href(Url(path_of(scope, erasure.id, "/certificate" + stage)))}, "証明書（PDF）", hidden), "　",
                  a({href(Url(path_of(scope, erasure.id, "/proof" + stage)))}, "検証用ファイル", hidden))});
    }
    const auto seen_by =
        erasure.acknowledged_at
            ? p(office::chip(office::Tone::good, "区が確認"), " ", office::when_at(*erasure.acknowledged_at), "　",
                seen.names.at(*erasure.acknowledged_by))
            : when(may(scope, access::actions::kAcknowledgeErasure),
                   office::post_button(visit, "証明書を確認した", Url(path_of(scope, erasure.id, "/acknowledgement"))));
    return section(h2("消去証明書"),
                   p("検証用ファイルは、区の azukari-verify で、このシステムにつながずに確かめられます。"),
                   office::data_table(visit, table), seen_by);
}

Html history(const Seen& seen)
{
    const auto name = [&](const std::optional<StaffId>& staff) {
        return staff ? seen.names.at(*staff) : std::string("システム（中断の後の続き）");
    };
    std::vector<office::Happening> happenings;
    happenings.push_back({seen.erasure.planned_at, Html("消去を計画した"), name(seen.erasure.planned_by)});
    if (seen.request)
        for (std::size_t i = 0; i < seen.request->decisions.size(); ++i) {
            const auto& decision = seen.request->decisions[i];
            auto what =
                Html(fmt::format("{}{}", seen.request->stages[i].name, decision.agreed ? "した" : "で認めなかった"));
            if (!decision.agreed) what = join(what, br(), small("理由: " + decision.reason));
            happenings.push_back(
                {decision.at, what, name(decision.by), decision.agreed ? office::Tone::info : office::Tone::bad});
        }
    for (const auto& done : seen.erasure.done)
        happenings.push_back(
            {done.at, Html(fmt::format("{}（{}）", japanese(done.step), office::grouped(done.number))), name(done.by),
             done.step == Step::checked && done.number > 0 ? office::Tone::bad : office::Tone::neutral});
    for (const auto& each : seen.erasure.certificates)
        happenings.push_back({each.issued_at,
                              Html(fmt::format("消去証明書（{}）を発行した", japanese(each.stage))),
                              {},
                              office::Tone::good});
    if (seen.erasure.acknowledged_at)
        happenings.push_back({*seen.erasure.acknowledged_at, Html("区が証明書を確認した"),
                              name(seen.erasure.acknowledged_by), office::Tone::good});
    std::reverse(happenings.begin(), happenings.end()); // of one moment, what came last stands first
    std::stable_sort(happenings.begin(), happenings.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    return section(h2("これまで"), office::time_line(happenings));
}

} // namespace

http::Response show_erasure(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto told = rooms.told(scope);
    if (!told) return office::show_refusal(visit, told.error(), 404);
    auto erasure = erasure_of(rooms, visit, scope);
    if (!erasure) return office::show_refusal(visit, erasure.error(), 404);
    const auto seen = see(rooms, scope, *std::move(erasure));
    const auto state = state_of(seen.erasure);
    office::Page page{fmt::format("消去: {}", spoken(seen.erasure.target, seen.documents)),
                      join(way(seen), office::card("次にすること", next(visit, scope, seen)), outside(seen),
                           certificates(visit, scope, seen),
                           section(h2("消去するもの"), scale_table(seen.erasure.scale)), history(seen))};
    page.lead = join(office::chip(tone_of(state), japanese(state)), " ", Html(japanese(seen.erasure.cause)));
    stand_below(page, scope, *told);
    return office::show(visit, page);
}

} // namespace azukari::erasure::pages
