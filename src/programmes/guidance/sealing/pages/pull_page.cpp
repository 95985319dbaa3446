// 引抜き: letters that are not to go out after all. The ward or the supervisor says so, as late as they have to; who
// stands at the line takes the paper out and says that as well.
#include "programmes/guidance/sealing/pages/sealing_frame.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/format.h>

namespace azukari::guidance::sealing_pages {
namespace {

using namespace html;
using namespace access::actions;

constexpr std::size_t kMostAtOnce = 500;

struct Listed {
    Pull pull;
    Place place;
    std::string asked_by, taken_by;
};

std::vector<Listed> listed(const storage::Snapshot& snapshot, const access::Scope& scope, const Batch& batch)
{
    std::vector<Listed> all;
    std::map<StaffId, std::string> names;
    const auto name = [&](StaffId staff) -> const std::string& {
        const auto [known, fresh] = names.try_emplace(staff);
        if (fresh) known->second = name_of(snapshot, staff);
        return known->second;
    };
    for (auto& pull : pulls_of(snapshot, scope, batch.id)) {
        const auto letter = find_letter(snapshot, scope, batch.id, pull.category, pull.serial);
        if (!letter) continue;
        const auto place = place_of(letter->envelope, letter->standing);
        auto taken_by = pull.taken_out ? name(pull.taken_out->second) : std::string();
        auto asked_by = name(pull.asked_by);
        all.push_back({std::move(pull), place, std::move(asked_by), std::move(taken_by)});
    }
    return all;
}

Html pull_table(const office::Visit& visit, const access::Scope& scope, const Batch& batch,
                const std::vector<Listed>& pulls)
{
    office::Table table{.caption = "引抜きの指示",
                        .columns = {{"通知"}, {"理由"}, {"状態"}, {"指示した人"}, {"指示の日時"}, {"抜き取り"}},
                        .rows = {},
                        .empty = "引抜きの指示はありません。"};
    for (const auto& [pull, place, asked_by, taken_by] : pulls) {
        const auto reason = std::ranges::find(pull_reasons(), pull.reason, &PullReason::code);
        const auto label = label_of(pull.category, pull.serial);
        Html paper = Html("紙はありません");
        if (pull.taken_out)
            paper = join(taken_by, "　", office::when_at(pull.taken_out->first));
        else if (place == Place::to_take_out)
            paper = !may(scope, kSealLetters)
                        ? Html("抜き取りを待っています")
                        : office::post_form(
                              visit, address_of(batch, "/pull/taken"), office::hidden_field("letter", label),
                              office::submit_button(fmt::format("{} を抜き取った", label), office::Weight::secondary));
        table.rows.push_back(
            {Html(label), Html(reason == pull_reasons().end() ? std::string_view("―") : reason->japanese),
             office::chip(place == Place::to_take_out ? office::Tone::caution : office::Tone::good, japanese(place)),
             Html(asked_by), office::when_at(pull.asked_at), paper});
    }
    return office::data_table(visit, table);
}

Html pull_form(const office::Visit& visit, const Batch& batch, const office::FormState& state)
{
    std::vector<office::Choice> reasons;
    for (const auto& reason : pull_reasons())
        reasons.push_back({std::string(reason.code), std::string(reason.japanese)});
    return section(
        h2("引抜きを指示する"),
        office::post_form(
            visit, address_of(batch, "/pull"), office::error_summary(state),
            office::text_area(state, {.name = "letter",
                                      .label = "通し番号",
                                      .hint = "「C-00012」の形で、1行に1通。まとめて指示できるのは500通までです。",
                                      .required = true,
                                      .rows = 6}),
            office::radio_group(state, {.name = "reason", .label = "理由", .required = true}, reasons),
            office::button_row(office::submit_button("引抜きを指示する"))));
}

http::Response page_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Batch& batch,
                       const office::FormState& state)
{
    const auto pulls = rooms.db.read([&](const storage::Snapshot& snapshot) { return listed(snapshot, scope, batch); });
    auto page = framed(
        rooms, scope, batch, "引抜き", Part::pull,
        join(when(may(scope, kPullLetters), pull_form(visit, batch, state)), pull_table(visit, scope, batch, pulls)));
    page.status = state.refusals.empty() ? 200 : office::kRefusedForm;
    page.lead = p("転出・死亡・資格喪失・支援措置などで、送ってはならない通知を止めます。組み上げの前なら印字せず、"
                  "あとなら紙を抜き取ります。箱詰めのあとでも、納品まで指示できます。");
    return office::show(visit, page);
}

// The lines that are not blank.
std::vector<std::string_view> lines_of(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

} // namespace

http::Response ask_pull(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    return page_of(rooms, visit, scope, *batch, {});
}

http::Response save_pull(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto& form = visit.request.form;
    const auto lines = lines_of(form.get("letter"));
    const auto again = [&](const Refusal& refusal) {
        return page_of(rooms, visit, scope, *batch, office::refused(form, {refusal}));
    };
    if (lines.empty() || lines.size() > kMostAtOnce) return again(Refusal(kPullLinesExpected).at_field("letter"));
    // All of them or none: a list that was half carried out would be read as carried out.
    std::string at;
    const auto done = rooms.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(check_not_closed(tx, scope, batch->id));
        for (const auto line : lines) {
            at = line;
            AZK_TRY(const auto letter, letter_named(*batch, line));
            AZK_REQUIRE(pull_letter(tx, scope, batch->id, letter.category, letter.serial, form.get("reason")));
        }
        return {};
    });
    if (!done && done.error().field() == "letter")
        return again(Refusal(kPullLineWrong, {at, done.error().sentence()}).at_field("letter"));
    if (!done && done.error().field().empty()) return office::show_refusal(visit, done.error(), 409);
    if (!done) return again(done.error());
    return http::Response::see_other(path_of(*batch, "/pull"),
                                     fmt::format("{} 通の引抜きを指示しました。", lines.size()));
}

http::Response save_taken_out(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto letter = letter_named(*batch, visit.request.form.get("letter"));
    if (!letter) return office::show_refusal(visit, letter.error(), 409);
    const auto done = rooms.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_REQUIRE(check_not_closed(tx, scope, batch->id));
        return take_out(tx, scope, batch->id, letter->category, letter->serial);
    });
    if (!done) return office::show_refusal(visit, done.error(), 409);
    return http::Response::see_other(path_of(*batch, "/pull"), fmt::format("{} を抜き取ったことを記録しました。",
                                                                           label_of(letter->category, letter->serial)));
}

} // namespace azukari::guidance::sealing_pages
