#include "office/shell/shell.h"
#include "party/party_store.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/leaving/printed_letters.h"
#include "programmes/guidance/classification.h"
#include "programmes/guidance/letters/addressee.h"
#include "programmes/guidance/pages/addresses.h"
#include "programmes/guidance/pages/batch_pages.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::guidance::pages {
namespace {

using namespace html;

struct Seen { // everything the page shows, read in one go
    Batch batch;
    std::vector<CategoryCount> counts;
    std::vector<SetAsideRow> aside;
    std::optional<std::int64_t> compared; // none: taken in before there was a comparison
    std::vector<StoredDifference> differences;
    std::map<StaffId, std::string> names;
};

Result<Seen> see(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    AZK_TRY(auto batch, batch_of(rooms, visit, scope));
    return rooms.db.read([&](const storage::Snapshot& snapshot) -> Result<Seen> {
        Seen seen{std::move(batch), {}, {}, {}, {}, {}};
        seen.counts = count_by_category(snapshot, scope, seen.batch.id);
        seen.aside = set_aside_rows(snapshot, scope, seen.batch.id);
        seen.compared = compared_rows(snapshot, scope, seen.batch.id);
        seen.differences = differences(snapshot, scope, seen.batch.id);
        std::vector<StaffId> people{seen.batch.received_by};
        if (seen.batch.composition) people.push_back(seen.batch.composition->by);
        if (seen.batch.approval) people.push_back(seen.batch.approval->by);
        for (const auto& taking : seen.batch.takings) people.push_back(taking.by);
        for (const auto& person : people)
            if (const auto staff = party::find_staff(snapshot, person)) seen.names[person] = staff->name;
        return seen;
    });
}

// The ward's order of the categories, which is not the order of their codes.
template <class Counted>
std::vector<Counted> in_the_wards_order(std::vector<Counted> counted)
{
    const auto place = [](const Counted& one) {
        const auto category = category_with_slug(one.category);
        return category ? static_cast<int>(*category) : static_cast<int>(kCategories.size());
    };
    std::sort(counted.begin(), counted.end(), [&](const Counted& a, const Counted& b) { return place(a) < place(b); });
    return counted;
}

Html way(BatchState state)
{
    using office::StepState;
    const auto step = [&](std::string label, BatchState reached_at) {
        const auto next = static_cast<int>(state) + 1 == static_cast<int>(reached_at);
        return office::Step{std::move(label), state >= reached_at ? StepState::done
                                              : next              ? StepState::current
                                                                  : StepState::to_come};
    };
    return office::steps("手順", {step("取り込む", BatchState::stored), step("組み上げる", BatchState::composed),
                                  step("承認を受ける", BatchState::approved), step("取り出す", BatchState::taken)});
}

Html count_table(const office::Visit& visit, const Seen& seen)
{
    office::Table table{.caption = "対象者区分ごとの人数",
                        .columns = {{"対象者区分"}, {"人数", {}, true}, {"見込数", {}, true}},
                        .rows = {}};
    std::int64_t sum = 0;
    for (const auto& count : in_the_wards_order(seen.counts)) {
        const auto category = category_with_slug(count.category);
        const int expected = category ? facts_of(*category).expected : 0;
        table.rows.push_back({Html(title_of(count.category)), Html(office::grouped(count.recipients)),
                              expected > 0 ? Html(office::grouped(expected)) : Html("―")});
        sum += count.recipients;
    }
    table.rows.push_back({strong("合計"), strong(office::grouped(sum)), Html("")});
    return office::data_table(visit, table);
}

// A link for every lot of the category, by its 通し番号; what left already is marked.
Html lots_to_print(const LetterLayout& layout, const Seen& seen, std::string_view slug)
{
    const auto category = category_with_slug(slug);
    const auto count = std::ranges::find(seen.counts, slug, &CategoryCount::category);
    if (!category || count == seen.counts.end()) return {};
    const auto lots = count_lots(layout, *category, count->recipients);
    Html links;
    for (std::size_t lot = 1; lot <= lots; ++lot) {
        auto serials = serials_of_lot(layout, *category, lot);
        serials.last = std::min(serials.last, count->recipients);
        const bool left = std::ranges::any_of(seen.batch.takings, [&](const auto& taking) {
            return taking.category == slug && taking.serials.holds(serials.first) && taking.serials.holds(serials.last);
        });
        const auto serial = [&](std::int64_t number) {
            return serial_text(*category, static_cast<std::uint32_t>(number));
        };
        const Url to(fmt::format("/entrustments/{}/printing/new?document={}:{}", seen.batch.entrustment.text(),
                                 kPrintedLetters, print_reference(seen.batch.id, slug, lot)));
        const auto range = fmt::format("{}〜{}", serial(serials.first), serial(serials.last));
        links +=
            li(a({href(to)}, lots == 1 ? std::string("印刷を申請する") : fmt::format("ロット{}の印刷を申請する", lot),
                 span({cls("lot-range")}, fmt::format("（{}）", range))),
               when(left, join("　", office::chip(office::Tone::good, "印刷・取り出し済み"))));
    }
    return ul({cls("plain-list lots"), {"aria-label", fmt::format("{}のロット", title_of(slug))}}, links);
}

Html letters_table(const office::Visit& visit, const access::Scope& scope, const LetterLayout& layout, const Seen& seen)
{
    const auto& batch = seen.batch;
    const auto state = state_of(batch);
    const bool may_take_now =
        state >= BatchState::approved && access::grants(access::actions::kTakeGuidance, scope.role());
    const bool may_print = state >= BatchState::approved && access::grants(access::actions::kAskPrint, scope.role());
    const bool may_look = access::grants(access::actions::kReadGuidance, scope.role());
    office::Table table{.caption = "組み上げた通知",
                        .columns = {{"対象者区分"},
                                    {"通数", {}, true},
                                    {"ページ", {}, true},
                                    {"PDF の指紋（SHA-256 の先頭）"},
                                    {"操作"}},
                        .rows = {}};
    for (const auto& letters : in_the_wards_order(batch.composition->categories)) {
        const auto title = std::string(title_of(letters.category));
        const auto look =
            office::post_button(visit, title + "の見本",
                                specimen_address(batch.entrustment, batch.id, letters.category), office::Weight::plain);
        const auto take = a({href(url("/entrustments/", batch.entrustment, "/guidance/batches/", batch.id, "/letters/",
                                      letters.category))},
                            "取り出す", span({cls("visually-hidden")}, "（" + title + "）"));
        table.rows.push_back(
            {Html(title), Html(office::grouped(letters.letters)), Html(office::grouped(letters.pages)),
             code(letters.sha256.substr(0, 16)),
             join(when(may_look, look), when(may_look && may_take_now, Html("　")), when(may_take_now, take),
                  when(may_print, lots_to_print(layout, seen, letters.category)))});
    }
    return office::data_table(visit, table);
}

Html next_step(const office::Visit& visit, const access::Scope& scope, const Seen& seen, const ComposeWork::State& work)
{
    using namespace access::actions;
    const auto& batch = seen.batch;
    const auto watch = step_address(batch.entrustment, batch.id, "progress");
    if (work.under_way) return office::progress_bar({"通知の組み上げ", work.done, work.total, "通", &watch});
    const auto composing = step_address(batch.entrustment, batch.id, "composition");
    const bool may_compose = access::grants(kComposeGuidance, scope.role());
    switch (state_of(batch)) {
    case BatchState::stored:
        return office::card(
            "次にすること",
            join(p("取り込んだデータから、対象者区分ごとに宛名入りの通知を組み上げます。"),
                 may_compose ? office::post_button(visit, "通知を組み上げる", composing, office::Weight::primary)
                             : p("取扱者または取扱責任者が行います。")));
    case BatchState::composed: {
        const bool may = access::grants(kApproveGuidance, scope.role()) && may_approve(batch, scope.staff());
        return office::card(
            "次にすること",
            join(p("取り込み・組み上げを行った人とは別の取扱責任者が、見本を確かめて承認します。"),
                 office::button_row(join(
                     when(may, office::link_button("承認に進む", step_address(batch.entrustment, batch.id, "approval"),
                                                   office::Weight::primary)),
                     when(may_compose, office::link_button("組み直す", composing))))));
    }
    case BatchState::approved:
    case BatchState::taken:
        return office::card("次にすること",
                            join(p("下の表から、対象者区分ごとに取り出せます。取り出すたびに記録台帳に残ります。"),
                                 when(may_compose, office::button_row(office::link_button("組み直す", composing)))));
    }
    return {};
}

Html proof_link(EntrustmentId entrustment)
{
    return p(
        a({href(proof_address(entrustment))}, "校正紙（PDF）"),
        "　様式のすべての欄に最も長い値を入れたもので、収まらない欄と印刷できない文字を組み上げる前に確かめられます。"
        "対象者の情報は入っていません。");
}

Html history(const Seen& seen)
{
    const auto name = [&](StaffId id) {
        const auto found = seen.names.find(id);
        return found == seen.names.end() ? std::string("―") : found->second;
    };
    const auto& batch = seen.batch;
    std::vector<office::Happening> happenings;
    for (const auto& taking : batch.takings)
        happenings.push_back({taking.at, Html(fmt::format("「{}」を取り出した", title_of(taking.category))),
                              name(taking.by), office::Tone::good});
    if (batch.approval)
        happenings.push_back(
            {batch.approval->at,
             Html(state_of(batch) == BatchState::composed ? "承認した（組み直したため無効）" : "承認した"),
             name(batch.approval->by), office::Tone::info});
    if (batch.composition)
        happenings.push_back({batch.composition->at, Html("通知を組み上げた"), name(batch.composition->by)});
    const auto stated = batch.stated_rows
                            ? fmt::format("（確認記録票の {} 件と一致）", office::grouped(*batch.stated_rows))
                            : std::string();
    const auto medium =
        batch.medium
            ? a({href(url("/entrustments/", batch.entrustment, "/custody/things/", *batch.medium))}, "受け取った媒体")
            : Html();
    happenings.push_back({batch.received_at,
                          join(fmt::format("{} 人を取り込んだ{}", batch.rows_stored, stated),
                               when(batch.medium.has_value(), Html("　")), medium),
                          name(batch.received_by)});
    std::stable_sort(happenings.begin(), happenings.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    return join(h2("これまで"), office::time_line(happenings));
}

// What the cross-check found: the ward's word stands, so that this asks somebody to ask, and never more.
Html cross_check(const office::Visit& visit, const Seen& seen)
{
    if (!seen.compared) return {};
    const auto heading = h2("保健指導区分と国の基準との照合");
    const auto open = std::ranges::count_if(seen.differences, &StoredDifference::not_judged);
    const auto differing = std::ssize(seen.differences) - open;
    const auto compared =
        fmt::format("特定保健指導の {} 人の健診結果を、健診を実施した日の階層化の基準と照らし合わせました。",
                    office::grouped(*seen.compared));
    if (seen.differences.empty()) return join(heading, p(compared, "違う人はいません。"));
    std::string found = differing > 0 ? fmt::format("基準と違う人が {} 人", office::grouped(differing)) : "";
    if (open > 0) found += fmt::format("{}判定できない人が {} 人", found.empty() ? "" : "、", office::grouped(open));
    office::Table table{.caption = "区の区分と基準による区分が違う人",
                        .columns = {{"行", {}, true}, {"区の区分"}, {"基準による区分"}, {"基準による理由"}},
                        .rows = {}};
    for (const auto& each : seen.differences)
        table.rows.push_back({Html(each.row_number), Html(each.ward),
                              office::chip(each.not_judged ? office::Tone::neutral : office::Tone::caution, each.rule),
                              Html(each.reason)});
    return join(heading,
                office::notice(office::Tone::caution, fmt::format("{}います。区に確かめてください", found),
                               p(compared, "通知は区の区分のまま作ります。変わるときは、区から直したデータを受け取り"
                                           "直します。")),
                office::data_table(visit, table));
}

Html set_aside_table(const office::Visit& visit, const std::vector<SetAsideRow>& rows)
{
    if (rows.empty()) return {};
    office::Table table{.caption = "除いた行", .columns = {{"行", {}, true}, {"欄"}, {"正しい形"}}, .rows = {}};
    for (const auto& row : rows) table.rows.push_back({Html(row.row_number), Html(row.column), Html(row.expected)});
    return office::data_table(visit, table);
}

Html held_back_table(const office::Visit& visit, const Batch& batch)
{
    if (!batch.composition || batch.composition->held_back.empty()) return {};
    office::Table table{.caption = "組み上げられなかった人",
                        .columns = {{"行", {}, true}, {"対象者区分"}, {"通し番号", {}, true}, {"理由"}},
                        .rows = {}};
    for (const auto& held : batch.composition->held_back)
        table.rows.push_back(
            {Html(held.row_number), Html(title_of(held.category)), Html(held.serial), Html(held.reason)});
    return office::data_table(visit, table);
}

} // namespace

std::string_view title_of(std::string_view code)
{
    const auto category = category_with_slug(code);
    return category ? facts_of(*category).title : code;
}

http::Response show_batch(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto seen = see(rooms, visit, scope);
    if (!seen) return office::show_refusal(visit, seen.error(), 404);
    const auto& batch = seen->batch;
    const auto work = rooms.work.state(batch.id);
    const auto state = state_of(batch);

    office::Page page{fmt::format("{} に受け取ったデータ", to_japanese(batch.received_at)),
                      join(way(state),
                           when(!work.failure.empty(),
                                office::notice(office::Tone::bad, "組み上げられませんでした", p(work.failure))),
                           next_step(visit, scope, *seen, work),
                           batch.composition ? letters_table(visit, scope, rooms.press.letters, *seen) : Html(),
                           proof_link(batch.entrustment), count_table(visit, *seen), held_back_table(visit, batch),
                           cross_check(visit, *seen), set_aside_table(visit, seen->aside), history(*seen))};
    add_crumbs(page, rooms, scope);
    page.lead = office::chip(tone_of(state), japanese(state));
    page.actions = office::link_button("封入封緘へ", step_address(batch.entrustment, batch.id, "sealing"));
    return office::show(visit, page);
}

http::Response show_progress(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto work = rooms.work.state(batch->id);
    auto response = http::Response::text(
        200, office::progress_json({"通知の組み上げ", work.done, work.total, "通"}, !work.under_way));
    response.type = "application/json";
    return response;
}

} // namespace azukari::guidance::pages
