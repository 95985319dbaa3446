// 数量: where every letter of the batch is, each counted once, so that anybody can see the sums add up; below it what was
// spoiled and what was pulled.
#include "programmes/guidance/pages/addresses.h"
#include "programmes/guidance/sealing/balance.h"
#include "programmes/guidance/sealing/pages/sealing_frame.h"
#include "programmes/guidance/sealing/reprinted_letters.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace azukari::guidance::sealing_pages {
namespace {

using namespace html;
using namespace access::actions;

struct Seen { // everything the page shows, read in one go
    std::vector<CategoryBalance> balance;
    std::vector<Spoilage> spoilages;
    std::vector<Letter> missing;
    std::set<std::string> to_reprint; // categories
    std::int64_t mismatches = 0;
    std::size_t to_take_out = 0;
    std::optional<Instant> closed;
    std::map<StaffId, std::string> names;

    std::string name(StaffId staff) const
    {
        const auto found = names.find(staff);
        return found == names.end() ? "―" : found->second;
    }
    bool any(Place place) const
    {
        return std::ranges::any_of(balance, [&](const auto& one) { return one.of(place) > 0; });
    }
};

Seen see(const storage::Snapshot& snapshot, const access::Scope& scope, const Batch& batch)
{
    Seen seen;
    const auto letters = letters_of(snapshot, scope, batch.id);
    seen.balance = balance_of(letters);
    for (const auto& letter : letters) {
        const auto place = place_of(letter.envelope, letter.standing);
        if (place == Place::missing) seen.missing.push_back(letter);
        if (place == Place::spoiled) seen.to_reprint.insert(letter.envelope.category);
        if (place == Place::to_take_out) ++seen.to_take_out;
    }
    seen.spoilages = spoilages_of(snapshot, scope, batch.id);
    seen.mismatches = count_mismatches(snapshot, scope, batch.id);
    seen.closed = closed_at(snapshot, scope, batch.id);
    const auto know = [&](StaffId staff) {
        if (!seen.names.contains(staff)) seen.names[staff] = name_of(snapshot, staff);
    };
    for (const auto& spoilage : seen.spoilages) {
        know(spoilage.by);
        if (spoilage.how.witness) know(*spoilage.how.witness);
        if (spoilage.agreed) know(spoilage.agreed->second);
    }
    return seen;
}

Html number(std::int64_t count)
{
    return count == 0 ? span({cls("count-none")}, "0") : Html(office::grouped(count));
}

// A row for every place, a column for every category: each column adds up to what was received.
Html balance_table(const office::Visit& visit, const std::vector<CategoryBalance>& balance)
{
    office::Table table{.caption = "どの通知がいまどこにあるか（通）", .columns = {{"いまの所"}}, .rows = {}};
    for (const auto& one : balance)
        table.columns.push_back(
            {fmt::format("{} {}", facts_of(one.category).letter, facts_of(one.category).title), {}, true});
    table.columns.push_back({"合計", {}, true});
    const auto row = [&](const Html& label, const std::function<std::int64_t(const CategoryBalance&)>& count,
                         bool sums) {
        office::Row cells{label};
        std::int64_t sum = 0;
        for (const auto& one : balance) {
            sum += count(one);
            cells.push_back(sums ? strong(office::grouped(count(one))) : number(count(one)));
        }
        cells.push_back(sums ? strong(office::grouped(sum)) : number(sum));
        table.rows.push_back(std::move(cells));
    };
    row(
        Html("受け取った通数"), [](const auto& one) { return one.received; }, true);
    for (std::size_t i = 0; i < kPlaces; ++i) {
        const auto place = static_cast<Place>(i);
        row(
            Html(japanese(place)), [place](const auto& one) { return one.of(place); }, false);
    }
    row(
        Html("上の 12 か所の合計"),
        [](const auto& one) {
            std::int64_t sum = 0;
            for (const auto count : one.at) sum += count;
            return sum;
        },
        true);
    row(
        Html("参考: 区の見込数"), [](const auto& one) { return std::int64_t{facts_of(one.category).expected}; }, false);
    return office::data_table(visit, table);
}

Html standing(const access::Scope& scope, const Batch& batch, const Seen& seen)
{
    if (seen.closed)
        return office::notice(office::Tone::good, fmt::format("{} に締めました", to_japanese(*seen.closed)),
                              p("すべての通知が、箱詰め・引抜き・印字できずのどれかになっています。"));
    const auto open = still_open(seen.balance);
    if (seen.balance.empty()) return office::notice(office::Tone::neutral, "通知はありません");
    if (open.empty())
        return office::notice(
            office::Tone::good, "すべての数が合っています",
            join(p("途中の通知はありません。"),
                 when(may(scope, kCloseGuidance),
                      p(office::link_button("数を締める", address_of(batch, "/closing"), office::Weight::primary)))));
    return office::notice(office::Tone::info, "まだ途中のものがあります",
                          ul({cls("plain-list")}, each(open, [](const auto& line) { return li(line); })));
}

Html next_steps(const access::Scope& scope, const Batch& batch, const Seen& seen)
{
    Html steps;
    const auto step = [&](bool here, std::string_view label, const Url& to) {
        if (here) steps += li(a({href(to)}, label));
    };
    const bool seals = may(scope, kSealLetters) && !seen.closed;
    step(seals && (seen.any(Place::waiting) || seen.any(Place::matched)), "突合して封緘する",
         address_of(batch, "/line"));
    step(seals && seen.to_take_out > 0, fmt::format("引抜きの指示がある {} 通を抜き取る", seen.to_take_out),
         address_of(batch, "/pull"));
    step(!seen.closed && may(scope, kAgreeReprint) && !seen.missing.empty(), "見つからない紙の刷り直しを判断する",
         address_of(batch, "/missing"));
    if (may(scope, kAskPrint))
        for (const auto& category : seen.to_reprint)
            step(!seen.closed, fmt::format("{}の刷り直しを申請する", title_of(category)),
                 Url(fmt::format("/entrustments/{}/printing/new?document={}:{}", batch.entrustment.text(),
                                 kReprintedLetters, reprint_reference(batch.id, category))));
    step(seals && (seen.any(Place::sealed) || seen.any(Place::bundled)), "束ねて箱に詰める",
         address_of(batch, "/packing"));
    step(!seen.closed && may(scope, kPullLetters), "引抜きを指示する", address_of(batch, "/pull"));
    if (steps.empty()) return {};
    return office::card("次にできること", ul({cls("plain-list")}, steps));
}

Html spoilage_table(const office::Visit& visit, const Seen& seen)
{
    if (seen.spoilages.empty()) return {};
    office::Table table{.caption = "損紙・見つからない紙",
                        .columns = {{"通知"}, {"版", {}, true}, {"理由"}, {"旧い紙"}, {"記録した人"}, {"日時"}},
                        .rows = {}};
    for (const auto& each : seen.spoilages) {
        const auto old =
            each.how.at_hand ? fmt::format("{}（立会い {}）", each.how.method, seen.name(*each.how.witness))
            : each.agreed ? fmt::format("見つからない。{} が刷り直しを認めた", seen.name(each.agreed->second))
                          : std::string("見つからない。判断を待っている");
        table.rows.push_back({Html(label_of(each.category, each.serial)), Html(each.edition), Html(each.how.reason),
                              Html(old), Html(seen.name(each.by)), office::when_at(each.at)});
    }
    return office::data_table(visit, table);
}

} // namespace

http::Response show_overview(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto seen = rooms.db.read([&](const storage::Snapshot& snapshot) { return see(snapshot, scope, *batch); });
    auto page = framed(
        rooms, scope, *batch, "封入封緘", Part::overview,
        join(standing(scope, *batch, seen), next_steps(scope, *batch, seen), balance_table(visit, seen.balance),
             p(fmt::format("突合の台が「不一致」と答えた回数: {} 回。一回ごとに、時刻・人・理由が記録台帳にあります。",
                           office::grouped(seen.mismatches))),
             spoilage_table(visit, seen),
             p("引抜きの一覧は", a({href(address_of(*batch, "/pull"))}, "引抜き"), "にあります。")));
    page.lead = p(
        "受け取った通知は、どれも一か所だけに数えます。数は、読み取りと記録から求めたもので、手で入れるところはありません。");
    return office::show(visit, page);
}

} // namespace azukari::guidance::sealing_pages
